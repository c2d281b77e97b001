package verdicts

import (
	"strings"
	"testing"

	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/programs"
	"cdk8s-spiffe.dev/conformance/internal/report"
)

func validates(t *testing.T, judged output.Cluster) {
	if printed, valid := validate(t, judged.Files()); !valid {
		t.Error(printed)
	}
	report.Add("istioctl validate", "files without error or warning", len(judged.Files()))
}

// The only line of a clean run is about a validated file; everything else is an error or a warning.
func validate(t *testing.T, files []string) (printed string, valid bool) {
	t.Helper()
	args := []string{"validate"}
	for _, file := range files {
		args = append(args, "-f", file)
	}
	all, err := programs.Run(t, "istioctl", args...)
	var problems []string
	for _, line := range strings.Split(strings.TrimSpace(all), "\n") {
		if !strings.HasSuffix(line, "is valid") {
			problems = append(problems, line)
		}
	}
	return strings.Join(problems, "\n"), err == nil && len(problems) == 0
}

// Without -A only namespace default is looked at. Messages of level Info do not fail: they say what is, not what is wrong.
func analyzes(t *testing.T, judged output.Cluster) {
	printed, err := analyze(t, judged.Files())
	if err != nil {
		t.Errorf("%v\n%s", err, printed)
	}
	report.Add("istioctl analyze", "files without error or warning", len(judged.Files()))
}

func analyze(t *testing.T, files []string) (string, error) {
	t.Helper()
	args := []string{"analyze", "-A", "--use-kube=false", "--failure-threshold", "Warning", "--output-threshold", "Warning", "--color=false"}
	return programs.Run(t, "istioctl", append(args, files...)...)
}
