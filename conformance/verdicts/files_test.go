package verdicts

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/yaml"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/programs"
	"cdk8s-spiffe.dev/conformance/internal/report"
)

// Files in ConfigMaps are told by what is in them, not by what they are called.
var (
	spireServerFile = regexp.MustCompile(`(?m)^\s*"?server"?\s*[:{][^}]*trust_domain`)
	spireAgentFile  = regexp.MustCompile(`(?m)^\s*"?agent"?\s*[:{][^}]*trust_domain`)
	managerFile     = regexp.MustCompile(`(?m)^kind: ControllerManagerConfig$`)
)

// A program of SPIRE, how its file is known, and who judges it.
var spirePrograms = []struct {
	name string
	file *regexp.Regexp
	// verdict is the line of the report
	by, verdict string
	judge       func(*testing.T, string) string
}{
	{"spire-server", spireServerFile, "spire-server validate", "configurations", func(t *testing.T, text string) string {
		return validateSpire(t, "spire-server", text)
	}},
	{"spire-agent", spireAgentFile, "spire-agent validate", "configurations", func(t *testing.T, text string) string {
		return validateSpire(t, "spire-agent", text)
	}},
	{"spire-controller-manager", managerFile, "spire-controller-manager", "configurations read", readByManager},
}

func spireFilesAreValid(t *testing.T, judged output.Cluster) {
	judgedAny := false
	for _, program := range spirePrograms {
		var files []output.File
		for _, file := range output.Files(judged.Objects()) {
			if program.file.MatchString(file.Text) {
				files = append(files, file)
			}
		}
		if pods := containersOf(t, judged, program.name); len(files) < pods {
			t.Errorf("%d workloads run %s, %d of its configurations were found", pods, program.name, len(files))
		}
		if _, found := programs.Optional(t, program.name); !found {
			report.Missing(program.name, "configurations of "+program.name+": it is on no package registry and not on PATH")
			continue
		}
		for _, file := range files {
			judgedAny = true
			if problem := program.judge(t, file.Text); problem != "" {
				t.Errorf("%s: %s: %s", file, program.by, problem)
			}
		}
		if len(files) > 0 {
			report.Add(program.by, program.verdict, len(files))
		}
	}
	if !judgedAny {
		t.Skip("no configuration of SPIRE, or no program of SPIRE")
	}
}

func containersOf(t *testing.T, judged output.Cluster, image string) (count int) {
	t.Helper()
	workloads, err := output.Workloads(judged.Objects())
	if err != nil {
		t.Fatal(err)
	}
	for _, workload := range workloads {
		for _, container := range append(append([]corev1.Container{}, workload.Pod.Spec.InitContainers...), workload.Pod.Spec.Containers...) {
			if imageName(container.Image) == image {
				count++
			}
		}
	}
	return count
}

// It has no command that validates. Whatever is wrong in the file ends it before it looks for a cluster, of which there is none here.
func readByManager(t *testing.T, text string) string {
	t.Helper()
	command := exec.Command(programs.Path(t, "spire-controller-manager"), "--config", save(t, "config.yaml", text))
	command.Env = []string{"HOME=/nonexistent"}
	printed, _ := command.CombinedOutput()
	if strings.Contains(string(printed), "failed to get in cluster configuration") {
		return ""
	}
	return strings.TrimSpace(string(printed))
}

func validateSpire(t *testing.T, name, text string) string {
	t.Helper()
	text = withCertificates(t, text)
	printed, err := programs.Run(t, name, "validate", "-config", save(t, name+".conf", text))
	if err != nil || strings.Contains(printed, "level=warning") || strings.Contains(printed, "level=error") {
		return fmt.Sprintf("%v: %s", err, strings.TrimSpace(printed))
	}
	return ""
}

var certificateFile = regexp.MustCompile(`"(/[^"]+\.(crt|key))"`)

// Certificates come from Secrets, which the output only refers to; validate wants to read them.
func withCertificates(t *testing.T, text string) string {
	t.Helper()
	certificate, key := cluster.NewAuthority(t, t.TempDir()).Issue(t, "server", "127.0.0.1")
	return certificateFile.ReplaceAllStringFunc(text, func(quoted string) string {
		if strings.HasSuffix(quoted, `.key"`) {
			return strconv.Quote(key)
		}
		return strconv.Quote(certificate)
	})
}

func bootstrapsAreValid(t *testing.T, judged output.Cluster) {
	found := 0
	for _, file := range output.Files(judged.Objects()) {
		var bootstrap map[string]any
		if yaml.Unmarshal([]byte(file.Text), &bootstrap) != nil || bootstrap["static_resources"] == nil {
			continue
		}
		found++
		if problem := validateBootstrap(t, file.Text); problem != "" {
			t.Errorf("%s: envoy --mode validate: %s", file, problem)
		}
	}
	if found == 0 {
		t.Skip("no Envoy bootstrap")
	}
	report.Add("envoy --mode validate", "bootstraps of the output", found)
}

// The policy with its data and tests is among the artifacts; a ConfigMap has the same without the tests.
func policiesAreValid(t *testing.T, judged output.Cluster) {
	artifacts := policyArtifacts(judged)
	texts := map[string]string{}
	folder := t.TempDir()
	for _, file := range artifacts {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(file)
		texts[name] = string(content)
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range output.Files(judged.Objects()) {
		if (strings.HasSuffix(file.Name, ".rego") || texts[file.Name] != "") && texts[file.Name] != file.Text {
			t.Errorf("%s: is not the file of that name in artifacts/, so no test of it is known", file)
		}
	}
	if len(artifacts) == 0 {
		t.Skip("no Rego")
	}
	for _, problem := range regoProblems(t, folder) {
		t.Error(problem)
	}
	report.Add("opa", "policies checked, formatted, tested", 1)
}

func policyArtifacts(judged output.Cluster) []string {
	var files []string
	for _, pattern := range []string{"*.rego", "access-data.json"} {
		found, _ := filepath.Glob(filepath.Join(judged.Dir, "artifacts", pattern))
		files = append(files, found...)
	}
	return files
}

func regoProblems(t *testing.T, folder string) []string {
	t.Helper()
	var problems []string
	if printed, err := programs.Run(t, "opa", "check", "--strict", folder); err != nil {
		problems = append(problems, "opa check --strict: "+printed)
	}
	if printed, err := programs.Run(t, "opa", "fmt", "--fail", "--diff", folder); err != nil || strings.TrimSpace(printed) != "" {
		problems = append(problems, "opa fmt would write it otherwise: "+printed)
	}
	tests, _ := filepath.Glob(filepath.Join(folder, "*_test.rego"))
	if len(tests) == 0 {
		return append(problems, "no *_test.rego beside the policy")
	}
	if printed, err := programs.Run(t, "opa", "test", folder); err != nil {
		problems = append(problems, "opa test: "+printed)
	}
	return problems
}

func save(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
