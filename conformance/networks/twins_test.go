package networks

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
	"cdk8s-spiffe.dev/conformance/internal/istio"
	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/report"
)

// A twin is one object of the output with one thing made wrong, in the API server of a cluster.
type twin struct {
	name     string
	in       member
	kind, of string
	change   func(map[string]any)
	host     string
	// seen is what istiod then says of the host
	seen func(*istio.Destination)
}

// What is wrong must be seen: istiod says something else than it has to, and what is right when the object is right again.
func refuseTwins(t *testing.T, discovery *istio.Discovery, caller istio.Proxy, twins []twin) {
	t.Helper()
	for _, twin := range twins {
		t.Run(twin.name, func(t *testing.T) {
			name := "outbound|9080||" + twin.host
			right := discovery.Destination(t, caller.Node(t), name)
			wrong := right
			twin.seen(&wrong)
			if reflect.DeepEqual(wrong, right) {
				t.Fatal("it would not be seen")
			}
			object := objectOf(t, twin.in.judged, twin.kind, twin.of)
			twin.in.apply(t, changed(t, object, twin.change))
			await := func(what string, expected istio.Destination) {
				cluster.Await(t, 30*time.Second, what, func() error {
					if seen := discovery.Destination(t, caller.Node(t), name); !reflect.DeepEqual(seen, expected) {
						return fmt.Errorf("want %+v, istiod says %+v", expected, seen)
					}
					return nil
				})
			}
			await("istiod sees "+twin.name, wrong)
			twin.in.apply(t, object)
			await("all is as before", right)
			report.Add("istiod", "wrong twins refused", 1)
		})
	}
}

func (m member) apply(t *testing.T, object output.Object) {
	t.Helper()
	if _, err := m.server.Apply(object); err != nil {
		t.Fatal(err)
	}
}

func objectOf(t *testing.T, judged output.Cluster, kind, name string) output.Object {
	t.Helper()
	for _, object := range judged.Objects() {
		if object.GetKind() == kind && object.GetName() == name {
			return object
		}
	}
	t.Fatalf("%s has no %s %s", judged, kind, name)
	return output.Object{}
}

func changed(t *testing.T, object output.Object, change func(map[string]any)) output.Object {
	t.Helper()
	copied := object.DeepCopy()
	change(copied.Object)
	raw, err := yaml.Marshal(copied.Object)
	if err != nil {
		t.Fatal(err)
	}
	return output.Object{Unstructured: copied, Raw: raw, File: "twin of " + object.File}
}

func set(object map[string]any, value any, path ...string) {
	if err := unstructured.SetNestedField(object, value, path...); err != nil {
		panic(err)
	}
}
