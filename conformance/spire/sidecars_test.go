package spire

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
	"cdk8s-spiffe.dev/conformance/internal/envoy"
	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/programs"
	"cdk8s-spiffe.dev/conformance/internal/report"
	"cdk8s-spiffe.dev/conformance/internal/sidecar"
)

// Static Envoys of the output with SPIRE's own server and agent, one pair for each cluster of the example. Nothing here needs to be root.
func TestSidecars(t *testing.T) {
	if os.Getenv(inside) != "" {
		t.Skip("runs outside")
	}
	for _, name := range []string{"spire-server", "spire-agent"} {
		if _, found := programs.Optional(t, name); !found {
			report.Skip(t, name, "Envoys with SPIRE: "+name+" is on no package registry and not on PATH")
		}
	}
	clusters, err := output.Clusters()
	if err != nil {
		t.Fatal(err)
	}
	byExample := map[string][]output.Cluster{}
	for _, judged := range clusters {
		byExample[judged.Example] = append(byExample[judged.Example], judged)
	}
	number := 0
	for example, clusters := range byExample {
		pods := sidecar.Pods(t, clusters...)
		if len(pods) == 0 {
			continue
		}
		first := number
		number += len(clusters)
		t.Run(example, func(t *testing.T) {
			t.Parallel()
			day := &day{pods: pods, sites: map[string]*site{}}
			for i, judged := range clusters {
				number := first + i
				day.step(t, "server and agent of "+judged.Name, func() { day.sites[judged.Name] = startSite(t, judged, number) })
			}
			day.run(t, example)
			report.Add("spire", "steps of Envoys with SPIRE", day.steps)
			report.Add("spire", "wrong twins refused", day.twins)
		})
	}
}

// day is what happens to the sidecars of an example.
type day struct {
	pods         []*sidecar.Pod
	sites        map[string]*site
	proxies      map[*sidecar.Pod]*cluster.Process
	steps, twins int
}

func (d *day) step(t *testing.T, name string, do func()) {
	t.Helper()
	step(t, name, do)
	d.steps++
}

func (d *day) siteOf(pod *sidecar.Pod) *site { return d.sites[pod.Cluster.Name] }

func (d *day) run(t *testing.T, example string) {
	federated := false
	for _, s := range d.sites {
		for _, relation := range s.relations() {
			federated = true
			d.step(t, s.trustDomain+" trusts "+relation.trustDomain, func() { d.federate(t, s, relation) })
		}
	}
	d.step(t, "every proxy gets its certificate", func() { d.startProxies(t) })
	for _, pod := range d.pods {
		if pod.HasOPA() {
			pod.ServeOPA(t, func(text string) string { return text })
		}
	}
	caller, called, allowed := d.firstCall(t, example)
	d.step(t, "the requests of the example", func() { d.requests(t, example) })
	d.step(t, "metrics have the names that alerts ask for", func() { d.metrics(t, called) })
	d.strangers(t, caller, called, allowed)
	d.step(t, "a new CA reaches both proxies over SDS, and calls go on", func() { d.rotate(t, caller, called, allowed) })
	if federated {
		d.step(t, "without the federation new connections fail", func() { d.revoke(t, caller, called, allowed) })
	}
}

func (d *day) startProxies(t *testing.T) {
	d.proxies = map[*sidecar.Pod]*cluster.Process{}
	for _, pod := range d.pods {
		s := d.siteOf(pod)
		s.register(t, pod.ID, s.federatesWith(pod))
		pod.ServeApplication(t)
	}
	for _, pod := range d.pods {
		d.proxies[pod] = pod.Start(t, d.siteOf(pod).workloadAPI)
	}
}

// The ClusterSPIFFEID of the workload says whose bundles it gets.
func (s *site) federatesWith(pod *sidecar.Pod) []string {
	namespace, workload, _ := strings.Cut(pod.Name, "/")
	for _, object := range s.judged.Objects() {
		if object.GetKind() == "ClusterSPIFFEID" && object.GetName() == "envoy-"+namespace+"-"+workload {
			names, _, _ := unstructured.NestedStringSlice(object.Object, "spec", "federatesWith")
			return names
		}
	}
	return nil
}

