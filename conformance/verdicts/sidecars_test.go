package verdicts

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"cdk8s-spiffe.dev/conformance/internal/envoy"
	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/report"
	"cdk8s-spiffe.dev/conformance/internal/sidecar"
)

// Static Envoys of the output, with certificates of an authority in the place of SPIRE: package spire does the same with the real one.
func TestSidecars(t *testing.T) {
	for example, clusters := range examples(t) {
		t.Run(example, func(t *testing.T) {
			pods := sidecar.Pods(t, clusters...)
			if len(pods) == 0 {
				t.Skip("no static Envoy")
			}
			table, found := readRequests(t, output.Cluster{Example: example})
			if !found {
				t.Fatalf("no conformance/requests/%s.yaml: write down who may call whom in this example", example)
			}
			for _, problem := range judgeSidecars(t, pods, table.Requests) {
				t.Error(problem)
			}
			report.Add("envoy", "requests answered as expected", len(table.Requests))
			report.Add("opa", "pods whose requests fail without it", countOPA(pods))
		})
	}
}

// All output is read once: it takes a while, and nobody changes it.
var readOutput = sync.OnceValues(output.Clusters)

func examples(t *testing.T) map[string][]output.Cluster {
	t.Helper()
	clusters, err := readOutput()
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string][]output.Cluster{}
	for _, judged := range clusters {
		byName[judged.Example] = append(byName[judged.Example], judged)
	}
	return byName
}

func countOPA(pods []*sidecar.Pod) (count int) {
	for _, pod := range pods {
		if pod.HasOPA() {
			count++
		}
	}
	return count
}

func judgeSidecars(t *testing.T, pods []*sidecar.Pod, requests []Request) []string {
	t.Helper()
	authority := envoy.NewAuthority(t, "")
	socket := authority.Socket(t)
	byName := map[string]*sidecar.Pod{}
	for _, pod := range pods {
		byName[pod.Name] = pod
		pod.ServeApplication(t)
		pod.Start(t, socket)
	}
	var problems []string
	ask := func(requests []Request, expect func(Request) string) {
		for _, request := range requests {
			to, known := byName[request.To]
			if !known {
				problems = append(problems, fmt.Sprintf("%s: no such sidecar", request))
				continue
			}
			if verdict, seen := askSidecar(t, authority, byName[request.Who], to, request, expect(request)); verdict != expect(request) {
				problems = append(problems, fmt.Sprintf("%s: want %s, envoy said %s (%s)", request, expect(request), verdict, seen))
			}
		}
	}
	// what would be allowed fails as long as OPA does not answer
	ask(requests, func(request Request) string {
		if to, known := byName[request.To]; known && to.HasOPA() && request.Verdict == envoy.Allow {
			return "status 503"
		}
		return request.Verdict
	})
	for _, pod := range pods {
		if !pod.HasOPA() {
			continue
		}
		pod.ServeOPA(t, func(text string) string { return text })
		ask(requests, func(request Request) string { return request.Verdict })
	}
	return problems
}

func askSidecar(t *testing.T, authority *envoy.Authority, from, to *sidecar.Pod, request Request, want string) (verdict, seen string) {
	t.Helper()
	switch {
	case from != nil:
		// a proxy that lost its connection to OPA tries again within a second
		for range 20 {
			verdict, seen = from.Call(to, request.Method, request.Path, map[string]string{sidecar.XFCC: "URI=spiffe://example.org/forged"})
			if verdict == want || verdict != "status 503" {
				break
			}
			time.Sleep(100 * time.Millisecond)
		}
		if verdict == envoy.Allow && (!strings.Contains(seen, "URI="+from.ID) || strings.Contains(seen, "forged")) {
			return "forged", seen
		}
		return verdict, seen
	case request.Who == "nobody":
		if verdict, seen := to.Plain(request.Port); verdict != envoy.Refused {
			return verdict, seen
		}
		return to.Knock(request.Port, nil, request.Method, request.Path)
	}
	certificate, err := authority.Issue(request.Who)
	if err != nil {
		t.Fatal(err)
	}
	return to.Knock(request.Port, &certificate, request.Method, request.Path)
}
