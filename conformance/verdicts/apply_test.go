package verdicts

import (
	"context"
	"fmt"
	"testing"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/report"
)

func applies(t *testing.T, server *cluster.Server, judged output.Cluster) {
	for _, refusal := range server.ApplyStages(judged.Stages) {
		t.Error(refusal)
	}
	for _, warning := range server.Warnings.Take() {
		t.Errorf("warning: %s", warning)
	}
	report.Add("kube-apiserver", "objects applied, strict", len(judged.Objects()))
}

func changesNothing(t *testing.T, server *cluster.Server, judged output.Cluster) {
	for _, problem := range secondApply(server, judged.Objects()) {
		t.Error(problem)
	}
	report.Add("kube-apiserver", "objects applied again, unchanged", len(judged.Objects()))
}

// A GitOps controller applies every few minutes: what changes each time never settles.
func secondApply(server *cluster.Server, objects []output.Object) []string {
	var problems []string
	for _, object := range objects {
		before, err := server.Get(object)
		if err != nil {
			problems = append(problems, fmt.Sprintf("%s: %v", object, err))
			continue
		}
		after, err := server.Apply(object)
		if err != nil {
			problems = append(problems, fmt.Sprintf("%s: %v", object, err))
			continue
		}
		if before.GetResourceVersion() == after.GetResourceVersion() {
			continue
		}
		// an object that is nothing but a name is written again each time, with the same content
		for _, live := range []*unstructured.Unstructured{before, after} {
			live.SetResourceVersion("")
			live.SetManagedFields(nil)
		}
		if !equality.Semantic.DeepEqual(before.Object, after.Object) {
			problems = append(problems, fmt.Sprintf("%s: the second apply changed it", object))
		}
	}
	return problems
}

func podsAreAdmitted(t *testing.T, server *cluster.Server, judged output.Cluster) {
	workloads, err := output.Workloads(judged.Objects())
	if err != nil {
		t.Fatal(err)
	}
	server.Warnings.Take()
	for _, workload := range workloads {
		if err := admit(server, workload.Pod); err != nil {
			t.Errorf("pod of %s: %v", workload.Object, err)
		}
		for _, warning := range server.Warnings.Take() {
			t.Errorf("pod of %s: warning: %s", workload.Object, warning)
		}
	}
	report.Add("kube-apiserver", "pods admitted", len(workloads))
}

func admit(server *cluster.Server, pod *corev1.Pod) error {
	_, err := server.Client.CoreV1().Pods(pod.Namespace).Create(context.Background(), pod,
		metav1.CreateOptions{DryRun: []string{metav1.DryRunAll}, FieldValidation: metav1.FieldValidationStrict})
	return err
}
