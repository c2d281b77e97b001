package verdicts

import (
	"crypto/tls"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
	"cdk8s-spiffe.dev/conformance/internal/envoy"
	"cdk8s-spiffe.dev/conformance/internal/istio"
	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/report"
)

// Request is one line of conformance/requests/<example>.yaml: what a reader of the example expects, written by hand.
type Request struct {
	// Cluster is a pattern; all clusters of the example where absent
	Cluster string `json:"cluster,omitempty"`
	// Who is namespace/service-account of the own trust domain, a whole SPIFFE ID, or nobody: TLS without a certificate of the caller where the
	// called gateway has one for its hosts, else plaintext
	Who string `json:"who"`
	// To is namespace/workload
	To      string            `json:"to"`
	Port    int               `json:"port"`
	Method  string            `json:"method,omitempty"`
	Path    string            `json:"path,omitempty"`
	Host    string            `json:"host,omitempty"`
	Headers map[string]string `json:"headers,omitempty"`
	// SNI is the name of the connection; that of a Service where absent, or the host for a gateway that has a certificate for it
	SNI string `json:"sni,omitempty"`
	// Plaintext is for a caller who does not begin TLS although the gateway asks for it
	Plaintext bool `json:"plaintext,omitempty"`
	// Verdict is one of package envoy's. A port where nothing listens is not `refused` but `no listener`: a mistyped port would be refused, too
	Verdict string `json:"verdict"`
}

func (r Request) String() string {
	return fmt.Sprintf("%s to %s:%d %s %s%s %s", r.caller(), r.To, r.Port, r.Method, r.Host, r.Path, r.SNI)
}

func (r Request) caller() string {
	if r.Plaintext {
		return r.Who + " in plaintext"
	}
	return r.Who
}

type requestTable struct {
	Requests []Request `json:"requests"`
	// Outside are calls of workloads that leave the mesh: through <gateway>:<port>, directly, or not at all
	Outside []Request `json:"outside,omitempty"`
	// Open are workloads that strangers or plaintext callers may reach
	Open []string `json:"open,omitempty"`
}

func readRequests(t *testing.T, judged output.Cluster) (table requestTable, found bool) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(output.ModuleDir(), "requests", judged.Example+".yaml"))
	if err != nil {
		return table, false
	}
	if err := yaml.UnmarshalStrict(content, &table); err != nil {
		t.Fatal(err)
	}
	clusters := examples(t)[judged.Example]
	for _, request := range slices.Concat(table.Requests, table.Outside) {
		if !slices.ContainsFunc(clusters, request.isFor) {
			t.Fatalf("%s: the example has no cluster %s", request, request.Cluster)
		}
	}
	table.Requests, table.Outside = ofCluster(table.Requests, judged), ofCluster(table.Outside, judged)
	return table, true
}

func ofCluster(requests []Request, judged output.Cluster) (mine []Request) {
	for _, request := range requests {
		if request.isFor(judged) {
			mine = append(mine, request.withDefaults())
		}
	}
	return mine
}

func (r Request) isFor(judged output.Cluster) bool {
	matches, _ := path.Match(r.Cluster, judged.Name)
	return r.Cluster == "" || matches
}

func (r Request) withDefaults() Request {
	if r.Method == "" {
		r.Method = "GET"
	}
	if r.Path == "" {
		r.Path = "/"
	}
	return r
}

func requestsAreJudged(t *testing.T, server *cluster.Server, judged output.Cluster, plane *istio.ControlPlane) {
	proxies := startProxies(t, server, judged, plane)
	if len(proxies) == 0 {
		t.Skip("no workload in the mesh")
	}
	table, found := readRequests(t, judged)
	if !found {
		t.Errorf("no conformance/requests/%s.yaml: write down who may call whom in this example", judged.Example)
	}
	requests := withOthers(proxies, table)
	discovery := istio.StartDiscovery(t, server, plane, proxies[0].ClusterID())
	own := slices.DeleteFunc(slices.Clone(proxies), func(proxy istio.Proxy) bool { return proxy.Workload == unnamed })
	for _, problem := range configurationProblems(t, discovery, own) {
		t.Error(problem)
	}
	for _, problem := range append(judgeRequests(t, discovery, proxies, requests), judgeOutside(t, discovery, proxies, table.Outside)...) {
		t.Error(problem)
	}
	report.Add("envoy --mode validate", "configurations that istiod compiled", len(own))
	unheard := 0
	for _, request := range requests {
		if request.Verdict == envoy.NoListener {
			unheard++
		}
	}
	if unheard > 0 {
		report.Add("istiod", "ports for which it gives a gateway no listener", unheard)
	}
	if answered := len(requests) + len(table.Outside) - unheard; answered > 0 {
		report.Add("envoy", "requests answered as expected", answered)
	}
	if len(table.Outside) > 0 {
		judgeTwins(t, "envoy", outsideTwins(t, server, judged, plane, proxies, table.Outside))
	}
}

