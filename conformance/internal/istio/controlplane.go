// Package istio renders Istio's control plane from the artifacts and injects sidecars as its webhook would.
package istio

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/programs"
)

// ControlPlane is what one way of installing renders, and the three files that injection reads.
type ControlPlane struct {
	Source   string
	Objects  []output.Object
	Mesh     string
	Injector string
	Values   string
}

// FromOperator is what `istioctl install` would apply.
func FromOperator(t testing.TB, operatorFile string) (*ControlPlane, error) {
	t.Helper()
	// the charts are compiled in; stderr is progress and warnings
	stdout, stderr, err := run(programs.Path(t, "istioctl"), nil, "manifest", "generate", "-f", operatorFile)
	if err != nil {
		return nil, fmt.Errorf("istioctl manifest generate: %s", lines(stderr))
	}
	if strings.TrimSpace(stderr) != "" {
		return nil, fmt.Errorf("istioctl manifest generate warns: %s", lines(stderr))
	}
	return read(t, operatorFile, stdout)
}

// Charts, by what the artifact is called: <chart>-values.yaml.
var charts = map[string]string{
	"istio-base": "base", "base": "base", "istiod": "istio-control/istio-discovery", "istio-cni": "istio-cni", "cni": "istio-cni", "ztunnel": "ztunnel",
}

// Namespace is where the IstioOperator file puts a component, so that Helm can be told the same; istioctl's own answer is istio-system.
func Namespace(t testing.TB, operatorFile, release string) string {
	t.Helper()
	const usual = "istio-system"
	if operatorFile == "" {
		return usual
	}
	objects, err := output.ReadFile(operatorFile)
	if err != nil || len(objects) != 1 {
		t.Fatalf("%s: not one object (%v)", operatorFile, err)
	}
	component := map[string]string{"istio-cni": "cni", "cni": "cni", "istiod": "pilot", "ztunnel": "ztunnel"}[release]
	for _, path := range [][]string{{"spec", "components", component, "namespace"}, {"spec", "namespace"}} {
		if namespace, found, _ := unstructured.NestedString(objects[0].Object, path...); found {
			return namespace
		}
	}
	return usual
}

// FromValues is what Helm would apply with one chart of Istio's.
func FromValues(t testing.TB, valuesFile, namespace string) (*ControlPlane, error) {
	t.Helper()
	release := strings.TrimSuffix(filepath.Base(valuesFile), "-values.yaml")
	chart, known := charts[release]
	if !known {
		// every other release is a gateway: Istio has one chart for those
		chart = "gateway"
	}
	path := filepath.Join(programs.ModuleFiles(t, "istio", "istio.io/istio"), "manifests", "charts", filepath.FromSlash(chart))
	stdout, stderr, err := run(programs.Path(t, "helm"), nil, "template", release, path, "--namespace", namespace, "-f", valuesFile)
	if err != nil {
		return nil, fmt.Errorf("helm template %s: %s", chart, lines(stderr))
	}
	if strings.Contains(strings.ToLower(stderr), "warning") {
		return nil, fmt.Errorf("helm template %s warns: %s", chart, lines(stderr))
	}
	return read(t, valuesFile, stdout)
}

func read(t testing.TB, source, manifests string) (*ControlPlane, error) {
	t.Helper()
	objects, err := output.Parse([]byte(manifests), "control plane")
	if err != nil {
		return nil, err
	}
	plane := &ControlPlane{Source: filepath.Base(source), Objects: objects}
	dir := t.TempDir()
	for _, object := range objects {
		if object.GetKind() != "ConfigMap" {
			continue
		}
		data, _, _ := unstructured.NestedStringMap(object.Object, "data")
		switch {
		case data["mesh"] != "":
			plane.Mesh = save(t, dir, "mesh.yaml", data["mesh"])
		case data["config"] != "" && data["values"] != "":
			plane.Injector = save(t, dir, "injector.yaml", data["config"])
			plane.Values = save(t, dir, "values.json", data["values"])
		}
	}
	return plane, nil
}

