package verdicts

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/programs"
	"cdk8s-spiffe.dev/conformance/internal/report"
)

// A finding as `cdk8s-spiffe check --format json` gives it.
type finding struct {
	Rule    string
	Level   string
	Message string
	File    string
	Line    int
}

// The checks of the compiled package, as users run them.
func check(t *testing.T, paths ...string) (findings []finding, objects int) {
	t.Helper()
	program := filepath.Join(output.ModuleDir(), "..", "bin", "cdk8s-spiffe")
	command := exec.Command("node", append([]string{program, "check", "--format", "json"}, paths...)...)
	stdout, err := command.Output()
	if exit, failed := err.(*exec.ExitError); failed && exit.ExitCode() != 1 {
		t.Fatalf("%v\n%s", err, exit.Stderr)
	}
	var outcome struct {
		Findings []finding
		Summary  struct{ Objects int }
	}
	if err := json.Unmarshal(stdout, &outcome); err != nil {
		t.Fatalf("%v: %s", err, stdout)
	}
	if outcome.Summary.Objects == 0 {
		t.Fatalf("%v hold no objects", paths)
	}
	return outcome.Findings, outcome.Summary.Objects
}

// Warnings and errors about objects that Istio's own installers and samples write.
func alarms(t *testing.T, path string) []string {
	t.Helper()
	var lines []string
	findings, objects := check(t, path)
	report.Add("cdk8s-spiffe check", "objects of Istio itself", objects)
	for _, found := range findings {
		if found.Level != "info" {
			lines = append(lines, fmt.Sprintf("%s:%d %s %s: %s", found.File, found.Line, found.Level, found.Rule, found.Message))
		}
	}
	return lines
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// The programs are built from source, whose images have no version.
const tag = "1.31.0"

func generated(t *testing.T, profile string) string {
	t.Helper()
	stdout, err := exec.Command(programs.Path(t, "istioctl"), "manifest", "generate", "--set", "profile="+profile, "--set", "tag="+tag).Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(stdout)
}

// What Istio's own installers and samples write is right, so a warning or an error about it is a false alarm.
func TestNoFalseAlarm(t *testing.T) {
	for _, profile := range []string{"default", "demo", "minimal", "ambient", "openshift", "preview"} {
		t.Run("istioctl, profile "+profile, func(t *testing.T) {
			for _, alarm := range alarms(t, write(t, profile+".yaml", generated(t, profile))) {
				t.Error(alarm)
			}
		})
	}

	istio := programs.ModuleFiles(t, "istio", "istio.io/istio")
	for _, chart := range []string{"base", "istio-control/istio-discovery", "gateway", "istio-cni", "ztunnel"} {
		t.Run("chart "+chart, func(t *testing.T) {
			path := filepath.Join(istio, "manifests", "charts", filepath.FromSlash(chart))
			stdout, err := exec.Command(programs.Path(t, "helm"), "template", "x", path, "--namespace", "istio-system", "--set", "global.tag="+tag).Output()
			if err != nil {
				t.Fatal(err)
			}
			// the other charts take the tag where ztunnel has one of its own
			text := strings.ReplaceAll(string(stdout), ":latest", ":"+tag)
			for _, alarm := range alarms(t, write(t, "chart.yaml", text)) {
				t.Error(alarm)
			}
		})
	}

	for _, sample := range []string{"bookinfo", "addons", "helloworld", "httpbin", "curl", "multicluster", "jwt-server", "tcp-echo"} {
		t.Run("sample "+sample, func(t *testing.T) {
			for _, alarm := range alarms(t, filepath.Join(istio, "samples", sample)) {
				t.Error(alarm)
			}
		})
	}
}

func TestFailsForAWrongMesh(t *testing.T) {
	// the definitions are most of it, and nothing is changed in them
	documents := slices.DeleteFunc(strings.Split(generated(t, "minimal"), "\n---\n"), func(document string) bool {
		return strings.Contains(document, "\nkind: CustomResourceDefinition\n")
	})
	right := strings.Join(documents, "\n---\n")
	with := func(rule, old, by string) func(*testing.T) string {
		return func(t *testing.T) string {
			findings, _ := check(t, write(t, "wrong.yaml", replaced(t, right, old, by)))
			for _, found := range findings {
				if found.Rule == rule {
					return found.Message
				}
			}
			return ""
		}
	}
	judgeTwins(t, "cdk8s-spiffe check", []twin{
		{"a trust domain that Istio refuses", with("MESH-TRUST-DOMAIN", "trustDomain: cluster.local", "trustDomain: my_mesh.example.org")},
		{"a misspelt field", with("MESH-CONFIG-FIELD", "    rootNamespace: ", "    rootNamespaces: ")},
		{"a provider that is not there", with("MESH-PROVIDER", "      - prometheus\n", "      - prometheuss\n")},
		{"certificates from SPIRE's own API", with("MESH-CA-ADDRESS", "    defaultConfig:\n", "    defaultConfig:\n      proxyMetadata: {CA_ADDR: 'spire-server.spire:8081'}\n")},
	})
}
