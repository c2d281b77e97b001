package verdicts

import (
	"path/filepath"
	"strings"
	"testing"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
	"cdk8s-spiffe.dev/conformance/internal/istio"
	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/report"
)

// Every way of installing that the artifacts offer.
func controlPlanes(t *testing.T, judged output.Cluster) []*istio.ControlPlane {
	t.Helper()
	var planes []*istio.ControlPlane
	add := func(plane *istio.ControlPlane, err error, program string) {
		if err != nil {
			t.Error(err)
			return
		}
		planes = append(planes, plane)
		report.Add(program, "control plane objects rendered", len(plane.Objects))
	}
	if operator := judged.Artifact("istio-operator.yaml"); operator != "" {
		plane, err := istio.FromOperator(t, operator)
		add(plane, err, "istioctl manifest generate")
	}
	values, _ := filepath.Glob(filepath.Join(judged.Dir, "artifacts", "*-values.yaml"))
	for _, file := range values {
		release := strings.TrimSuffix(filepath.Base(file), "-values.yaml")
		plane, err := istio.FromValues(t, file, istio.Namespace(t, judged.Artifact("istio-operator.yaml"), release))
		add(plane, err, "helm template")
	}
	return planes
}

// Istio's pods meet the levels of the namespaces that the output made for them.
func planeIsAdmitted(t *testing.T, server *cluster.Server, plane *istio.ControlPlane) {
	for _, object := range plane.Objects {
		if object.GetKind() == "CustomResourceDefinition" {
			// Istio's own, and installed already
			continue
		}
		if _, err := server.ApplyAs("istio-installer", object); err != nil {
			t.Errorf("%s: %v", object, err)
		}
	}
	workloads, err := output.Workloads(plane.Objects)
	if err != nil {
		t.Fatal(err)
	}
	for _, workload := range workloads {
		if err := admit(server, workload.Pod); err != nil {
			t.Errorf("pod of %s: %v", workload.Object, err)
		}
	}
	// Istio's manifests use fields that newer API servers warn about: not ours to judge
	server.Warnings.Take()
	report.Add("kube-apiserver", "Istio control plane pods admitted", len(workloads))
}

// Every pod of the mesh gets the socket, in every shape of template, and still meets its namespace's level.
func injects(t *testing.T, server *cluster.Server, judged output.Cluster, plane *istio.ControlPlane, shapes []istio.Shape) {
	inMesh := istio.MeshWorkloads(t, judged)
	if len(inMesh) == 0 {
		t.Skip("no workload in the mesh")
	}
	for _, shape := range shapes {
		injected, err := plane.Inject(t, inMesh, shape)
		if err != nil {
			t.Errorf("%s: %v", shape.Name, err)
			continue
		}
		pods, err := output.Workloads(injected)
		if err != nil {
			t.Fatal(err)
		}
		if len(pods) != len(inMesh) {
			t.Errorf("%s: %d of %d workloads have pods after injection", shape.Name, len(pods), len(inMesh))
		}
		for _, pod := range pods {
			for _, problem := range socketProblems(pod.Pod.Spec) {
				t.Errorf("%s, %s: %s", pod.Object, shape.Name, problem)
			}
			if err := admit(server, pod.Pod); err != nil {
				t.Errorf("injected pod of %s, %s: %v", pod.Object, shape.Name, err)
			}
		}
		report.Add("istioctl kube-inject", "pods with one SPIRE socket, admitted", len(pods))
	}
	server.Warnings.Take()
}
