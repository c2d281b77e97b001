// Package report keeps what was judged, for conformance/REPORT.md.
package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"cdk8s-spiffe.dev/conformance/internal/output"
)

// Line counts one kind of verdict by one program.
type Line struct {
	Program string `json:"program"`
	What    string `json:"what"`
	Count   int    `json:"count"`
}

// Skipped says what was not judged, and what it would take: a program, a folder beside the checkout, or root.
type Skipped struct {
	Without string `json:"without"`
	Why     string `json:"why"`
}

// Part is what one test package did.
type Part struct {
	Name    string    `json:"name"`
	Lines   []Line    `json:"lines"`
	Skipped []Skipped `json:"skipped,omitempty"`
	Seconds float64   `json:"seconds"`
	Passed  bool      `json:"passed"`
}

var (
	mutex sync.Mutex
	part  Part
)

// Run runs a package's tests and, in a full run, writes its part. It returns the exit code.
func Run(m *testing.M, name string) int {
	start := time.Now()
	code := m.Run()
	part.Name, part.Seconds, part.Passed = name, time.Since(start).Seconds(), code == 0
	if os.Getenv("CONFORMANCE_REPORT") != "" {
		if err := write(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	return code
}

// Add counts verdicts; the same program and verdict add up.
func Add(program, what string, count int) {
	mutex.Lock()
	defer mutex.Unlock()
	for i := range part.Lines {
		if part.Lines[i].Program == program && part.Lines[i].What == what {
			part.Lines[i].Count += count
			return
		}
	}
	part.Lines = append(part.Lines, Line{program, what, count})
}

// Skip ends the test, and says in one line what was not judged, in the test's output and in the report.
func Skip(t testing.TB, without, why string) {
	t.Helper()
	Missing(without, why)
	t.Skip(why)
}

// Missing says the same, and the test goes on without.
func Missing(without, why string) {
	mutex.Lock()
	defer mutex.Unlock()
	if line := (Skipped{without, why}); !slices.Contains(part.Skipped, line) {
		part.Skipped = append(part.Skipped, line)
	}
}

func Dir() string { return filepath.Join(output.ModuleDir(), ".bin", "report") }

func write() error {
	content, err := json.MarshalIndent(part, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(Dir(), 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(Dir(), part.Name+".json"), content, 0o644)
}

// Read returns all parts, by name.
func Read() ([]Part, error) {
	files, err := filepath.Glob(filepath.Join(Dir(), "*.json"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, errors.New("no test package recorded anything: run conformance/run")
	}
	var parts []Part
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var read Part
		if err := json.Unmarshal(content, &read); err != nil {
			return nil, err
		}
		parts = append(parts, read)
	}
	return parts, nil
}
