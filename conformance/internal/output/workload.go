package output

import (
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
)

// Workload is an object whose controller makes pods, and the pod it would make.
type Workload struct {
	Object Object
	Pod    *corev1.Pod
}

func (w Workload) Namespace() string { return w.Pod.Namespace }

func (w Workload) ServiceAccount() string {
	if w.Pod.Spec.ServiceAccountName == "" {
		return "default"
	}
	return w.Pod.Spec.ServiceAccountName
}

var templatePaths = [][]string{{"spec", "template"}, {"spec", "jobTemplate", "spec", "template"}, {}}

// Workloads are recognised by shape, not by kind, so that an Argo Rollout or any other pod owner counts too.
func Workloads(objects []Object) ([]Workload, error) {
	var workloads []Workload
	for _, object := range objects {
		for _, path := range templatePaths {
			if len(path) == 0 && object.GetKind() != "Pod" {
				continue
			}
			template, found := nestedMap(object.Object, path)
			if !found {
				continue
			}
			if _, hasContainers, _ := unstructured.NestedSlice(template, "spec", "containers"); !hasContainers {
				continue
			}
			pod := &corev1.Pod{}
			if err := runtime.DefaultUnstructuredConverter.FromUnstructured(map[string]any{
				"metadata": template["metadata"], "spec": template["spec"],
			}, pod); err != nil {
				return nil, err
			}
			pod.TypeMeta = metav1.TypeMeta{APIVersion: "v1", Kind: "Pod"}
			pod.Namespace = object.GetNamespace()
			pod.Name = object.GetName() + "-judged"
			addClaims(object, pod)
			workloads = append(workloads, Workload{Object: object, Pod: pod})
		}
	}
	return workloads, nil
}

func nestedMap(object map[string]any, path []string) (map[string]any, bool) {
	if len(path) == 0 {
		return object, true
	}
	value, found, err := unstructured.NestedMap(object, path...)
	return value, found && err == nil
}

// The StatefulSet controller adds one volume per claim template.
func addClaims(object Object, pod *corev1.Pod) {
	claims, _, _ := unstructured.NestedSlice(object.Object, "spec", "volumeClaimTemplates")
	for _, claim := range claims {
		name, _, _ := unstructured.NestedString(claim.(map[string]any), "metadata", "name")
		pod.Spec.Volumes = append(pod.Spec.Volumes, corev1.Volume{Name: name, VolumeSource: corev1.VolumeSource{
			PersistentVolumeClaim: &corev1.PersistentVolumeClaimVolumeSource{ClaimName: name + "-" + object.GetName() + "-0"},
		}})
	}
}
