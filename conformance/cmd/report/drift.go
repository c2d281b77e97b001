package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"

	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/programs"
	"cdk8s-spiffe.dev/conformance/internal/report"
)

var (
	countRow   = regexp.MustCompile(`(?m)^\| (.+) \| (.+) \| (\d+) \|$`)
	versionRow = regexp.MustCompile(`(?m)^\| (\S+) \| (v[^\s:]+|unknown version).* \|$`)
)

// What is on no registry, by the program of a line of the report: it may be absent, and nothing else may. Other programs are built for every run.
var outsideRegistries = map[string][]string{
	"spire-server":             {"spire-server", "spire-agent", "root"},
	"spire-server validate":    {"spire-server"},
	"spire-agent validate":     {"spire-agent"},
	"spire-agent":              {"spire-agent"},
	"spire-controller-manager": {"spire-controller-manager"},
	"spire":                    {"spire-server", "spire-agent", "spire-controller-manager"},
	"spire verdicts, recorded": {"../shared/data/spire-verdicts"},
	"sail-operator":            {"../shared/data/crds"},
}

// absent is what this machine does not have, and of which a test said that it went without.
func absent(parts []report.Part, table programs.Table) map[string]bool {
	found := map[string]bool{}
	for _, part := range parts {
		for _, skipped := range part.Skipped {
			if !has(skipped.Without, table) {
				found[skipped.Without] = true
			}
		}
	}
	return found
}

func has(what string, table programs.Table) bool {
	if what == "root" {
		return os.Getuid() == 0
	}
	if _, program := table[what]; program {
		return true
	}
	_, err := os.Stat(filepath.Join(output.Root(), filepath.FromSlash(what)))
	return err == nil
}

type line struct{ program, what string }

func (l line) String() string { return l.program + ": " + l.what }

func counts(text string) map[line]int {
	found := map[line]int{}
	for _, match := range countRow.FindAllStringSubmatch(text, -1) {
		found[line{match[1], match[2]}], _ = strconv.Atoi(match[3])
	}
	return found
}

// drift tells which counts are others than before. Whoever is absent may leave out all of a count, not a part of it.
func drift(before, after string, absent map[string]bool) (lines []string) {
	was, is := counts(before), counts(after)
	for key, count := range was {
		if is[key] != count && !(is[key] == 0 && excused(key.program, absent)) {
			lines = append(lines, fmt.Sprintf("%s was %d, is %d", key, count, is[key]))
		}
	}
	for key, count := range is {
		if _, found := was[key]; !found {
			lines = append(lines, fmt.Sprintf("%s is new: %d", key, count))
		}
	}
	sort.Strings(lines)
	return lines
}

func excused(program string, absent map[string]bool) bool {
	for _, needed := range outsideRegistries[program] {
		if absent[needed] {
			return true
		}
	}
	return false
}

func versions(text string) map[string]string {
	found := map[string]string{}
	for _, match := range versionRow.FindAllStringSubmatch(text, -1) {
		found[match[1]] = match[2]
	}
	return found
}

// versionDrift is about programs that are pinned, and those of SPIRE where they are there. Python is that of the machine.
func versionDrift(before, after string, table programs.Table) (lines []string) {
	was, is := versions(before), versions(after)
	for name, version := range was {
		_, outside := outsideRegistries[name]
		if name == "python" || is[name] == version || outside && !has(name, table) {
			continue
		}
		lines = append(lines, fmt.Sprintf("%s was %s, is %s", name, version, is[name]))
	}
	for name, version := range is {
		if was[name] == "" {
			lines = append(lines, fmt.Sprintf("%s is new: %s", name, version))
		}
	}
	sort.Strings(lines)
	return lines
}
