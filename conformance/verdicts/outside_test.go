package verdicts

import (
	"fmt"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
	"cdk8s-spiffe.dev/conformance/internal/envoy"
	"cdk8s-spiffe.dev/conformance/internal/istio"
	"cdk8s-spiffe.dev/conformance/internal/output"
)

const through = "through "

func (r Request) outside() string { return fmt.Sprintf("%s to %s:%d", r.Who, r.Host, r.Port) }

// What the proxies of callers do with calls that leave the mesh, as istiod tells them: the caller's half of the way through an egress gateway.
func judgeOutside(t *testing.T, discovery *istio.Discovery, proxies []istio.Proxy, requests []Request) []string {
	t.Helper()
	var problems []string
	byCaller := map[string][]Request{}
	for _, request := range requests {
		byCaller[request.Who] = append(byCaller[request.Who], request)
	}
	for _, proxy := range proxies {
		mine := byCaller[proxy.String()]
		delete(byCaller, proxy.String())
		if len(mine) == 0 || proxy.Gateway {
			continue
		}
		id := func(of istio.Proxy) string {
			return fmt.Sprintf("spiffe://%s/ns/%s/sa/%s", discovery.TrustDomain, of.Pod.Namespace, of.Pod.Spec.ServiceAccountName)
		}
		authority := envoy.NewAuthority(t, id(proxy))
		outside := envoy.NewOutside(authority)
		hosts, gateways, identities := outside.Hosts(t), map[string]int{}, map[string]string{}
		config := discovery.Config(t, proxy.Node(t))
		config.ForUpstreamEnvoy(t)
		caller := envoy.NewCaller(t, authority, config, func(name string) int {
			host, port := envoy.Service(name)
			for _, gateway := range proxies {
				if !gateway.Gateway || host != fmt.Sprintf("%s.%s.svc.cluster.local", gateway.Workload, gateway.Pod.Namespace) {
					continue
				}
				shown := fmt.Sprintf("%s:%s", gateway, port)
				if _, known := gateways[shown]; !known {
					gateways[shown], identities[shown] = outside.Gateway(t, shown), id(gateway)
				}
				return gateways[shown]
			}
			return hosts
		})
		process := caller.Bootstrap.Start(t)
		// whoever else answers in the place of a gateway gets nothing; first, since good connections are kept
		outside.Show(id(proxy))
		for _, request := range mine {
			verdict, seen := callOutside(authority, caller, request)
			if strings.HasPrefix(request.Verdict, through) && verdict != envoy.Refused && verdict != "status 503" {
				problems = append(problems, fmt.Sprintf("%s: the gateway is somebody else, and envoy goes on: %s (%s)", request.outside(), verdict, seen))
			}
		}
		for _, request := range mine {
			outside.Show(identities[strings.TrimPrefix(request.Verdict, through)])
			verdict, seen := callOutside(authority, caller, request)
			if verdict != fullVerdict(request, id(proxy)) {
				problems = append(problems, fmt.Sprintf("%s: want %s, envoy said %s (%s)", request.outside(), request.Verdict, verdict, seen))
			}
		}
		if process.Ended() {
			problems = append(problems, "envoy ended: "+process.Tail())
		}
		process.Kill()
	}
	for who := range byCaller {
		problems = append(problems, fmt.Sprintf("%s calls hosts outside: no such mesh workload in this cluster", who))
	}
	return problems
}

// What the gateway has to see: the identity of the caller, the name of the host, and inside of that what the application sent.
func fullVerdict(request Request, caller string) string {
	if !strings.HasPrefix(request.Verdict, through) {
		return request.Verdict
	}
	inside := "in its own TLS"
	if request.Plaintext {
		inside = "in plaintext"
	}
	return fmt.Sprintf("%s as %s under %s %s", request.Verdict, caller, request.Host, inside)
}

func callOutside(authority *envoy.Authority, caller *envoy.Caller, request Request) (verdict, seen string) {
	call := envoy.Call{
		ListenPort: caller.Port, Destination: "203.0.113.9", Port: request.Port, Method: request.Method, Path: request.Path, Host: request.Host,
	}
	if !request.Plaintext {
		call.SNI, call.Roots = request.Host, authority.Roots()
	}
	verdict, seen = call.Do()
	if verdict == envoy.Allow {
		return strings.TrimPrefix(seen, "200 "), seen
	}
	return verdict, seen
}

func outsideTwins(t *testing.T, server *cluster.Server, judged output.Cluster, plane *istio.ControlPlane, proxies []istio.Proxy, requests []Request) []twin {
	weakened := func(kind string, change func(map[string]any)) func(*testing.T) string {
		pick := func(object output.Object) bool { return object.GetKind() == kind }
		return weaken(server, judged, pick, change, func(t *testing.T) []string {
			return judgeOutside(t, istio.StartDiscovery(t, server, plane, proxies[0].ClusterID()), proxies, requests)
		})
	}
	return []twin{
		{"egress: no way to the gateway", weakened("VirtualService", func(o map[string]any) {
			set(o, []any{"istio-egress/istio-egressgateway"}, "spec", "gateways")
		})},
		{"egress: a route that callers do not see", weakened("VirtualService", func(o map[string]any) { set(o, []any{"."}, "spec", "exportTo") })},
		{"egress: a gateway of any identity", weakened("DestinationRule", func(o map[string]any) {
			each(o, "subsets", func(subset map[string]any) {
				ports, _, _ := unstructured.NestedSlice(subset, "trafficPolicy", "portLevelSettings")
				for _, port := range ports {
					unstructured.RemoveNestedField(port.(map[string]any), "tls", "subjectAltNames")
				}
				set(subset, ports, "trafficPolicy", "portLevelSettings")
			})
		})},
	}
}
