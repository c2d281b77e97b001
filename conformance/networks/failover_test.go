package networks

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	clusterv3 "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	endpointv3 "github.com/envoyproxy/go-control-plane/envoy/config/endpoint/v3"
	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	routerv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/router/v3"
	hcmv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
	"cdk8s-spiffe.dev/conformance/internal/envoy"
	"cdk8s-spiffe.dev/conformance/internal/report"
)

// The regions of the example.
const home, away = "europe-west1", "us-east1"

// What the scheduler would have done by now, on a node whose cloud has told its region.
func (m member) schedule(t *testing.T, region string) {
	t.Helper()
	ctx := context.Background()
	node := &corev1.Node{ObjectMeta: metav1.ObjectMeta{Name: "node-" + m.judged.Name, Labels: map[string]string{corev1.LabelTopologyRegion: region}}}
	if _, err := m.server.Client.CoreV1().Nodes().Create(ctx, node, metav1.CreateOptions{}); err != nil {
		t.Fatal(err)
	}
	for _, proxy := range m.proxies {
		binding := &corev1.Binding{
			ObjectMeta: metav1.ObjectMeta{Name: proxy.Pod.Name, Namespace: proxy.Pod.Namespace},
			Target:     corev1.ObjectReference{Kind: "Node", Name: node.Name},
		}
		if err := m.server.Client.CoreV1().Pods(proxy.Pod.Namespace).Bind(ctx, binding, metav1.CreateOptions{}); err != nil {
			t.Fatal(err)
		}
	}
}

// priorities are the regions of an assignment with their turn.
func priorities(assignment *endpointv3.ClusterLoadAssignment) map[string]uint32 {
	found := map[string]uint32{}
	for _, locality := range assignment.GetEndpoints() {
		found[locality.GetLocality().GetRegion()] = locality.GetPriority()
	}
	return found
}

// A server that says where it is, and answers with errors when it is told so.
type replica struct {
	region string
	broken atomic.Bool
	port   int
}

