package verdicts

import (
	"context"
	"fmt"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
	"cdk8s-spiffe.dev/conformance/internal/istio"
	"cdk8s-spiffe.dev/conformance/internal/output"
)

// The same requests, after the policies in the API server were weakened one at a time.
func requestTwins(t *testing.T, server *cluster.Server, judged output.Cluster, plane *istio.ControlPlane) []twin {
	proxies := startProxies(t, server, judged, plane)
	table, _ := readRequests(t, judged)
	requests := withOthers(proxies, table)
	weakened := func(pick func(output.Object) bool, change func(map[string]any)) func(*testing.T) string {
		return weaken(server, judged, pick, change, func(t *testing.T) []string {
			return judgeRequests(t, istio.StartDiscovery(t, server, plane, proxies[0].ClusterID()), proxies, requests)
		})
	}
	kind := func(kind string) func(output.Object) bool {
		return func(object output.Object) bool { return object.GetKind() == kind }
	}
	rules := func(object output.Object) bool {
		_, found, _ := unstructured.NestedSlice(object.Object, "spec", "rules")
		return object.GetKind() == "AuthorizationPolicy" && found
	}
	defaultDeny := func(object output.Object) bool {
		return object.GetKind() == "AuthorizationPolicy" && object.GetName() == "default-deny"
	}
	return []twin{
		{"callers left out", weakened(rules, func(o map[string]any) { eachRule(o, func(rule map[string]any) { delete(rule, "from") }) })},
		{"ports left out", weakened(rules, func(o map[string]any) {
			eachOperation(o, func(operation map[string]any) { delete(operation, "ports") })
		})},
		{"default deny left out", weakened(defaultDeny, nil)},
		{"default deny left out for the mesh", weakened(func(object output.Object) bool {
			return defaultDeny(object) && object.GetNamespace() == "istio-system"
		}, nil)},
		{"paths left out", weakened(rules, func(o map[string]any) { eachRule(o, func(rule map[string]any) { delete(rule, "to") }) })},
		{"a gateway for another host", weakened(kind("Gateway"), func(o map[string]any) {
			eachServer(o, func(server map[string]any) { server["hosts"] = []any{"bookinfo/other.example.org"} })
		})},
		{"a gateway without TLS", weakened(kind("Gateway"), func(o map[string]any) {
			eachServer(o, func(server map[string]any) {
				delete(server, "tls")
				set(server, "HTTP", "port", "protocol")
			})
		})},
		{"a gateway for every host", weakened(kind("Gateway"), func(o map[string]any) {
			eachServer(o, func(server map[string]any) { server["hosts"] = []any{"bookinfo/*.example.org"} })
		})},
		{"plaintext let in", weakened(kind("PeerAuthentication"), func(o map[string]any) { set(o, "PERMISSIVE", "spec", "mtls", "mode") })},
	}
}

// weaken changes objects in the API server, or leaves them out where change is nil, asks, and puts them back.
func weaken(server *cluster.Server, judged output.Cluster, pick func(output.Object) bool, change func(map[string]any),
	judge func(*testing.T) []string) func(*testing.T) string {
	return func(t *testing.T) string {
		var touched []output.Object
		for _, object := range judged.Objects() {
			if !pick(object) {
				continue
			}
			touched = append(touched, object)
			if change == nil {
				remove(t, server, object)
			} else if _, err := server.Apply(changed(t, object, change)); err != nil {
				t.Fatal(err)
			}
		}
		if len(touched) == 0 {
			t.Fatal("nothing to weaken")
		}
		defer func() {
			for _, object := range touched {
				if _, err := server.Apply(object); err != nil {
					t.Fatal(err)
				}
			}
		}()
		problems := judge(t)
		if len(problems) == 0 {
			return ""
		}
		return fmt.Sprintf("%d requests differ, the first: %s", len(problems), problems[0])
	}
}

// The servers of a Gateway that end TLS.
func eachServer(gateway map[string]any, change func(map[string]any)) {
	each(gateway, "servers", func(server map[string]any) {
		if _, found, _ := unstructured.NestedString(server, "tls", "credentialName"); found {
			change(server)
		}
	})
}

func eachRule(policy map[string]any, change func(map[string]any)) { each(policy, "rules", change) }

func eachOperation(policy map[string]any, change func(map[string]any)) {
	eachRule(policy, func(rule map[string]any) {
		targets, _ := rule["to"].([]any)
		for _, target := range targets {
			if operation, found := target.(map[string]any)["operation"].(map[string]any); found {
				change(operation)
			}
		}
	})
}

// Each element of a list of the spec.
func each(object map[string]any, list string, change func(map[string]any)) {
	elements, found, _ := unstructured.NestedSlice(object, "spec", list)
	if !found {
		return
	}
	for _, element := range elements {
		change(element.(map[string]any))
	}
	set(object, elements, "spec", list)
}

func remove(t *testing.T, server *cluster.Server, object output.Object) {
	t.Helper()
	client, err := server.Resource(object.GroupVersionKind(), object.GetNamespace())
	if err == nil {
		err = client.Delete(context.Background(), object.GetName(), metav1.DeleteOptions{})
	}
	if err != nil {
		t.Fatal(err)
	}
}
