package verdicts

import (
	"slices"
	"testing"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
	"cdk8s-spiffe.dev/conformance/internal/envoy"
	"cdk8s-spiffe.dev/conformance/internal/istio"
	"cdk8s-spiffe.dev/conformance/internal/output"
)

const (
	// A workload that no policy names, and the namespace that an operator adds to the mesh without a policy.
	unnamed, unnamedNamespace = "unnamed", "conformance-unnamed"
	// Nothing that the examples allow is at this port.
	otherPort = 4321
)

// The workloads of the output, and one that nobody has named in every namespace of the mesh and in a new one: defaults are what holds there.
func startProxies(t *testing.T, server *cluster.Server, judged output.Cluster, plane *istio.ControlPlane) []istio.Proxy {
	t.Helper()
	workloads := istio.MeshWorkloads(t, judged)
	if len(workloads) == 0 {
		return nil
	}
	for _, namespace := range unnamedNamespaces(judged) {
		workloads = append(workloads, unnamedWorkload(t, namespace))
	}
	added := made(t, map[string]any{"apiVersion": "v1", "kind": "Namespace", "metadata": map[string]any{
		"name": unnamedNamespace, "labels": map[string]any{"istio-injection": "enabled"},
	}})
	for _, refusal := range server.ApplyStages([]output.Stage{{Objects: []output.Object{added}}}) {
		t.Fatal(refusal)
	}
	injected, err := plane.Inject(t, workloads, istio.Shapes[0])
	if err != nil {
		t.Fatal(err)
	}
	return istio.StartProxies(t, server, injected)
}

func unnamedNamespaces(judged output.Cluster) []string {
	names := []string{unnamedNamespace}
	for _, object := range judged.Objects() {
		if object.GetKind() == "Namespace" && object.GetLabels()["istio-injection"] == "enabled" {
			names = append(names, object.GetName())
		}
	}
	return names
}

func unnamedWorkload(t *testing.T, namespace string) output.Object {
	t.Helper()
	labels := map[string]any{"app": unnamed}
	return made(t, map[string]any{
		"apiVersion": "apps/v1", "kind": "Deployment", "metadata": map[string]any{"name": unnamed, "namespace": namespace},
		"spec": map[string]any{"selector": map[string]any{"matchLabels": labels}, "template": map[string]any{
			"metadata": map[string]any{"labels": labels},
			"spec": map[string]any{
				"securityContext": map[string]any{"runAsNonRoot": true, "seccompProfile": map[string]any{"type": "RuntimeDefault"}},
				"containers": []any{map[string]any{
					"name": unnamed, "image": "example.org/unnamed:1", "ports": []any{map[string]any{"containerPort": int64(8080)}},
					"securityContext": map[string]any{"allowPrivilegeEscalation": false, "capabilities": map[string]any{"drop": []any{"ALL"}}},
				}},
			},
		}},
	})
}

// What is said of an example, and what holds in all of them.
func withOthers(proxies []istio.Proxy, table requestTable) []Request {
	return slices.Concat(table.Requests, strangers(proxies, table.Open), otherPorts(proxies, table.Requests))
}

// Whatever the policies are for, a workload that no policy names gets nowhere, and nobody without a certificate does.
func strangers(proxies []istio.Proxy, open []string) []Request {
	var requests []Request
	for _, proxy := range proxies {
		if proxy.Gateway || slices.Contains(open, proxy.String()) {
			continue
		}
		for _, container := range proxy.Pod.Spec.Containers {
			for _, port := range container.Ports {
				if container.Name == "istio-proxy" {
					continue
				}
				to := Request{To: proxy.String(), Port: int(port.ContainerPort)}.withDefaults()
				stranger, nobody := to, to
				stranger.Who, stranger.Verdict = "conformance/stranger", envoy.Deny
				nobody.Who, nobody.Verdict = "nobody", envoy.Refused
				requests = append(requests, stranger, nobody)
			}
		}
	}
	return requests
}

// Who is allowed something is allowed it at its port.
func otherPorts(proxies []istio.Proxy, said []Request) []Request {
	var requests []Request
	for _, request := range said {
		sidecar := slices.ContainsFunc(proxies, func(proxy istio.Proxy) bool { return proxy.String() == request.To && !proxy.Gateway })
		if sidecar && request.Verdict == envoy.Allow {
			request.Port, request.Verdict = otherPort, envoy.Deny
			requests = append(requests, request)
		}
	}
	return requests
}
