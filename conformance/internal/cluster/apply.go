package cluster

import (
	"context"
	"fmt"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/dynamic"

	"cdk8s-spiffe.dev/conformance/internal/output"
)

// FieldManager is a GitOps controller's place in the objects' managed fields.
const FieldManager = "gitops"

// Apply sends one document as it was written: server-side apply, strict field validation, no force.
func (s *Server) Apply(object output.Object) (*unstructured.Unstructured, error) {
	return s.apply(FieldManager, object, nil)
}

// ApplyAs is for objects that the output leaves to another installer; what both write, both must write alike.
func (s *Server) ApplyAs(manager string, object output.Object) (*unstructured.Unstructured, error) {
	return s.apply(manager, object, nil)
}

// DryRun asks for the same verdict and leaves nothing.
func (s *Server) DryRun(object output.Object) (*unstructured.Unstructured, error) {
	return s.apply(FieldManager, object, []string{metav1.DryRunAll})
}

func (s *Server) apply(manager string, object output.Object, dryRun []string) (*unstructured.Unstructured, error) {
	client, err := s.Resource(object.GroupVersionKind(), object.GetNamespace())
	if err != nil {
		return nil, err
	}
	return client.Patch(context.Background(), object.GetName(), types.ApplyPatchType, object.Raw, metav1.PatchOptions{
		FieldManager: manager, FieldValidation: metav1.FieldValidationStrict, DryRun: dryRun,
	})
}

func (s *Server) Get(object output.Object) (*unstructured.Unstructured, error) {
	client, err := s.Resource(object.GroupVersionKind(), object.GetNamespace())
	if err != nil {
		return nil, err
	}
	return client.Get(context.Background(), object.GetName(), metav1.GetOptions{})
}

// Resource refuses an object whose scope is not what the server says: a namespace on a cluster-scoped kind, or none on a namespaced one.
func (s *Server) Resource(kind schema.GroupVersionKind, namespace string) (dynamic.ResourceInterface, error) {
	mapping, err := s.mapping(kind)
	if err != nil {
		return nil, err
	}
	namespaced := mapping.Scope.Name() == meta.RESTScopeNameNamespace
	if namespaced && namespace == "" {
		return nil, fmt.Errorf("%s is namespaced, the object names no namespace", kind.Kind)
	}
	if !namespaced && namespace != "" {
		return nil, fmt.Errorf("%s is cluster-scoped, the object names namespace %q", kind.Kind, namespace)
	}
	if !namespaced {
		return s.Dynamic.Resource(mapping.Resource), nil
	}
	return s.Dynamic.Resource(mapping.Resource).Namespace(namespace), nil
}

// A definition is established before the server tells of its kind, on a busy machine by seconds.
func (s *Server) mapping(kind schema.GroupVersionKind) (*meta.RESTMapping, error) {
	mapping, err := s.Mapper.RESTMapping(kind.GroupKind(), kind.Version)
	if !meta.IsNoMatchError(err) {
		return mapping, err
	}
	_, defined := s.established.Load(kind.GroupKind())
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		s.Mapper.Reset()
		mapping, err = s.Mapper.RESTMapping(kind.GroupKind(), kind.Version)
		if !defined || !meta.IsNoMatchError(err) || time.Now().After(deadline) {
			return mapping, err
		}
	}
}

// First come definitions and namespaces, then everything in file order, as Flux does within one Kustomization.
func InOrder(stage output.Stage) []output.Object {
	var first, rest []output.Object
	for _, object := range stage.Objects {
		switch object.GetKind() {
		case "CustomResourceDefinition", "Namespace":
			first = append(first, object)
		default:
			rest = append(rest, object)
		}
	}
	return append(first, rest...)
}

// Refusal is what the server said about one object.
type Refusal struct {
	Object  output.Object
	Message string
}

func (r Refusal) String() string { return r.Object.String() + ": " + r.Message }

// ApplyStages goes on after a refusal, so that one run shows all of them.
func (s *Server) ApplyStages(stages []output.Stage) []Refusal {
	var refusals []Refusal
	for _, stage := range stages {
		for _, object := range InOrder(stage) {
			if _, err := s.Apply(object); err != nil {
				refusals = append(refusals, Refusal{object, oneLine(err)})
				continue
			}
			if err := s.emulateControllers(object); err != nil {
				refusals = append(refusals, Refusal{object, oneLine(err)})
			}
		}
	}
	return refusals
}

// What the controller manager would have done by now: default service accounts, quota status. CRDs are awaited.
func (s *Server) emulateControllers(object output.Object) error {
	ctx := context.Background()
	switch object.GetKind() {
	case "Namespace":
		account := &corev1.ServiceAccount{ObjectMeta: metav1.ObjectMeta{Name: "default", Namespace: object.GetName()}}
		_, err := s.Client.CoreV1().ServiceAccounts(object.GetName()).Create(ctx, account, metav1.CreateOptions{FieldManager: "controllers"})
		if apierrors.IsAlreadyExists(err) {
			return nil
		}
		return err
	case "ResourceQuota":
		quotas := s.Client.CoreV1().ResourceQuotas(object.GetNamespace())
		quota, err := quotas.Get(ctx, object.GetName(), metav1.GetOptions{})
		if err != nil {
			return err
		}
		quota.Status.Hard, quota.Status.Used = quota.Spec.Hard, corev1.ResourceList{}
		for name := range quota.Spec.Hard {
			quota.Status.Used[name] = *zero()
		}
		_, err = quotas.UpdateStatus(ctx, quota, metav1.UpdateOptions{})
		return err
	case "CustomResourceDefinition":
		return s.awaitEstablished(object)
	}
	return nil
}

func (s *Server) awaitEstablished(object output.Object) error {
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		live, err := s.Get(object)
		if err != nil {
			return err
		}
		conditions, _, _ := unstructured.NestedSlice(live.Object, "status", "conditions")
		for _, item := range conditions {
			condition := item.(map[string]any)
			if condition["type"] == "Established" && condition["status"] == "True" {
				s.established.Store(defines(object), true)
				return nil
			}
			if condition["type"] == "NonStructuralSchema" && condition["status"] == "True" {
				return fmt.Errorf("schema is not structural: %v", condition["message"])
			}
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("not established within a minute: %v", conditions)
		}
	}
}

func oneLine(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }

func zero() *resource.Quantity { return resource.NewQuantity(0, resource.DecimalSI) }
