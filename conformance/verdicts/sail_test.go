package verdicts

import (
	"os"
	"path/filepath"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
	"cdk8s-spiffe.dev/conformance/internal/istio"
	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/report"
)

const (
	// Of the definitions in this folder the module proxy has all but these.
	sailDefinitions = "../shared/data/crds"
	withoutSail     = "Sail's objects by the API server: the CustomResourceDefinitions of sail-operator are in no module that can be had, and not in " + sailDefinitions
)

func sailObjects(t *testing.T, judged output.Cluster) []output.Object {
	t.Helper()
	file := judged.Artifact("sail-istio.yaml")
	if file == "" {
		t.Skip("no Istio for the Sail operator")
	}
	objects, err := output.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return objects
}

// The charts that the operator would render are Istio's own.
func sailIsRendered(t *testing.T, judged output.Cluster) {
	charts := map[string]string{"Istio": "istiod", "IstioCNI": "istio-cni"}
	for _, object := range sailObjects(t, judged) {
		release, known := charts[object.GetKind()]
		if !known {
			t.Errorf("%s is no kind of the Sail operator", object)
			continue
		}
		values, _, _ := unstructured.NestedMap(object.Object, "spec", "values")
		namespace, _, _ := unstructured.NestedString(object.Object, "spec", "namespace")
		raw, err := yaml.Marshal(values)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), release+"-values.yaml")
		if err := os.WriteFile(file, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		plane, err := istio.FromValues(t, file, namespace)
		if err != nil {
			t.Errorf("%s: %v", object, err)
			continue
		}
		report.Add("helm template", "control plane objects rendered", len(plane.Objects))
	}
}

// The operator's own schema has every value of Istio's charts.
func sailIsTaken(t *testing.T, server *cluster.Server, judged output.Cluster) {
	objects := sailObjects(t, judged)
	if !installSail(t, server, objects) {
		report.Skip(t, sailDefinitions, withoutSail)
	}
	for _, object := range objects {
		if _, err := server.Apply(object); err != nil {
			t.Errorf("%s: %v", object, err)
		}
	}
	for _, problem := range secondApply(server, objects) {
		t.Error(problem)
	}
	server.Warnings.Take()
	report.Add("sail-operator", "objects applied, strict, and again, unchanged", len(objects))
}

func installSail(t *testing.T, server *cluster.Server, objects []output.Object) bool {
	t.Helper()
	needed, unknown := cluster.NeededDefinitions(t, objects)
	if len(unknown) > 0 {
		return false
	}
	for _, refusal := range server.ApplyStages([]output.Stage{{Name: "sail", Objects: needed}}) {
		t.Fatalf("cannot install %s", refusal)
	}
	return true
}

func sailTwins(t *testing.T, server *cluster.Server, judged output.Cluster) []twin {
	objects := sailObjects(t, judged)
	with := func(change func(map[string]any)) func(*testing.T) string {
		return func(t *testing.T) string {
			if !installSail(t, server, objects) {
				t.Skip(withoutSail)
			}
			_, err := server.DryRun(changed(t, objects[0], change))
			return text(err)
		}
	}
	return []twin{
		{"an unknown field", with(func(o map[string]any) { set(o, "default", "spec", "profiles") })},
		{"a version that does not exist", with(func(o map[string]any) { set(o, "v0.1.0", "spec", "version") })},
		{"a strategy that does not exist", with(func(o map[string]any) { set(o, "Recreate", "spec", "updateStrategy", "type") })},
		{"an unknown value", with(func(o map[string]any) { set(o, "x", "spec", "values", "global", "clusterNam") })},
	}
}
