package verdicts

import (
	"context"
	"fmt"
	"sort"
	"strings"
	"testing"

	authorizationv1 "k8s.io/api/authorization/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/report"
)

type account struct{ namespace, name string }

func (a account) user() string { return "system:serviceaccount:" + a.namespace + ":" + a.name }

func (a account) groups() []string {
	return []string{"system:serviceaccounts", "system:serviceaccounts:" + a.namespace, "system:authenticated"}
}

func accountsFit(t *testing.T, server *cluster.Server, judged output.Cluster) {
	for _, problem := range otherSubjects(judged) {
		t.Error(problem)
	}
	reviews, lists, namespaces := 0, 0, namespacesOf(judged)
	for key, needs := range accountsOf(t, judged) {
		for _, problem := range judgeAccount(t, server, key, needs, namespaces) {
			t.Errorf("%s: %s", key.user(), problem)
		}
		reviews, lists = reviews+len(needs.must)+len(never), lists+len(namespaces)
	}
	report.Add("kube-apiserver", "access reviews", reviews)
	report.Add("kube-apiserver", "lists of the rights of one account in one namespace", lists)
}

// Where rights may hold: the namespaces of the output, and one of somebody else.
func namespacesOf(judged output.Cluster) []string {
	seen := map[string]bool{"default": true}
	for _, object := range judged.Objects() {
		seen[object.GetNamespace()] = true
		if object.GetKind() == "Namespace" {
			seen[object.GetName()] = true
		}
	}
	delete(seen, "")
	var names []string
	for name := range seen {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// Every account that the output makes, that its pods run as, or that it gives rights to, with what its programs need together.
func accountsOf(t *testing.T, judged output.Cluster) map[account]needs {
	t.Helper()
	workloads, err := output.Workloads(judged.Objects())
	if err != nil {
		t.Fatal(err)
	}
	accounts := map[account]needs{}
	for _, workload := range workloads {
		key := account{workload.Namespace(), workload.ServiceAccount()}
		accounts[key] = accounts[key].and(needsOfPod(t, key, workload.Pod, judged))
	}
	elsewhere := needsOfOthers(t, judged)
	for _, object := range judged.Objects() {
		others := []account{}
		if object.GetKind() == "ServiceAccount" {
			others = append(others, account{object.GetNamespace(), object.GetName()})
		}
		for _, subject := range subjects(object) {
			others = append(others, account{subject["namespace"], subject["name"]})
		}
		for _, key := range others {
			if _, known := accounts[key]; !known {
				accounts[key] = elsewhere
			}
		}
	}
	return accounts
}

func subjects(object output.Object) (found []map[string]string) {
	if object.GetKind() != "RoleBinding" && object.GetKind() != "ClusterRoleBinding" {
		return nil
	}
	list, _, _ := unstructured.NestedSlice(object.Object, "subjects")
	for _, item := range list {
		subject := map[string]string{}
		for key, value := range item.(map[string]any) {
			subject[key] = fmt.Sprint(value)
		}
		found = append(found, subject)
	}
	return found
}

// Users and groups are not of this cluster: nobody could say what they need.
func otherSubjects(judged output.Cluster) (problems []string) {
	for _, object := range judged.Objects() {
		for _, subject := range subjects(object) {
			if subject["kind"] != "ServiceAccount" {
				problems = append(problems, fmt.Sprintf("%s: gives rights to %s %s, which is no service account", object, subject["kind"], subject["name"]))
			}
		}
	}
	return problems
}

// Needed rights are allowed, forbidden ones are not, and in no namespace does the server list a right beyond the needed ones.
func judgeAccount(t testing.TB, server *cluster.Server, key account, needs needs, namespaces []string) []string {
	t.Helper()
	var problems []string
	for _, needed := range needs.must {
		if !review(t, server, key, needed) {
			problems = append(problems, fmt.Sprintf("may not %s, which its program needs", needed))
		}
	}
	for _, forbidden := range never {
		if review(t, server, key, forbidden) {
			problems = append(problems, fmt.Sprintf("may %s, which no program here needs", forbidden))
		}
	}
	where, client := map[right][]string{}, impersonated(t, server, key)
	for _, namespace := range namespaces {
		for _, granted := range listRights(t, client, namespace) {
			if !needs.cover(granted) {
				where[granted.anywhere()] = append(where[granted.anywhere()], namespace)
			}
		}
	}
	for granted, in := range where {
		problems = append(problems, fmt.Sprintf("has the right to %s in %s, which its programs do not use", granted, strings.Join(in, ", ")))
	}
	sort.Strings(problems)
	return problems
}

func review(t testing.TB, server *cluster.Server, key account, asked right) bool {
	t.Helper()
	resource, subresource, _ := strings.Cut(asked.resource, "/")
	answer, err := server.Client.AuthorizationV1().SubjectAccessReviews().Create(context.Background(), &authorizationv1.SubjectAccessReview{
		Spec: authorizationv1.SubjectAccessReviewSpec{User: key.user(), Groups: key.groups(), ResourceAttributes: &authorizationv1.ResourceAttributes{
			Group: asked.group, Resource: resource, Subresource: subresource, Verb: asked.verb, Namespace: asked.namespace, Name: asked.name,
		}},
	}, metav1.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return answer.Status.Allowed
}

func impersonated(t testing.TB, server *cluster.Server, key account) kubernetes.Interface {
	t.Helper()
	config := rest.CopyConfig(server.Config)
	config.Impersonate = rest.ImpersonationConfig{UserName: key.user(), Groups: key.groups()}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// The server itself resolves roles and bindings, those of the namespace and those that hold everywhere. What everybody has is left out.
func listRights(t testing.TB, client kubernetes.Interface, namespace string) []right {
	t.Helper()
	answer, err := client.AuthorizationV1().SelfSubjectRulesReviews().Create(context.Background(), &authorizationv1.SelfSubjectRulesReview{
		Spec: authorizationv1.SelfSubjectRulesReviewSpec{Namespace: namespace},
	}, metav1.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if answer.Status.Incomplete {
		t.Fatalf("the API server does not know all rights in %s: %s", namespace, answer.Status.EvaluationError)
	}
	var all []right
	for _, rule := range answer.Status.ResourceRules {
		names := rule.ResourceNames
		if len(names) == 0 {
			names = []string{""}
		}
		for _, group := range rule.APIGroups {
			for _, resource := range rule.Resources {
				for _, verb := range rule.Verbs {
					for _, name := range names {
						if granted := (right{group: group, resource: resource, verb: verb, namespace: namespace, name: name}); !basics[granted.anywhere()] {
							all = append(all, granted)
						}
					}
				}
			}
		}
	}
	for _, rule := range answer.Status.NonResourceRules {
		for _, path := range rule.NonResourceURLs {
			for _, verb := range rule.Verbs {
				if verb != "get" || !basicPaths[path] {
					all = append(all, right{resource: path, verb: verb, namespace: namespace})
				}
			}
		}
	}
	return all
}
