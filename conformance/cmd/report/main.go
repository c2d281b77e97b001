// Report writes REPORT.md from what the test packages recorded. With CONFORMANCE_CHECK it
// writes nothing and fails where the counts are not those of the file.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
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
			fmt.Println("not judged:", line)
		}
	}
	path := filepath.Join(output.ModuleDir(), "REPORT.md")
	before, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	text := render(parts, table)
	changed := drift(counts(string(before)), counts(text))
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

func render(parts []report.Part, table programs.Table) string {
	var text strings.Builder
	text.WriteString("# What the field's own programs said\n\n")
	text.WriteString("Written by `conformance/run`. Counts are verdicts over the output of every example and preset; a wrong twin is real output with one\n")
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
		fmt.Fprintf(&text, "| %s | %s |\n", name, table[name].Version)
	}
	var skipped []string
	for _, part := range parts {
		skipped = append(skipped, part.Skipped...)
	}
	if len(skipped) > 0 {
		text.WriteString("\nNot judged in this run:\n\n")
		for _, line := range skipped {
			fmt.Fprintf(&text, "- %s\n", line)
		}
	}
	return text.String()
}

var row = regexp.MustCompile(`(?m)^\| (.+) \| (.+) \| (\d+) \|$`)

func counts(text string) map[string]int {
	found := map[string]int{}
	for _, match := range row.FindAllStringSubmatch(text, -1) {
		count, _ := strconv.Atoi(match[3])
		found[match[1]+": "+match[2]] = count
	}
	return found
}

// SPIRE's own programs and the schemas of Sail are on no registry, so what they judge may be absent.
func drift(before, after map[string]int) []string {
	var lines []string
	for key, count := range before {
		if after[key] != count && !(optional(key) && after[key] == 0) {
			lines = append(lines, fmt.Sprintf("%s was %d, is %d", key, count, after[key]))
		}
	}
	for key, count := range after {
		if _, found := before[key]; !found && !optional(key) {
			lines = append(lines, fmt.Sprintf("%s is new: %d", key, count))
		}
	}
	sort.Strings(lines)
	return lines
}

func optional(key string) bool {
	return strings.HasPrefix(key, "spire") || strings.HasPrefix(key, "sail")
}