type expectation struct{ Who, To, Method, Path, Verdict string }

func expectations(t *testing.T, example string) []expectation {
	t.Helper()
	var table struct{ Requests []expectation }
	if err := yaml.Unmarshal([]byte(read(t, filepath.Join(output.ModuleDir(), "requests", example+".yaml"))), &table); err != nil {
		t.Fatal(err)
	}
	var between []expectation
	for _, line := range table.Requests {
		if strings.Count(line.Who, "/") == 1 {
			if line.Method == "" {
				line.Method = http.MethodGet
			}
			between = append(between, line)
		}
	}
	return between
}

func (d *day) named(name string) *sidecar.Pod {
	for _, pod := range d.pods {
		if pod.Name == name {
			return pod
		}
	}
	return nil
}

func (d *day) firstCall(t *testing.T, example string) (caller, called *sidecar.Pod, allowed expectation) {
	t.Helper()
	for _, line := range expectations(t, example) {
		if line.Verdict == envoy.Allow {
			return d.named(line.Who), d.named(line.To), line
		}
	}
	t.Fatalf("conformance/requests/%s.yaml allows nothing", example)
	return nil, nil, allowed
}

func (d *day) requests(t *testing.T, example string) {
	for _, line := range expectations(t, example) {
		from, to := d.named(line.Who), d.named(line.To)
		// the first answer may come before OPA is known to be there
		cluster.Await(t, 20*time.Second, fmt.Sprintf("%s to %s %s %s: %s", line.Who, line.To, line.Method, line.Path, line.Verdict), func() error {
			verdict, seen := from.Call(to, line.Method, line.Path, map[string]string{sidecar.XFCC: "URI=spiffe://forged"})
			if verdict != line.Verdict || verdict == envoy.Allow && !strings.Contains(seen, "URI="+from.ID) {
				return fmt.Errorf("%s (%s)", verdict, seen)
			}
			return nil
		})
	}
}

// What Prometheus scrapes, through the one page that is open to it.
func (d *day) metrics(t *testing.T, pod *sidecar.Pod) {
	text := pod.Metrics(t)
	name := strings.Replace(pod.ID, "://", "_", 1)
	for _, wanted := range []string{
		`envoy_sds_update_success\{envoy_xds_resource_name="` + regexp.QuoteMeta(name) + `"\} [1-9]`,
		`envoy_sds_update_success\{envoy_xds_resource_name="ROOTCA"\} [1-9]`,
		`envoy_listener_ssl_certificate_expiration_unix_time_seconds\{[^}]*spiffe_id="` + regexp.QuoteMeta(pod.ID) + `"[^}]*\} [1-9]`,
		`envoy_http_rbac_allowed\{`,
	} {
		if !regexp.MustCompile(wanted).MatchString(text) {
			t.Errorf("no metric %s", wanted)
		}
	}
}

const mtlsPort = 8443

