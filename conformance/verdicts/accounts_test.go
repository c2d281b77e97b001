package verdicts

import (
	"context"
	"fmt"
	"sort"
	"strings"
	"testing"

	authorizationv1 "k8s.io/api/authorization/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
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
	workloads, err := output.Workloads(judged.Objects())
	if err != nil {
		t.Fatal(err)
	}
	accounts := map[account]needs{}
	for _, workload := range workloads {
		key := account{workload.Namespace(), workload.ServiceAccount()}
		sum, more := accounts[key], needsOfPod(workload.Pod.Spec, filesIn(judged, workload.Namespace()))
		if sum.instead == nil {
			sum.instead = map[right]right{}
		}
		sum.must, sum.may = append(sum.must, more.must...), append(sum.may, more.may...)
		for needed, other := range more.instead {
			sum.instead[needed] = other
		}
		accounts[key] = sum
	}
	for key, needs := range accounts {
		for _, problem := range judgeAccount(t, server, key, needs) {
			t.Errorf("%s: %s", key.user(), problem)
		}
	}
}

func filesIn(judged output.Cluster, namespace string) []output.File {
	var files []output.File
	for _, file := range output.Files(judged.Objects()) {
		if file.Holder.GetNamespace() == namespace {
			files = append(files, file)
		}
	}
	return files
}

// Needed rights are allowed, forbidden ones are not, and the server lists no right beyond the needed ones.
func judgeAccount(t testing.TB, server *cluster.Server, key account, needs needs) []string {
	t.Helper()
	var problems []string
	allowed := map[right]bool{}
	for _, needed := range needs.must {
		other, replaceable := needs.instead[needed]
		if !review(t, server, key, needed) && !(replaceable && review(t, server, key, other)) {
			problems = append(problems, fmt.Sprintf("may not %s, which its program needs", needed))
		}
	}
	for _, used := range append(append([]right{}, needs.must...), needs.may...) {
		allowed[used.anywhere()] = true
		if (used.own || used.named) && review(t, server, key, used.anywhere()) {
			problems = append(problems, fmt.Sprintf("may %s everywhere, its program uses it in one place", used))
		}
	}
	for _, forbidden := range never {
		if review(t, server, key, forbidden) {
			problems = append(problems, fmt.Sprintf("may %s, which no program here needs", forbidden))
		}
	}
	for _, granted := range listRights(t, server, key) {
		if !allowed[granted] && !basics[granted] {
			problems = append(problems, fmt.Sprintf("has the right to %s, which its programs do not use", granted))
		}
	}
	report.Add("kube-apiserver", "access reviews", len(needs.must)+len(never))
	sort.Strings(problems)
	return problems
}

func (r right) String() string {
	group := r.group
	if group == "" {
		group = "core"
	}
	return fmt.Sprintf("%s %s (%s)", r.verb, r.resource, group)
}

func review(t testing.TB, server *cluster.Server, key account, asked right) bool {
	t.Helper()
	resource, subresource, _ := strings.Cut(asked.resource, "/")
	attributes := &authorizationv1.ResourceAttributes{Group: asked.group, Resource: resource, Subresource: subresource, Verb: asked.verb}
	if asked.own {
		attributes.Namespace = key.namespace
	}
	answer, err := server.Client.AuthorizationV1().SubjectAccessReviews().Create(context.Background(), &authorizationv1.SubjectAccessReview{
		Spec: authorizationv1.SubjectAccessReviewSpec{User: key.user(), Groups: key.groups(), ResourceAttributes: attributes},
	}, metav1.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return answer.Status.Allowed
}

// The server itself resolves roles and bindings, for the account's own namespace and everything cluster-wide.
func listRights(t testing.TB, server *cluster.Server, key account) []right {
	t.Helper()
	config := rest.CopyConfig(server.Config)
	config.Impersonate = rest.ImpersonationConfig{UserName: key.user(), Groups: key.groups()}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := client.AuthorizationV1().SelfSubjectRulesReviews().Create(context.Background(), &authorizationv1.SelfSubjectRulesReview{
		Spec: authorizationv1.SelfSubjectRulesReviewSpec{Namespace: key.namespace},
	}, metav1.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var all []right
	for _, rule := range answer.Status.ResourceRules {
		for _, group := range rule.APIGroups {
			for _, resource := range rule.Resources {
				for _, verb := range rule.Verbs {
					all = append(all, right{group: group, resource: resource, verb: verb})
				}
			}
		}
	}
	return all
}
