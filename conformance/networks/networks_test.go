// Package networks asks istiod where calls over the border of a cluster go, and who has to answer there.
package networks

import (
	"context"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	authenticationv1 "k8s.io/api/authentication/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
	"cdk8s-spiffe.dev/conformance/internal/istio"
	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/report"
)

func TestMain(m *testing.M) { os.Exit(report.Run(m, "networks")) }

// The load balancer before the east-west gateway of us.
const gateway = "198.51.100.7"

// A member is one cluster of the example with its pods running.
type member struct {
	judged  output.Cluster
	server  *cluster.Server
	plane   *istio.ControlPlane
	proxies map[string]istio.Proxy
}

func start(t *testing.T, example, name string) member {
	t.Helper()
	judged := find(t, example, name)
	server := cluster.Start(t)
	server.InstallDefinitions(t, judged)
	for _, refusal := range server.ApplyStages(judged.Stages) {
		t.Fatal(refusal)
	}
	plane, err := istio.FromOperator(t, judged.Artifact("istio-operator.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	injected, err := plane.Inject(t, istio.MeshWorkloads(t, judged), istio.Shapes[0])
	if err != nil {
		t.Fatal(err)
	}
	started := member{judged: judged, server: server, plane: plane, proxies: map[string]istio.Proxy{}}
	for _, proxy := range istio.StartProxies(t, server, injected) {
		started.proxies[proxy.String()] = proxy
	}
	return started
}

func find(t *testing.T, example, name string) output.Cluster {
	t.Helper()
	clusters, err := output.Clusters()
	if err != nil {
		t.Fatal(err)
	}
	for _, judged := range clusters {
		if judged.Example == example && judged.Name == name {
			return judged
		}
	}
	t.Fatalf("the example %s has no cluster %s", example, name)
	return output.Cluster{}
}

// What the endpoint controller would have written by now.
func (m member) endpoints(t *testing.T, namespace string) {
	t.Helper()
	ctx := context.Background()
	services, err := m.server.Client.CoreV1().Services(namespace).List(ctx, metav1.ListOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, service := range services.Items {
		slice := &discoveryv1.EndpointSlice{
			ObjectMeta: metav1.ObjectMeta{
				Name: service.Name, Namespace: service.Namespace, Labels: map[string]string{discoveryv1.LabelServiceName: service.Name},
			},
			AddressType: discoveryv1.AddressTypeIPv4,
		}
		for _, port := range service.Spec.Ports {
			number := int32(9080)
			slice.Ports = append(slice.Ports, discoveryv1.EndpointPort{Name: &port.Name, Port: &number, Protocol: &port.Protocol})
		}
		for _, proxy := range m.proxies {
			if proxy.Pod.Namespace != service.Namespace || !selects(service.Spec.Selector, proxy.Pod.Labels) {
				continue
			}
			ready := true
			slice.Endpoints = append(slice.Endpoints, discoveryv1.Endpoint{
				Addresses: []string{proxy.Pod.Status.PodIP}, Conditions: discoveryv1.EndpointConditions{Ready: &ready},
				TargetRef: &corev1.ObjectReference{Kind: "Pod", Name: proxy.Pod.Name, Namespace: proxy.Pod.Namespace},
			})
		}
		if _, err := m.server.Client.DiscoveryV1().EndpointSlices(service.Namespace).Create(ctx, slice, metav1.CreateOptions{}); err != nil {
			t.Fatal(err)
		}
	}
}

func selects(selector, labels map[string]string) bool {
	for key, value := range selector {
		if labels[key] != value {
			return false
		}
	}
	return len(selector) > 0
}

// What the cloud would have written by now.
func (m member) balance(t *testing.T, address string) {
	t.Helper()
	services := m.server.Client.CoreV1().Services("istio-eastwest")
	service, err := services.Get(context.Background(), "istio-eastwestgateway", metav1.GetOptions{})
	if err != nil {
		t.Fatal(err)
	}
	service.Status.LoadBalancer.Ingress = []corev1.LoadBalancerIngress{{IP: address}}
	if _, err := services.UpdateStatus(context.Background(), service, metav1.UpdateOptions{}); err != nil {
		t.Fatal(err)
	}
}

// What `istioctl create-remote-secret` of VERIFY.md makes: a token of Istio's reader, with no more rights than its charts give.
func (m member) remoteSecret(t *testing.T) *corev1.Secret {
	t.Helper()
	for _, object := range m.plane.Objects {
		isReader := strings.Contains(object.GetName(), "istio-reader")
		isMesh := object.GetKind() == "ConfigMap" && object.GetName() == "istio"
		if isReader || isMesh {
			if _, err := m.server.ApplyAs("istio", object); err != nil {
				t.Fatal(err)
			}
		}
	}
	token, err := m.server.Client.CoreV1().ServiceAccounts("istio-system").CreateToken(context.Background(), "istio-reader-service-account",
		&authenticationv1.TokenRequest{}, metav1.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(m.server.Kubeconfig)
	if err != nil {
		t.Fatal(err)
	}
	kubeconfig := strings.Replace(string(content), m.server.Config.BearerToken, token.Status.Token, 1)
	return &corev1.Secret{
		ObjectMeta: metav1.ObjectMeta{
			Name: "istio-remote-secret-" + m.judged.Name, Namespace: "istio-system", Labels: map[string]string{"istio/multiCluster": "true"},
			Annotations: map[string]string{"networking.istio.io/cluster": m.judged.Name},
		},
		StringData: map[string]string{m.judged.Name: kubeconfig},
	}
}

// The istiod of a cluster, which reads another one and knows its gateway.
func (m member) discover(t *testing.T, other member) *istio.Discovery {
	t.Helper()
	other.balance(t, gateway)
	if _, err := m.server.Client.CoreV1().Secrets("istio-system").Create(context.Background(), other.remoteSecret(t), metav1.CreateOptions{}); err != nil {
		t.Fatal(err)
	}
	discovery := istio.StartDiscovery(t, m.server, m.plane, m.judged.Name)
	// as in a cluster, pods come first: an endpoint whose pod istiod does not know yet has no identity
	m.endpoints(t, "bookinfo")
	other.endpoints(t, "bookinfo")
	return discovery
}

// Calls of one cluster go to the gateway of the other one, under the name of the service there, and only its own identity may answer.
func TestOtherNetwork(t *testing.T) {
	const example = "multi-cluster-federated"
	eu, us := start(t, example, "eu"), start(t, example, "us")
	discovery := eu.discover(t, us)
	caller := eu.proxies["bookinfo/productpage-v1"]
	local := eu.proxies["bookinfo/details-v1"].Pod.Status.PodIP + ":9080"
	const sni = "outbound_.9080_._.details.bookinfo.svc.cluster.local"
	identity := func(cluster, account string) string {
		return fmt.Sprintf("spiffe://%s.example.org/ns/bookinfo/sa/%s", cluster, account)
	}
	requireDestinations(t, discovery, caller, []expectation{
		{"the same Service is in both clusters", "outbound|9080||details.bookinfo.svc.cluster.local", istio.Destination{
			Addresses: []string{local, gateway + ":15443"}, SNI: sni, Identities: []string{identity("eu", "details-v1"), identity("us", "details-v1")},
		}},
		{"a name for the other cluster alone", "outbound|9080||details.bookinfo.us.mesh.internal", istio.Destination{
			Addresses: []string{"east-west.us.example.org:15443"}, SNI: sni, Identities: []string{identity("us", "details-v1")},
		}},
		{"no subjectAltNames: istiod knows the identities of both trust domains by itself", "outbound|9080||productpage.bookinfo.svc.cluster.local", istio.Destination{
			Addresses: []string{caller.Pod.Status.PodIP + ":9080", gateway + ":15443"}, SNI: "outbound_.9080_._.productpage.bookinfo.svc.cluster.local",
			Identities: []string{identity("eu", "productpage-v1"), identity("us", "productpage-v1")},
		}},
	})
	const shared, other = "details.bookinfo.svc.cluster.local", "details.bookinfo.us.mesh.internal"
	refuseTwins(t, discovery, caller, []twin{
		// a pod there has the address of the one here: it is called as if it were in the own network
		{"a gateway without the label of its network", us, "Service", "istio-eastwestgateway", func(o map[string]any) {
			unstructured.RemoveNestedField(o, "metadata", "labels", "topology.istio.io/network")
		}, shared, func(seen *istio.Destination) { seen.Addresses = []string{local, local} }},
		{"anybody of the other cluster", eu, "DestinationRule", "details-us", func(o map[string]any) {
			unstructured.RemoveNestedField(o, "spec", "trafficPolicy", "tls", "subjectAltNames")
		}, other, func(seen *istio.Destination) { seen.Identities = nil }},
		{"the name of no service there", eu, "DestinationRule", "details-us", func(o map[string]any) {
			unstructured.RemoveNestedField(o, "spec", "trafficPolicy", "tls", "sni")
		}, other, func(seen *istio.Destination) { seen.SNI = "outbound_.9080_._." + other }},
		{"another port of the gateway", eu, "WorkloadEntry", "details-us", func(o map[string]any) {
			set(o, map[string]any{"http-9080": int64(15444)}, "spec", "ports")
		}, other, func(seen *istio.Destination) { seen.Addresses = []string{"east-west.us.example.org:15444"} }},
	})
}

// A service of a partner is called by its name, with the partner's identity and no other.
func TestPartner(t *testing.T) {
	shop := start(t, "federation-partner", "shop")
	discovery := istio.StartDiscovery(t, shop.server, shop.plane, "shop")
	requireDestinations(t, discovery, shop.proxies["shop/checkout"], []expectation{
		{"the caller", "outbound|8443||payments.acme.example", istio.Destination{
			Addresses: []string{"payments.acme.example:8443"}, SNI: "payments.acme.example", Identities: []string{"spiffe://acme.example/payments"},
		}},
	})
}

type expectation struct {
	title, cluster string
	istio.Destination
}

func requireDestinations(t *testing.T, discovery *istio.Discovery, caller istio.Proxy, expectations []expectation) {
	t.Helper()
	for _, expected := range expectations {
		t.Run(expected.title, func(t *testing.T) {
			var seen istio.Destination
			defer func() {
				if t.Failed() {
					t.Logf("istiod says %+v", seen)
				}
			}()
			cluster.Await(t, 90*time.Second, "istiod knows both clusters", func() error {
				if seen = discovery.Destination(t, caller.Node(t), expected.cluster); !reflect.DeepEqual(seen, expected.Destination) {
					return fmt.Errorf("want %+v, istiod says %+v", expected.Destination, seen)
				}
				return nil
			})
			report.Add("istiod", "destinations in another network", 1)
		})
	}
}
