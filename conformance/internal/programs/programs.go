// Package programs says where the judging programs are, and runs them.
package programs

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"cdk8s-spiffe.dev/conformance/internal/output"
)

type Program struct {
	Path    string `json:"path"`
	Version string `json:"version"`
}

type Table map[string]Program

func file() string { return filepath.Join(output.ModuleDir(), ".bin", "programs.json") }

func Write(table Table) error {
	content, err := json.MarshalIndent(table, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file()), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file(), append(content, '\n'), 0o644)
}

func Read() (Table, error) {
	content, err := os.ReadFile(file())
	if err != nil {
		return nil, fmt.Errorf("the programs are not set up: run conformance/run once (%w)", err)
	}
	var table Table
	return table, json.Unmarshal(content, &table)
}

// Path of a program that set-up always provides.
func Path(t testing.TB, name string) string {
	t.Helper()
	path, found := Optional(t, name)
	if !found {
		t.Fatalf("%s is not set up: run conformance/run", name)
	}
	return path
}

// Optional programs are those on no package registry: SPIRE's own.
func Optional(t testing.TB, name string) (string, bool) {
	t.Helper()
	table, err := Read()
	if err != nil {
		t.Fatal(err)
	}
	program, found := table[name]
	return program.Path, found
}

// Run returns what the program printed, both streams together, as a user would see it.
func Run(t testing.TB, name string, args ...string) (string, error) {
	t.Helper()
	combined, err := exec.Command(Path(t, name), args...).CombinedOutput()
	return string(combined), err
}

// ModuleFiles is the folder of a module that a tool is built from: Istio's charts, CRDs.
func ModuleFiles(t testing.TB, toolModule, module string) string {
	t.Helper()
	stdout, err := exec.Command("go", "-C", filepath.Join(output.ModuleDir(), "tools", toolModule), "mod", "download", "-json", module).Output()
	if err != nil {
		t.Fatalf("go mod download %s: %v", module, err)
	}
	var info struct{ Dir string }
	if err := json.Unmarshal(stdout, &info); err != nil {
		t.Fatal(err)
	}
	return info.Dir
}
