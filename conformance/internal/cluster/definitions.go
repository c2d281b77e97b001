package cluster

import (
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/programs"
)

// Definitions are looked for in this order. The last folder is not part of the project; it has the projects that no registry carries.
func definitionFiles(t testing.TB) []string {
	var files []string
	for _, source := range []struct{ tool, module, pattern string }{
		{"istio", "istio.io/istio", "manifests/charts/base/files/crd-all.gen.yaml"},
		{"crds", "github.com/prometheus-operator/prometheus-operator", "example/prometheus-operator-crd/*.yaml"},
		{"crds", "sigs.k8s.io/gateway-api", "config/crd/standard/*.yaml"},
		{"crds", "github.com/cert-manager/cert-manager", "deploy/crds/*.yaml"},
	} {
		found, _ := filepath.Glob(filepath.Join(programs.ModuleFiles(t, source.tool, source.module), source.pattern))
		if len(found) == 0 {
			t.Fatalf("%s has no %s: its layout changed", source.module, source.pattern)
		}
		files = append(files, found...)
	}
	local, _ := filepath.Glob(filepath.Join(output.ModuleDir(), "testdata", "crds", "*.yaml"))
	shared, _ := filepath.Glob(filepath.Join(output.Root(), "..", "shared", "data", "crds", "*.yaml"))
	return append(append(files, local...), shared...)
}

// NeededDefinitions are the CRDs of the kinds that the output uses and does not bring itself.
func NeededDefinitions(t testing.TB, objects []output.Object) (needed []output.Object, unknown []schema.GroupKind) {
	t.Helper()
	known := allDefinitions(t)
	brought, wanted := map[schema.GroupKind]bool{}, map[schema.GroupKind]bool{}
	for _, object := range objects {
		if object.GetKind() == "CustomResourceDefinition" {
			brought[defines(object)] = true
			continue
		}
		if kind := object.GroupVersionKind().GroupKind(); custom(kind) {
			wanted[kind] = true
		}
	}
	for kind := range wanted {
		if brought[kind] {
			continue
		}
		if definition, found := known[kind]; found {
			needed = append(needed, definition)
		} else {
			unknown = append(unknown, kind)
		}
	}
	return needed, unknown
}

var (
	definitions map[schema.GroupKind]output.Object
	loading     sync.Mutex
)

func allDefinitions(t testing.TB) map[schema.GroupKind]output.Object {
	t.Helper()
	loading.Lock()
	defer loading.Unlock()
	if definitions != nil {
		return definitions
	}
	definitions = map[schema.GroupKind]output.Object{}
	for _, file := range definitionFiles(t) {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		objects, err := output.Parse(content, filepath.Base(file))
		if err != nil {
			// Helm templates among the files
			continue
		}
		for _, object := range objects {
			if object.GetKind() != "CustomResourceDefinition" {
				continue
			}
			if _, found := definitions[defines(object)]; !found {
				definitions[defines(object)] = object
			}
		}
	}
	return definitions
}

func defines(definition output.Object) schema.GroupKind {
	group, _, _ := unstructured.NestedString(definition.Object, "spec", "group")
	kind, _, _ := unstructured.NestedString(definition.Object, "spec", "names", "kind")
	return schema.GroupKind{Group: group, Kind: kind}
}

var builtIn = map[string]bool{"": true, "apps": true, "batch": true, "autoscaling": true, "policy": true}

// Kubernetes' own groups have no dot or end in .k8s.io; gateway.networking.k8s.io is a CRD group all the same.
func custom(kind schema.GroupKind) bool {
	_, defined := definitions[kind]
	return defined || !builtIn[kind.Group] && !kubernetesGroup.MatchString(kind.Group)
}

var kubernetesGroup = regexp.MustCompile(`^(rbac\.authorization|networking|storage|scheduling|apiextensions|admissionregistration|coordination|discovery|node|events|apiregistration|certificates|authentication|authorization|flowcontrol\.apiserver|resource)\.k8s\.io$`)

// InstallDefinitions prepares an empty server for the output of one cluster.
func (s *Server) InstallDefinitions(t testing.TB, judged output.Cluster) {
	t.Helper()
	needed, unknown := NeededDefinitions(t, judged.Objects())
	for _, kind := range unknown {
		t.Errorf("no CustomResourceDefinition for %s: the output does not bring it, and no pinned module has it", kind)
	}
	for _, refusal := range s.ApplyStages([]output.Stage{{Name: "definitions", Objects: needed}}) {
		t.Fatalf("cannot install %s", refusal)
	}
	s.Warnings.Take()
}
