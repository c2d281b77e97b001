// Package verdicts asks the field's own programs about everything that the examples and presets wrote.
package verdicts

import (
	"os"
	"testing"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
	"cdk8s-spiffe.dev/conformance/internal/istio"
	"cdk8s-spiffe.dev/conformance/internal/report"
)

func TestMain(m *testing.M) { os.Exit(report.Run(m, "verdicts")) }

// One empty API server a cluster: the output arrives as on the first day.
func TestOutput(t *testing.T) {
	clusters, err := readOutput()
	if err != nil {
		t.Fatal(err)
	}
	for _, judged := range clusters {
		t.Run(judged.String(), func(t *testing.T) {
			t.Parallel()
			report.Add("all", "clusters", 1)
			server := cluster.Start(t)
			server.InstallDefinitions(t, judged)
			t.Run("every stage applies", func(t *testing.T) { applies(t, server, judged) })
			t.Run("a second apply changes nothing", func(t *testing.T) { changesNothing(t, server, judged) })
			t.Run("pods are admitted", func(t *testing.T) { podsAreAdmitted(t, server, judged) })
			t.Run("service accounts may do what they need and no more", func(t *testing.T) { accountsFit(t, server, judged) })
			t.Run("istioctl validates", func(t *testing.T) { validates(t, judged) })
			t.Run("istioctl analyzes", func(t *testing.T) { analyzes(t, judged) })

			t.Run("SPIRE takes its configurations", func(t *testing.T) { spireFilesAreValid(t, judged) })
			t.Run("Envoy takes its bootstraps", func(t *testing.T) { bootstrapsAreValid(t, judged) })
			t.Run("OPA takes its policies", func(t *testing.T) { policiesAreValid(t, judged) })
			t.Run("promtool checks rules", func(t *testing.T) { rulesAreChecked(t, judged) })
			t.Run("alerts fire and stay quiet", func(t *testing.T) { alertsFire(t, judged) })
			t.Run("Sail's values render", func(t *testing.T) { sailIsRendered(t, judged) })
			t.Run("the Sail operator's schema", func(t *testing.T) { sailIsTaken(t, server, judged) })
			planes := controlPlanes(t, judged)
			for _, plane := range planes {
				t.Run("control plane of "+plane.Source, func(t *testing.T) { planeIsAdmitted(t, server, plane) })
				if plane.Injector != "" {
					shapes := istio.Shapes
					if plane != planes[0] {
						// the templates are the same, however they were installed
						shapes = shapes[:1]
					}
					t.Run("injection by "+plane.Source, func(t *testing.T) { injects(t, server, judged, plane, shapes) })
				}
			}
			if len(planes) > 0 && planes[0].Injector != "" {
				t.Run("requests", func(t *testing.T) { requestsAreJudged(t, server, judged, planes[0]) })
			}
		})
	}
}
