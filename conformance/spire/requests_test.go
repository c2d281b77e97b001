package spire

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"cdk8s-spiffe.dev/conformance/internal/output"
)

type request struct {
	Who, To, Method, Path, Verdict string
	Port                           int
}

// Lines of conformance/requests/<example>.yaml about one callee: the first that is allowed, and all others to the same workload.
func callTable(t *testing.T) []request {
	t.Helper()
	example, _, _ := strings.Cut(os.Getenv(inside), "/")
	content, err := os.ReadFile(filepath.Join(output.ModuleDir(), "requests", example+".yaml"))
	if err != nil {
		return nil
	}
	var table struct{ Requests []request }
	if err := yaml.Unmarshal(content, &table); err != nil {
		t.Fatal(err)
	}
	var chosen []request
	for _, line := range table.Requests {
		if line.Method == "" {
			line.Method = "GET"
		}
		inMesh := strings.Count(line.Who, "/") == 1
		if !inMesh || len(chosen) == 0 && line.Verdict != "allow" || len(chosen) > 0 && line.To != chosen[0].To {
			continue
		}
		chosen = append(chosen, line)
	}
	return chosen
}