func serve(t *testing.T, region string) *replica {
	t.Helper()
	started := &replica{region: region}
	server := httptest.NewServer(http.HandlerFunc(func(writer http.ResponseWriter, _ *http.Request) {
		if started.broken.Load() {
			writer.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		fmt.Fprint(writer, region)
	}))
	t.Cleanup(server.Close)
	address, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	if started.port, err = strconv.Atoi(address.Port()); err != nil {
		t.Fatal(err)
	}
	return started
}

// Calls go to the own region, to the next one of the list while the own one answers with errors, and home again: istiod gives the order, and a
// real Envoy keeps it. Without outlierDetection istiod gives none.
func TestFailover(t *testing.T) {
	const example, name = "multi-cluster-federated", "outbound|9080||details.bookinfo.svc.cluster.local"
	eu, us := start(t, example, "eu"), start(t, example, "us")
	eu.schedule(t, home)
	us.schedule(t, away)
	discovery := eu.discover(t, us)
	caller := eu.proxies["bookinfo/productpage-v1"].Node(t)
	var told *clusterv3.Cluster
	var assignment *endpointv3.ClusterLoadAssignment
	await := func(what string, expected map[string]uint32) {
		t.Helper()
		cluster.Await(t, 30*time.Second, what, func() error {
			told, assignment = discovery.Assignment(t, caller, name)
			if seen := priorities(assignment); fmt.Sprint(seen) != fmt.Sprint(expected) {
				return fmt.Errorf("want %v, istiod says %v", expected, seen)
			}
			return nil
		})
	}
	await("istiod gives the regions an order", map[string]uint32{home: 0, away: 1})
	report.Add("istiod", "regions in order", 2)

	near, far := serve(t, home), serve(t, away)
	port := cluster.FreePort(t)
	envoy.Bootstrap{
		SDSPort: cluster.FreePort(t), XDSPort: cluster.FreePort(t),
		Listeners: []*listenerv3.Listener{callerListener(t, port, name)},
		Clusters:  []*clusterv3.Cluster{leadTo(t, told, assignment, near, far)},
	}.Start(t)
	answer := func() string {
		response, err := http.Get(fmt.Sprintf("http://127.0.0.1:%d/details/0", port))
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%d %s", response.StatusCode, body)
	}
	requireAnswers := func(count int, expected string) {
		t.Helper()
		for range count {
			if seen := answer(); seen != expected {
				t.Fatalf("want %q, got %q", expected, seen)
			}
		}
	}
	awaitAnswer := func(within time.Duration, what, expected string) {
		t.Helper()
		cluster.Await(t, within, what, func() error {
			if seen := answer(); seen != expected {
				return fmt.Errorf("want %q, got %q", expected, seen)
			}
			return nil
		})
	}
	requireAnswers(3, "200 "+home)
	near.broken.Store(true)
	// as often as consecutive5xxErrors says; the threads of Envoy tell each other a moment later
	requireAnswers(5, "503 ")
	awaitAnswer(10*time.Second, "calls go to the other region", "200 "+away)
	requireAnswers(10, "200 "+away)
	near.broken.Store(false)
	awaitAnswer(60*time.Second, "calls stay at home again", "200 "+home)
	report.Add("Envoy", "failovers to another region", 1)

	eu.withoutOutlierDetection(t)
	await("without outlierDetection all regions are one", map[string]uint32{home: 0, away: 0})
	report.Add("istiod", "wrong twins refused", 1)
}

func (m member) withoutOutlierDetection(t *testing.T) {
	t.Helper()
	for _, object := range m.judged.Objects() {
		if object.GetKind() != "DestinationRule" || object.GetName() != "details" {
			continue
		}
		client, err := m.server.Resource(object.GroupVersionKind(), object.GetNamespace())
		if err != nil {
			t.Fatal(err)
		}
		patch := []byte(`[{"op": "remove", "path": "/spec/trafficPolicy/outlierDetection"}]`)
		if _, err := client.Patch(context.Background(), object.GetName(), types.JSONPatchType, patch, metav1.PatchOptions{}); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Fatal("the example has no DestinationRule for details")
}

// What istiod told, with servers of the test in place of pod and gateway, and without TLS.
func leadTo(t *testing.T, told *clusterv3.Cluster, assignment *endpointv3.ClusterLoadAssignment, replicas ...*replica) *clusterv3.Cluster {
	t.Helper()
	changed := proto.Clone(told).(*clusterv3.Cluster)
	changed.ClusterDiscoveryType = &clusterv3.Cluster_Type{Type: clusterv3.Cluster_STATIC}
	changed.EdsClusterConfig, changed.TransportSocket, changed.TransportSocketMatches, changed.Filters = nil, nil, nil, nil
	changed.LoadAssignment = proto.Clone(assignment).(*endpointv3.ClusterLoadAssignment)
	for _, locality := range changed.LoadAssignment.Endpoints {
		for _, one := range replicas {
			if one.region != locality.GetLocality().GetRegion() {
				continue
			}
			for _, endpoint := range locality.LbEndpoints {
				endpoint.GetEndpoint().Address = envoy.Address(one.port)
			}
		}
	}
	return changed
}

func callerListener(t *testing.T, port int, name string) *listenerv3.Listener {
	t.Helper()
	router, err := anypb.New(&routerv3.Router{})
	if err != nil {
		t.Fatal(err)
	}
	manager, err := anypb.New(&hcmv3.HttpConnectionManager{
		StatPrefix: "caller",
		RouteSpecifier: &hcmv3.HttpConnectionManager_RouteConfig{RouteConfig: &routev3.RouteConfiguration{VirtualHosts: []*routev3.VirtualHost{{
			Name: "all", Domains: []string{"*"}, Routes: []*routev3.Route{{
				Match:  &routev3.RouteMatch{PathSpecifier: &routev3.RouteMatch_Prefix{Prefix: "/"}},
				Action: &routev3.Route_Route{Route: &routev3.RouteAction{ClusterSpecifier: &routev3.RouteAction_Cluster{Cluster: name}}},
			}},
		}}}},
		HttpFilters: []*hcmv3.HttpFilter{{Name: "envoy.filters.http.router", ConfigType: &hcmv3.HttpFilter_TypedConfig{TypedConfig: router}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return &listenerv3.Listener{Name: "caller", Address: envoy.Address(port), FilterChains: []*listenerv3.FilterChain{{
		Filters: []*listenerv3.Filter{{
			Name: "envoy.filters.network.http_connection_manager", ConfigType: &listenerv3.Filter_TypedConfig{TypedConfig: manager},
		}},
	}}}
}
