package verdicts

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
	"cdk8s-spiffe.dev/conformance/internal/output"
)

const rbacGroup = "rbac.authorization.k8s.io"

// Rights that are changed in the API server, and the account that has them.
type rightsTwin struct {
	name string
	of   account
	// kind/name of what is changed, or left out where change is nil
	objects []string
	change  func(map[string]any)
	added   []map[string]any
}

func accountTwins(t *testing.T, server *cluster.Server, judged output.Cluster) []twin {
	accounts, namespaces := accountsOf(t, judged), namespacesOf(judged)
	spireServer, agent := account{"spire-server", "spire-server"}, account{"spire-system", "spire-agent"}
	gateway, details := account{"istio-ingress", "istio-ingressgateway"}, account{"bookinfo", "details-v1"}
	rule := func(group, resource string, verbs ...any) map[string]any {
		return map[string]any{"apiGroups": []any{group}, "resources": []any{resource}, "verbs": verbs}
	}
	rules := func(change func([]any) []any) func(map[string]any) {
		return func(role map[string]any) { role["rules"] = change(role["rules"].([]any)) }
	}
	everywhere := func(name string, rule map[string]any) rightsTwin {
		const role = "a-twin"
		return rightsTwin{name: name, of: spireServer, added: []map[string]any{
			{"apiVersion": rbacGroup + "/v1", "kind": "ClusterRole", "metadata": map[string]any{"name": role}, "rules": []any{rule}},
			binding("ClusterRoleBinding", "", role, "ClusterRole", role, spireServer),
		}}
	}
	var twins []twin
	for _, one := range []rightsTwin{
		everywhere("reads secrets everywhere", rule("", "secrets", "get")),
		everywhere("writes its own custom resources", rule(spireGroup, "clusterspiffeids", "create")),
		everywhere("has a right that nothing uses", rule("batch", "cronjobs", "list")),
		everywhere("may do everything", rule("*", "*", "*")),
		{name: "a bundle that may not be published", of: spireServer, objects: []string{"Role/spire-server-bundle", "RoleBinding/spire-server-bundle"}},
		{name: "more in the namespace of the bundle", of: spireServer, objects: []string{"Role/spire-server-bundle"}, change: rules(func(all []any) []any {
			more := rule("", "secrets", "get", "list", "create")
			more["resources"] = []any{"secrets", "pods/exec"}
			return append(all, more)
		})},
		{name: "every ConfigMap in the namespace of the bundle", of: spireServer, objects: []string{"Role/spire-server-bundle"}, change: rules(func(all []any) []any {
			delete(all[0].(map[string]any), "resourceNames")
			return all
		})},
		{name: "nodes/proxy for nodes/pods", of: agent, objects: []string{"ClusterRole/spire-agent"}, change: rules(func([]any) []any {
			return []any{rule("", "nodes/proxy", "get")}
		})},
		{name: "nodes/proxy beside nodes/pods", of: agent, objects: []string{"ClusterRole/spire-agent"}, change: rules(func(all []any) []any {
			return append(all, rule("", "nodes/proxy", "get"))
		})},
		{name: "a webhook without its configuration", of: spireServer, objects: []string{"ClusterRole/spire-controller-manager"}, change: rules(func(all []any) []any {
			return slices.DeleteFunc(all, func(rule any) bool {
				return fmt.Sprint(rule.(map[string]any)["apiGroups"]) == "[admissionregistration.k8s.io]"
			})
		})},
		{name: "every webhook configuration", of: spireServer, objects: []string{"ClusterRole/spire-controller-manager"}, change: rules(func(all []any) []any {
			for _, rule := range all {
				delete(rule.(map[string]any), "resourceNames")
			}
			return all
		})},
		{name: "a gateway without the certificate of its host", of: gateway, objects: []string{"RoleBinding/istio-ingressgateway"}},
		{name: "a workload that reads the certificates of the gateway", of: details, added: []map[string]any{
			binding("RoleBinding", gateway.namespace, "a-twin", "Role", "istio-ingressgateway", details),
		}},
	} {
		twins = append(twins, twin{one.name, func(t *testing.T) string {
			judge := func() string {
				return strings.Join(judgeAccount(t, server, one.of, accounts[one.of], namespaces), "\n")
			}
			if seen := judge(); seen != "" {
				t.Fatalf("refused before it was changed: %s", seen)
			}
			undo := one.apply(t, server, judged)
			// the API server sees a change of rights a moment later
			message := ""
			for deadline := time.Now().Add(5 * time.Second); message == "" && time.Now().Before(deadline); {
				message = judge()
			}
			undo()
			cluster.Await(t, 5*time.Second, "the rights are as before", func() error {
				if seen := judge(); seen != "" {
					return fmt.Errorf("%s", seen)
				}
				return nil
			})
			return message
		}})
	}
	return append(twins,
		twin{"lacks what it needs", func(t *testing.T) string {
			return strings.Join(judgeAccount(t, server, account{spireServer.namespace, "nobody"}, accounts[spireServer], namespaces), "\n")
		}},
		twin{"rights for a group", func(t *testing.T) string {
			group := binding("ClusterRoleBinding", "", "a-twin", "ClusterRole", "spire-server", account{})
			group["subjects"] = []any{map[string]any{"kind": "Group", "name": "system:authenticated", "apiGroup": rbacGroup}}
			stage := output.Stage{Objects: []output.Object{made(t, group)}}
			return strings.Join(otherSubjects(output.Cluster{Stages: []output.Stage{stage}}), "\n")
		}},
	)
}

func binding(kind, namespace, name, roleKind, role string, subject account) map[string]any {
	metadata := map[string]any{"name": name}
	if namespace != "" {
		metadata["namespace"] = namespace
	}
	return map[string]any{
		"apiVersion": rbacGroup + "/v1", "kind": kind, "metadata": metadata,
		"roleRef":  map[string]any{"apiGroup": rbacGroup, "kind": roleKind, "name": role},
		"subjects": []any{map[string]any{"kind": "ServiceAccount", "name": subject.name, "namespace": subject.namespace}},
	}
}

func made(t *testing.T, object map[string]any) output.Object {
	t.Helper()
	return changed(t, output.Object{Unstructured: &unstructured.Unstructured{Object: object}}, func(map[string]any) {})
}

func (r rightsTwin) apply(t *testing.T, server *cluster.Server, judged output.Cluster) (undo func()) {
	t.Helper()
	apply := func(object output.Object) {
		if _, err := server.Apply(object); err != nil {
			t.Fatal(err)
		}
	}
	var touched, added []output.Object
	for _, object := range judged.Objects() {
		if !slices.Contains(r.objects, object.GetKind()+"/"+object.GetName()) {
			continue
		}
		touched = append(touched, object)
		if r.change == nil {
			remove(t, server, object)
		} else {
			apply(changed(t, object, r.change))
		}
	}
	if len(touched) != len(r.objects) {
		t.Fatalf("%d objects of %v", len(touched), r.objects)
	}
	for _, object := range r.added {
		added = append(added, made(t, object))
		apply(added[len(added)-1])
	}
	return func() {
		for _, object := range added {
			remove(t, server, object)
		}
		for _, object := range touched {
			apply(object)
		}
	}
}