// Shape is a way in which an Istio version writes and merges its templates.
type Shape struct {
	Name string
	// Native: the proxy is an init container that stays (Kubernetes 1.33 and newer)
	Native bool
	// EmptyDirObject: the built-in volume is `emptyDir: {}`, which does not give way to another source by itself (gateways before 1.27)
	EmptyDirObject bool
}

// Shapes are those of the charts from 1.26 to 1.30, which no registry has: the pinned ones, changed where those differ in what a template merges with.
var Shapes = []Shape{
	{Name: "native sidecar", Native: true},
	{Name: "classic sidecar"},
	{Name: "native sidecar, emptyDir as an object", Native: true, EmptyDirObject: true},
	{Name: "classic sidecar, emptyDir as an object", EmptyDirObject: true},
}

var socketVolume = regexp.MustCompile(`emptyDir:[ \t]*\n(\s+name: workload-socket)`)

// Inject returns the workloads as the API server would store them if the webhook changed their pods.
func (c *ControlPlane) Inject(t testing.TB, workloads []output.Object, shape Shape) ([]output.Object, error) {
	t.Helper()
	dir := t.TempDir()
	injector := c.Injector
	if shape.EmptyDirObject {
		content, err := os.ReadFile(c.Injector)
		if err != nil {
			return nil, err
		}
		changed := socketVolume.ReplaceAll(content, []byte("emptyDir: {}\n$1"))
		if string(changed) == string(content) {
			t.Fatal("no built-in workload-socket volume with an empty emptyDir: Istio's templates changed")
		}
		injector = save(t, dir, "injector.yaml", string(changed))
	}
	var documents []string
	for _, workload := range workloads {
		documents = append(documents, string(workload.Raw))
	}
	stdout, stderr, err := run(programs.Path(t, "istioctl"), []string{fmt.Sprintf("ENABLE_NATIVE_SIDECARS=%t", shape.Native)},
		"kube-inject", "-f", save(t, dir, "workloads.yaml", strings.Join(documents, "\n---\n")),
		"--meshConfigFile", c.Mesh, "--injectConfigFile", injector, "--valuesFile", c.Values, "-r", "default")
	if err != nil {
		return nil, fmt.Errorf("istioctl kube-inject: %s", lines(stderr))
	}
	return output.Parse([]byte(stdout), "injected")
}

// InMesh says whether the webhook would be called for the pods: by the pod's label, or else by the namespace's.
func InMesh(workload output.Workload, objects []output.Object) bool {
	switch workload.Pod.Labels["sidecar.istio.io/inject"] {
	case "true":
		return true
	case "false":
		return false
	}
	if workload.Pod.Labels["istio.io/rev"] != "" {
		return true
	}
	for _, object := range objects {
		if object.GetKind() == "Namespace" && object.GetName() == workload.Namespace() {
			labels := object.GetLabels()
			return labels["istio-injection"] == "enabled" || labels["istio-injection"] == "" && labels["istio.io/rev"] != ""
		}
	}
	return false
}

// MeshWorkloads are those that get a proxy.
func MeshWorkloads(t testing.TB, judged output.Cluster) []output.Object {
	t.Helper()
	workloads, err := output.Workloads(judged.Objects())
	if err != nil {
		t.Fatal(err)
	}
	var inMesh []output.Object
	for _, workload := range workloads {
		if InMesh(workload, judged.Objects()) {
			inMesh = append(inMesh, workload.Object)
		}
	}
	return inMesh
}

func run(path string, environment []string, args ...string) (stdout, stderr string, err error) {
	command := exec.Command(path, args...)
	command.Env = append(os.Environ(), environment...)
	var out, problems strings.Builder
	command.Stdout, command.Stderr = &out, &problems
	err = command.Run()
	return out.String(), problems.String(), err
}

func save(t testing.TB, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func lines(text string) string {
	return strings.Join(strings.Split(strings.TrimSpace(text), "\n"), "; ")
}
