package verdicts

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"sort"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/programs"
	"cdk8s-spiffe.dev/conformance/internal/report"
)

// Rule files as the operator would write them for Prometheus, one per PrometheusRule.
func ruleFiles(t *testing.T, objects []output.Object) []string {
	t.Helper()
	dir := t.TempDir()
	var files []string
	for _, object := range objects {
		if object.GetKind() != "PrometheusRule" {
			continue
		}
		content, err := yaml.Marshal(object.Object["spec"])
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, object.GetNamespace()+"."+object.GetName()+".yaml")
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

func rulesAreChecked(t *testing.T, judged output.Cluster) {
	files := ruleFiles(t, judged.Objects())
	if len(files) == 0 {
		t.Skip("no PrometheusRule")
	}
	if printed, err := checkRules(t, files); err != nil {
		t.Errorf("promtool check rules: %v\n%s", err, printed)
	}
	report.Add("promtool check rules", "rule files", len(files))
}

func checkRules(t *testing.T, files []string) (string, error) {
	t.Helper()
	return programs.Run(t, "promtool", append([]string{"check", "rules", "--lint=all", "--lint-fatal"}, files...)...)
}

// promtool compares annotations word for word: a change of wording is not what these tests are about.
func withoutAnnotations(t *testing.T, files []string) []string {
	t.Helper()
	dir := t.TempDir()
	var changed []string
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		spec := map[string]any{}
		if err := yaml.Unmarshal(content, &spec); err != nil {
			t.Fatal(err)
		}
		groups, _ := spec["groups"].([]any)
		for _, group := range groups {
			rules, _ := group.(map[string]any)["rules"].([]any)
			for _, rule := range rules {
				delete(rule.(map[string]any), "annotations")
			}
		}
		bare, err := yaml.Marshal(spec)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, filepath.Base(file))
		if err := os.WriteFile(path, bare, 0o600); err != nil {
			t.Fatal(err)
		}
		changed = append(changed, path)
	}
	return changed
}

// One file of promtool's own format a group of alerts, without rule_files: the rules come from the output.
type alertTest struct {
	EvaluationInterval string           `json:"evaluation_interval,omitempty"`
	Tests              []map[string]any `json:"tests"`
}

func alertsFire(t *testing.T, judged output.Cluster) {
	if len(alerts(judged.Objects())) == 0 {
		t.Skip("no alert")
	}
	for _, problem := range alertProblems(t, judged.String(), judged.Objects()) {
		t.Error(problem)
	}
	report.Add("promtool test rules", "alerts that fire and stay quiet", len(alerts(judged.Objects())))
}

// Every alert fires on series that should make it fire, and stays quiet on others.
func alertProblems(t *testing.T, name string, objects []output.Object) []string {
	t.Helper()
	var problems []string
	files := withoutAnnotations(t, ruleFiles(t, objects))
	wanted := alerts(objects)
	fires, quiet := map[string]bool{}, map[string]bool{}
	tests, _ := filepath.Glob(filepath.Join(output.ModuleDir(), "alerts", "*.yaml"))
	for _, source := range tests {
		content, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		var table alertTest
		if err := yaml.UnmarshalStrict(content, &table); err != nil {
			t.Fatalf("%s: %v", source, err)
		}
		var mine []map[string]any
		for _, test := range table.Tests {
			if isFor(test, name) && covers(test, wanted, fires, quiet) {
				mine = append(mine, test)
			}
		}
		if len(mine) == 0 {
			continue
		}
		whole, err := yaml.Marshal(map[string]any{"rule_files": files, "evaluation_interval": table.EvaluationInterval, "tests": mine})
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), filepath.Base(source))
		if err := os.WriteFile(file, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		if printed, err := programs.Run(t, "promtool", "test", "rules", file); err != nil {
			problems = append(problems, fmt.Sprintf("promtool test rules %s: %v\n%s", filepath.Base(source), err, printed))
		}
	}
	for _, alert := range wanted {
		if !fires[alert] {
			problems = append(problems, "alert "+alert+": no test in conformance/alerts makes it fire")
		}
		if !quiet[alert] {
			problems = append(problems, "alert "+alert+": no test in conformance/alerts leaves it quiet")
		}
	}
	return problems
}

// `for` is a pattern of <example>/<cluster>, where alerts differ from cluster to cluster; promtool must not see it.
func isFor(test map[string]any, name string) bool {
	pattern, limited := test["for"].(string)
	delete(test, "for")
	matches, _ := path.Match(pattern, name)
	return !limited || matches
}

// A test belongs here when this output has all the alerts that it names.
func covers(test map[string]any, wanted []string, fires, quiet map[string]bool) bool {
	known := map[string]bool{}
	for _, alert := range wanted {
		known[alert] = true
	}
	cases, _ := test["alert_rule_test"].([]any)
	for _, item := range cases {
		if !known[item.(map[string]any)["alertname"].(string)] {
			return false
		}
	}
	for _, item := range cases {
		alert := item.(map[string]any)
		if expected, _ := alert["exp_alerts"].([]any); len(expected) > 0 {
			fires[alert["alertname"].(string)] = true
		} else {
			quiet[alert["alertname"].(string)] = true
		}
	}
	return len(cases) > 0
}

func alerts(objects []output.Object) []string {
	seen := map[string]bool{}
	for _, object := range objects {
		if object.GetKind() != "PrometheusRule" {
			continue
		}
		groups, _, _ := unstructured.NestedSlice(object.Object, "spec", "groups")
		for _, group := range groups {
			rules, _, _ := unstructured.NestedSlice(group.(map[string]any), "rules")
			for _, rule := range rules {
				if name, found, _ := unstructured.NestedString(rule.(map[string]any), "alert"); found {
					seen[name] = true
				}
			}
		}
	}
	var names []string
	for name := range seen {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