func (d *day) strangers(t *testing.T, caller, called *sidecar.Pod, allowed expectation) {
	home := d.siteOf(called)
	twin := func(name string, refused func() (verdict, seen string), want string) {
		d.step(t, "wrong twin: "+name, func() {
			if verdict, seen := refused(); verdict != want {
				t.Errorf("want %s, got %s (%s)", want, verdict, seen)
			}
		})
		d.twins++
	}
	stranger := home.id("ns/shop/sa/stranger")
	home.register(t, stranger, nil)
	certificate, own := home.svid(t, stranger), d.siteOf(caller).svid(t, caller.ID)
	d.step(t, "the caller's own certificate opens a connection", func() {
		if verdict, seen := called.Knock(mtlsPort, &own, allowed.Method, allowed.Path); verdict != envoy.Allow {
			t.Errorf("%s (%s)", verdict, seen)
		}
	})
	twin("another identity of the trust domain", func() (string, string) {
		return called.Knock(mtlsPort, &certificate, allowed.Method, allowed.Path)
	}, envoy.Refused)
	twin("no certificate", func() (string, string) { return called.Knock(mtlsPort, nil, allowed.Method, allowed.Path) }, envoy.Refused)
	forged, err := envoy.NewAuthority(t, "").Issue(caller.ID)
	if err != nil {
		t.Fatal(err)
	}
	twin("the right name under another CA", func() (string, string) { return called.Knock(mtlsPort, &forged, allowed.Method, allowed.Path) }, envoy.Refused)
	twin("a caller that expects another server", func() (string, string) {
		return d.with(t, caller, func(text string) string { return strings.ReplaceAll(text, "exact: "+called.ID, "exact: "+stranger) }, func() (string, string) {
			return caller.Call(called, allowed.Method, allowed.Path, nil)
		})
	}, "status 503")
	twin("a certificate that the workload does not have", func() (string, string) {
		return d.with(t, caller, func(text string) string { return strings.ReplaceAll(text, "name: "+caller.ID, "name: "+caller.ID+"x") }, func() (string, string) {
			// without its secret the proxy opens nothing
			if caller.Ready() == nil {
				return "ready", ""
			}
			return caller.Call(called, allowed.Method, allowed.Path, nil)
		})
	}, envoy.NoListener)
}

