package main

import (
	"fmt"
	"strings"
	"testing"

	"cdk8s-spiffe.dev/conformance/internal/programs"
	"cdk8s-spiffe.dev/conformance/internal/report"
)

func page(rows ...string) string { return strings.Join(rows, "\n") + "\n" }

func TestCounts(t *testing.T) {
	before := page("| spire | steps of the end-to-end run | 39 |", "| spire verdicts, recorded | tests | 86 |", "| opa | policies | 1 |")
	none := map[string]bool{}
	for _, one := range []struct {
		title, after string
		absent       map[string]bool
		want         string
	}{
		{"nothing changed", before, none, "[]"},
		{"fails when a program of SPIRE is there and says nothing", page("| spire verdicts, recorded | tests | 86 |", "| opa | policies | 1 |"), none,
			"[spire: steps of the end-to-end run was 39, is 0]"},
		{"a program of SPIRE is absent", page("| spire verdicts, recorded | tests | 86 |", "| opa | policies | 1 |"), map[string]bool{"spire-agent": true}, "[]"},
		{"fails when what is absent is another one", page("| spire | steps of the end-to-end run | 39 |", "| opa | policies | 1 |"), map[string]bool{"spire-agent": true},
			"[spire verdicts, recorded: tests was 86, is 0]"},
		{"fails when a part is left out", page("| spire | steps of the end-to-end run | 12 |", "| spire verdicts, recorded | tests | 86 |", "| opa | policies | 1 |"),
			map[string]bool{"spire-agent": true}, "[spire: steps of the end-to-end run was 39, is 12]"},
		{"fails when a program of a registry says nothing", page("| spire | steps of the end-to-end run | 39 |", "| spire verdicts, recorded | tests | 86 |"),
			map[string]bool{"opa": true}, "[opa: policies was 1, is 0]"},
		{"fails on what is new", before + "| spire | more | 1 |\n", none, "[spire: more is new: 1]"},
	} {
		t.Run(one.title, func(t *testing.T) {
			if seen := fmt.Sprint(drift(before, one.after, one.absent)); seen != one.want {
				t.Errorf("want %s, got %s", one.want, seen)
			}
		})
	}
}

func TestAbsent(t *testing.T) {
	parts := []report.Part{{Skipped: []report.Skipped{{Without: "spire-server"}, {Without: "../nowhere"}, {Without: "conformance"}}}}
	if seen := fmt.Sprint(absent(parts, programs.Table{"spire-server": {}})); seen != "map[../nowhere:true]" {
		t.Errorf("what is there is no excuse, got %s", seen)
	}
	if seen := absent(nil, programs.Table{}); len(seen) > 0 {
		t.Errorf("nobody said that anything was left out, got %v", seen)
	}
}

func TestVersions(t *testing.T) {
	before := page("| opa | v1.0.0 |", "| istioctl | v0.0.0-2026: a snapshot |", "| spire-server | v1.15.3 |", "| python | v3.11 |")
	with := programs.Table{"spire-server": {}}
	for _, one := range []struct {
		title, after string
		table        programs.Table
		want         string
	}{
		{"another python", page("| opa | v1.0.0 |", "| istioctl | v0.0.0-2026: a snapshot |", "| spire-server | v1.15.3 |", "| python | v3.12 |"), with, "[]"},
		{"SPIRE is absent", page("| opa | v1.0.0 |", "| istioctl | v0.0.0-2026: a snapshot |", "| python | v3.11 |"), programs.Table{}, "[]"},
		{"fails on another version of what is pinned", page("| opa | v1.1.0 |", "| istioctl | v0.0.0-2027: a snapshot |", "| spire-server | v1.15.3 |", "| python | v3.11 |"),
			with, "[istioctl was v0.0.0-2026, is v0.0.0-2027 opa was v1.0.0, is v1.1.0]"},
		{"fails on another version of SPIRE", page("| opa | v1.0.0 |", "| istioctl | v0.0.0-2026: a snapshot |", "| spire-server | v1.16.0 |", "| python | v3.11 |"),
			with, "[spire-server was v1.15.3, is v1.16.0]"},
	} {
		t.Run(one.title, func(t *testing.T) {
			if seen := fmt.Sprint(versionDrift(before, one.after, one.table)); seen != one.want {
				t.Errorf("want %s, got %s", one.want, seen)
			}
		})
	}
}
