// Package spire starts what the output says with SPIRE's own programs: the server and its controller manager, the agent, workloads.
package spire

import (
	"bytes"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/programs"
	"cdk8s-spiffe.dev/conformance/internal/report"
)

const inside = "CONFORMANCE_INSIDE"

func TestMain(m *testing.M) {
	if os.Getenv(inside) != "" {
		os.Exit(m.Run())
	}
	os.Exit(report.Run(m, "spire"))
}

var passed = regexp.MustCompile(`step passed: `)

// The programs bind fixed ports on all interfaces and read fixed paths, so they get a network and a file system of their own.
func TestEndToEnd(t *testing.T) {
	for _, name := range []string{"spire-server", "spire-agent", "spire-controller-manager"} {
		if _, found := programs.Optional(t, name); !found {
			report.Skip(t, name, "SPIRE end to end: "+name+" is on no package registry and not on PATH")
		}
	}
	clusters, err := output.Clusters()
	if err != nil {
		t.Fatal(err)
	}
	example := ""
	for _, judged := range clusters {
		// the clusters of an example are alike, and programs of README.md set SPIRE up as examples do; one that hangs on another cannot start alone
		if judged.Example == example || strings.HasPrefix(judged.Example, "readme-") || needsOthers(t, judged) {
			continue
		}
		example = judged.Example
		t.Run(judged.String(), func(t *testing.T) {
			if _, found := workloadWith(t, judged, "spire-server"); !found {
				t.Skip("the cluster has no SPIRE server")
			}
			command := exec.Command(os.Args[0], "-test.run", "^TestInside$", "-test.v", "-test.count=1")
			command.Env = append(os.Environ(), inside+"="+judged.String())
			command.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWNET, Pdeathsig: syscall.SIGKILL}
			if os.Getuid() != 0 {
				command.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
				command.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
				command.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
			}
			var printed bytes.Buffer
			command.Stdout, command.Stderr = &printed, &printed
			if err := command.Run(); err != nil {
				t.Errorf("%v\n%s", err, strings.TrimSpace(printed.String()))
			}
			report.Add("spire", "steps of the end-to-end run", len(passed.FindAllString(printed.String(), -1)))
		})
	}
}

func workloadWith(t *testing.T, judged output.Cluster, image string) (output.Workload, bool) {
	t.Helper()
	workloads, err := output.Workloads(judged.Objects())
	if err != nil {
		t.Fatal(err)
	}
	for _, workload := range workloads {
		for _, container := range workload.Pod.Spec.Containers {
			if strings.Contains(container.Image, "/"+image+":") {
				return workload, true
			}
		}
	}
	return output.Workload{}, false
}

// A ConfigMap that is mounted and not in the output comes from another cluster, a Secret from a person.
func needsOthers(t *testing.T, judged output.Cluster) bool {
	t.Helper()
	there := map[string]bool{}
	for _, object := range judged.Objects() {
		if object.GetKind() == "ConfigMap" {
			there[object.GetNamespace()+"/"+object.GetName()] = true
		}
	}
	server, _ := workloadWith(t, judged, "spire-server")
	if server.Pod == nil {
		return false
	}
	for _, volume := range server.Pod.Spec.Volumes {
		if volume.Projected != nil {
			for _, source := range volume.Projected.Sources {
				if source.Secret != nil {
					return true
				}
			}
		}
		// no Secret is ever part of the output
		if volume.Secret != nil || volume.ConfigMap != nil && !there[server.Namespace()+"/"+volume.ConfigMap.Name] {
			return true
		}
	}
	return false
}