// with puts a changed proxy in the place of the pod's own for a while.
func (d *day) with(t *testing.T, pod *sidecar.Pod, change func(string) string, do func() (string, string)) (verdict, seen string) {
	t.Helper()
	socket, text := d.siteOf(pod).workloadAPI, change(pod.Bootstrap)
	if text == pod.Bootstrap {
		t.Fatal("nothing was changed")
	}
	d.proxies[pod].Kill()
	twin := pod.Launch(t, socket, text)
	for range 60 {
		if pod.Ready() == nil {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	verdict, seen = do()
	twin.Kill()
	d.proxies[pod] = pod.Start(t, socket)
	return verdict, seen
}

// serial is that of the certificate that a proxy shows, as its admin interface tells it.
func serial(t *testing.T, pod *sidecar.Pod) string {
	t.Helper()
	response, err := pod.Admin("/certs")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var found struct {
		Certificates []struct {
			CertChain []struct {
				SerialNumber string `json:"serial_number"`
			} `json:"cert_chain"`
		}
	}
	if err := json.NewDecoder(response.Body).Decode(&found); err != nil {
		t.Fatal(err)
	}
	for _, certificate := range found.Certificates {
		if len(certificate.CertChain) > 0 {
			return certificate.CertChain[0].SerialNumber
		}
	}
	return ""
}

func (d *day) rotate(t *testing.T, caller, called *sidecar.Pod, allowed expectation) {
	before := map[*sidecar.Pod]string{caller: serial(t, caller), called: serial(t, called)}
	for _, s := range d.sites {
		var state struct {
			Active, Prepared struct {
				AuthorityID string `json:"authority_id"`
			}
		}
		s.run(t, "", "localauthority", "x509", "prepare", "-output", "json")
		if err := json.Unmarshal([]byte(s.run(t, "", "localauthority", "x509", "show", "-output", "json")), &state); err != nil {
			t.Fatal(err)
		}
		for _, other := range d.sites {
			if _, related := other.relation(s.trustDomain); related {
				other.run(t, "", "federation", "refresh", "-id", "spiffe://"+s.trustDomain)
			}
		}
		// agents must know the new root before anything is signed with it
		time.Sleep(8 * time.Second)
		s.run(t, "", "localauthority", "x509", "activate", "-authorityID", state.Prepared.AuthorityID)
		s.run(t, "", "localauthority", "x509", "taint", "-authorityID", state.Active.AuthorityID)
	}
	cluster.Await(t, 60*time.Second, "both proxies have a new certificate", func() error {
		if verdict, seen := caller.Call(called, allowed.Method, allowed.Path, nil); verdict != envoy.Allow {
			t.Fatalf("while it rotates: %s (%s)", verdict, seen)
		}
		for pod, old := range before {
			if now := serial(t, pod); now == old {
				return fmt.Errorf("%s still shows %s", pod.Name, old)
			}
		}
		return nil
	})
}

type relation struct{ trustDomain, profile, endpointID string }

func (s *site) relations() (all []relation) {
	for _, object := range s.judged.Objects() {
		if object.GetKind() != "ClusterFederatedTrustDomain" {
			continue
		}
		text := func(path ...string) string {
			value, _, _ := unstructured.NestedString(object.Object, path...)
			return value
		}
		all = append(all, relation{text("spec", "trustDomain"), text("spec", "bundleEndpointProfile", "type"), text("spec", "bundleEndpointProfile", "endpointSPIFFEID")})
	}
	return all
}

func (s *site) relation(trustDomain string) (relation, bool) {
	for _, one := range s.relations() {
		if one.trustDomain == trustDomain {
			return one, true
		}
	}
	return relation{}, false
}

// As the controller manager makes the relation, and as the runbook brings the first bundle.
func (d *day) federate(t *testing.T, s *site, to relation) {
	for _, other := range d.sites {
		if other.trustDomain != to.trustDomain {
			continue
		}
		s.run(t, "", "federation", "create", "-trustDomain", to.trustDomain, "-bundleEndpointURL", fmt.Sprintf("https://%s:8443", other.address),
			"-bundleEndpointProfile", to.profile, "-endpointSpiffeID", to.endpointID)
		s.run(t, other.run(t, "", "bundle", "show", "-format", "spiffe"), "bundle", "set", "-id", "spiffe://"+to.trustDomain, "-format", "spiffe")
		s.run(t, "", "federation", "refresh", "-id", "spiffe://"+to.trustDomain)
		return
	}
	t.Fatalf("%s federates with %s, which is not in this example", s.trustDomain, to.trustDomain)
}

var (
	revocation    = regexp.MustCompile(`(?m)/opt/spire/bin/spire-server (bundle delete [^|\n]*?) -socketPath`)
	chapterRevoke = "## REVOKE"
)

// The commands of FEDERATE.md, on the side of the called workload. Connections that are open may live on; new ones must fail.
func (d *day) revoke(t *testing.T, caller, called *sidecar.Pod, allowed expectation) {
	home, foreign := d.siteOf(called), d.siteOf(caller)
	certificate := foreign.svid(t, caller.ID)
	runbook := read(t, home.judged.Artifact("FEDERATE.md"))
	_, chapter, found := strings.Cut(runbook, chapterRevoke)
	command := revocation.FindStringSubmatch(chapter)
	if !found || command == nil {
		t.Fatal("FEDERATE.md does not say how to take the bundle away")
	}
	// kubectl delete clusterfederatedtrustdomain does this through the controller manager
	home.run(t, "", "federation", "delete", "-id", "spiffe://"+foreign.trustDomain)
	time.Sleep(6 * time.Second)
	if verdict, seen := called.Knock(mtlsPort, &certificate, allowed.Method, allowed.Path); verdict != envoy.Allow {
		t.Errorf("the relation alone was deleted, and new connections fail already: %s (%s); the runbook says otherwise", verdict, seen)
	}
	home.run(t, "", strings.Fields(command[1])...)
	cluster.Await(t, 90*time.Second, "a new connection is refused", func() error {
		if verdict, seen := called.Knock(mtlsPort, &certificate, allowed.Method, allowed.Path); verdict != envoy.Refused {
			return fmt.Errorf("%s (%s)", verdict, seen)
		}
		return nil
	})
	d.proxies[caller].Kill()
	d.proxies[caller] = caller.Start(t, foreign.workloadAPI)
	if verdict, seen := caller.Call(called, allowed.Method, allowed.Path, nil); verdict != "status 503" {
		t.Errorf("through both proxies: %s (%s)", verdict, seen)
	}
}