// Each proxy's configuration, whole and as it is.
func configurationProblems(t *testing.T, discovery *istio.Discovery, proxies []istio.Proxy) []string {
	t.Helper()
	var problems []string
	authority := envoy.NewAuthority(t, "spiffe://"+discovery.TrustDomain+"/ns/conformance/sa/server")
	for _, proxy := range proxies {
		config := discovery.Config(t, proxy.Node(t))
		config.ForUpstreamEnvoy(t)
		whole := envoy.Bootstrap{Listeners: config.Listeners, Clusters: config.Clusters, SDSPort: authority.Port, XDSPort: authority.Port}
		if err := whole.Validate(t); err != nil {
			problems = append(problems, fmt.Sprintf("configuration of %s: %v", proxy, err))
		}
	}
	return problems
}

// istiod compiles the policies in the API server, Envoy runs what came out, and callers with real certificates knock.
func judgeRequests(t *testing.T, discovery *istio.Discovery, proxies []istio.Proxy, requests []Request) []string {
	t.Helper()
	var problems []string
	authority := envoy.NewAuthority(t, "spiffe://"+discovery.TrustDomain+"/ns/conformance/sa/server")
	judge := envoy.NewJudge(t, authority)
	byName := map[string]istio.Proxy{}
	for _, proxy := range proxies {
		byName[proxy.String()] = proxy
		config := discovery.Config(t, proxy.Node(t))
		config.ForUpstreamEnvoy(t)
		judge.Add(t, proxy, config)
	}
	process := judge.Bootstrap.Start(t)
	defer process.Kill()
	for _, request := range requests {
		proxy, known := byName[request.To]
		if !known {
			problems = append(problems, fmt.Sprintf("%s: no mesh workload %s in this cluster", request, request.To))
			continue
		}
		verdict, seen := call(t, judge, authority, discovery.TrustDomain, proxy, request)
		if verdict != request.Verdict {
			problems = append(problems, fmt.Sprintf("%s: want %s, envoy said %s (%s)", request, request.Verdict, verdict, seen))
		}
	}
	if process.Ended() {
		problems = append(problems, "envoy ended: "+process.Tail())
	}
	return problems
}

func call(t *testing.T, judge *envoy.Judge, authority *envoy.Authority, trustDomain string, proxy istio.Proxy, request Request) (verdict, seen string) {
	t.Helper()
	port, found := judge.Port(proxy, request.Port)
	if !found {
		return envoy.NoListener, fmt.Sprintf("the proxy has none for port %d", request.Port)
	}
	call := envoy.Call{
		ListenPort: port, Destination: proxy.Pod.Status.PodIP, Port: request.Port,
		SNI: fmt.Sprintf("outbound_.%d_._.%s.%s.svc.cluster.local", request.Port, proxy.Workload, proxy.Pod.Namespace), ALPN: []string{"istio-http/1.1"},
		Method: request.Method, Path: request.Path, Host: request.Host, Headers: request.Headers,
	}
	if request.Who == "nobody" && !request.Plaintext && judge.EndsTLS(proxy, request.Port) {
		// as a browser does: the certificate has to be for the name, and of somebody whom it trusts
		call.Roots, call.SNI, call.ALPN = authority.Roots(), request.Host, []string{"http/1.1"}
	}
	if request.SNI != "" {
		call.SNI = request.SNI
	}
	if call.Host == "" {
		call.Host = fmt.Sprintf("%s.%s.svc.cluster.local", proxy.Workload, proxy.Pod.Namespace)
	}
	if request.Who != "nobody" {
		id := request.Who
		if namespace, account, short := strings.Cut(request.Who, "/"); short && !strings.HasPrefix(id, "spiffe://") {
			id = fmt.Sprintf("spiffe://%s/ns/%s/sa/%s", trustDomain, namespace, account)
		}
		certificate, err := authority.Issue(id)
		if err != nil {
			t.Fatal(err)
		}
		call.Certificate = &tls.Certificate{Certificate: certificate.Certificate, PrivateKey: certificate.PrivateKey}
	}
	return call.Do()
}
