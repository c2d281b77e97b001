// Report writes REPORT.md from what the test packages recorded. With CONFORMANCE_CHECK it
// writes nothing and fails where the counts are not those of the file.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/programs"
	"cdk8s-spiffe.dev/conformance/internal/report"
)

// What a part of the page is said to be; a page with one is not for keeping.
const failed = "**failed**"

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "conformance:", err)
		os.Exit(1)
	}
}

func run() error {
	parts, err := report.Read()
	if err != nil {
		return err
	}
	table, err := programs.Read()
	if err != nil {
		return err
	}
	for _, part := range parts {
		for _, line := range part.Skipped {
			fmt.Println("not judged:", line.Why)
		}
	}
	path := filepath.Join(output.ModuleDir(), "REPORT.md")
	before, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	text := render(parts, table)
	changed := append(drift(string(before), text, absent(parts, table)), versionDrift(string(before), text, table)...)
	if strings.Contains(string(before), failed) {
		changed = append(changed, "a part has failed")
	}
	if len(changed) == 0 && len(before) > 0 {
		// times differ from run to run: no reason to rewrite the file
		return nil
	}
	if os.Getenv("CONFORMANCE_CHECK") == "" {
		fmt.Println("conformance/REPORT.md is rewritten")
		return os.WriteFile(path, []byte(text), 0o644)
	}
	return fmt.Errorf("REPORT.md does not say what this run saw, run conformance/run and commit it: %s", strings.Join(changed, "; "))
}

// What a version does not say by itself.
var notes = map[string]string{
	"istioctl":        snapshot + "charts and injection templates, and what `validate` and `analyze` say",
	"pilot-discovery": snapshot + "what proxies are told",
}

const snapshot = ": a snapshot after 1.30, as the Go module proxy has no release of Istio; the output is written for 1.30. Used for "

func render(parts []report.Part, table programs.Table) string {
	var text strings.Builder
	text.WriteString("# What the field's own programs said\n\n")
	text.WriteString("Written by `conformance/run`. Counts are verdicts over the output of every example, preset and program of README.md; a wrong twin is real output with one\n")
	text.WriteString("thing made wrong, which the program must refuse.\n\n")
	text.WriteString("| program | verdict | count |\n|---|---|---|\n")
	for _, part := range parts {
		for _, line := range part.Lines {
			fmt.Fprintf(&text, "| %s | %s | %d |\n", line.Program, line.What, line.Count)
		}
	}
	text.WriteString("\n| part | result | minutes |\n|---|---|---|\n")
	for _, part := range parts {
		result := "passed"
		if !part.Passed {
			result = failed
		}
		fmt.Fprintf(&text, "| %s | %s | %.1f |\n", part.Name, result, part.Seconds/60)
	}
	text.WriteString("\n| program | version |\n|---|---|\n")
	var names []string
	for name := range table {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Fprintf(&text, "| %s | %s%s |\n", name, table[name].Version, notes[name])
	}
	var skipped []report.Skipped
	for _, part := range parts {
		skipped = append(skipped, part.Skipped...)
	}
	if len(skipped) > 0 {
		text.WriteString("\nNot judged in this run:\n\n")
		for _, line := range skipped {
			fmt.Fprintf(&text, "- %s\n", line.Why)
		}
	}
	return text.String()
}
