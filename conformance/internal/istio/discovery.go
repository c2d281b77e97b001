package istio

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	clusterv3 "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	hcmv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
	discoveryv3 "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
	"sigs.k8s.io/yaml"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
	"cdk8s-spiffe.dev/conformance/internal/programs"
)

// Discovery is a real istiod that reads a real API server.
type Discovery struct {
	address     string
	TrustDomain string
}

// StartDiscovery runs istiod with the generated mesh configuration. Its injection webhook and its CA are off.
func StartDiscovery(t testing.TB, server *cluster.Server, plane *ControlPlane, clusterID string) *Discovery {
	t.Helper()
	dir := t.TempDir()
	grpcPort, httpPort, monitoring := cluster.FreePort(t), cluster.FreePort(t), cluster.FreePort(t)
	discovery := &Discovery{address: fmt.Sprintf("127.0.0.1:%d", grpcPort)}
	mesh := map[string]any{}
	content, err := os.ReadFile(plane.Mesh)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(content, &mesh); err != nil {
		t.Fatal(err)
	}
	discovery.TrustDomain, _ = mesh["trustDomain"].(string)
	if _, found := mesh["defaultConfig"].(map[string]any); !found {
		mesh["defaultConfig"] = map[string]any{}
	}
	mesh["defaultConfig"].(map[string]any)["discoveryAddress"] = discovery.address
	changed, err := yaml.Marshal(mesh)
	if err != nil {
		t.Fatal(err)
	}
	process := cluster.LaunchWith(t, dir, []string{
		"POD_NAMESPACE=istio-system", "POD_NAME=istiod-1", "CLUSTER_ID=" + clusterID,
		// filters that exist in Istio's own build of Envoy only
		"PILOT_ENABLE_METADATA_EXCHANGE=false", "PILOT_ENABLE_ALPN_FILTER=false",
		"INJECTION_WEBHOOK_CONFIG_NAME=", "VALIDATION_WEBHOOK_CONFIG_NAME=",
	}, programs.Path(t, "pilot-discovery"), "discovery",
		"--kubeconfig", server.Kubeconfig, "--meshConfig", save(t, dir, "mesh.yaml", string(changed)),
		"--registries", "Kubernetes", "--domain", "cluster.local", "-n", "istio-system",
		"--grpcAddr", discovery.address, "--secureGRPCAddr", "", "--httpAddr", fmt.Sprintf("127.0.0.1:%d", httpPort), "--httpsAddr", "",
		"--monitoringAddr", fmt.Sprintf("127.0.0.1:%d", monitoring), "--ctrlz_port", "0")
	cluster.Await(t, 60*time.Second, "istiod is ready", func() error {
		if process.Ended() {
			t.Fatalf("istiod ended: %s", process.Tail())
		}
		return cluster.Answers(fmt.Sprintf("http://127.0.0.1:%d/ready", httpPort))
	})
	return discovery
}

// Config is all that a proxy gets.
type Config struct {
	Clusters  []*clusterv3.Cluster
	Listeners []*listenerv3.Listener
	Routes    map[string]*routev3.RouteConfiguration
}

// Config asks as the proxy itself would, over ADS.
func (d *Discovery) Config(t testing.TB, node *corev3.Node) Config {
	t.Helper()
	opened, end := d.open(t)
	defer end()
	config := Config{Routes: map[string]*routev3.RouteConfiguration{}}
	for _, resource := range ask(t, opened, node, &clusterv3.Cluster{}, nil) {
		config.Clusters = append(config.Clusters, unpack(t, resource, &clusterv3.Cluster{}))
	}
	for _, resource := range ask(t, opened, node, &listenerv3.Listener{}, nil) {
		config.Listeners = append(config.Listeners, unpack(t, resource, &listenerv3.Listener{}))
	}
	if names := config.routeNames(t); len(names) > 0 {
		for _, resource := range ask(t, opened, node, &routev3.RouteConfiguration{}, names) {
			route := unpack(t, resource, &routev3.RouteConfiguration{})
			config.Routes[route.Name] = route
		}
	}
	return config
}

type stream = discoveryv3.AggregatedDiscoveryService_StreamAggregatedResourcesClient

// open begins a conversation with istiod, which ends with the returned function.
func (d *Discovery) open(t testing.TB) (stream, func()) {
	t.Helper()
	connection, err := grpc.NewClient(d.address, grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(1<<28)))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	opened, err := discoveryv3.NewAggregatedDiscoveryServiceClient(connection).StreamAggregatedResources(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return opened, func() {
		cancel()
		connection.Close()
	}
}

func ask(t testing.TB, of stream, node *corev3.Node, kind proto.Message, names []string) []*anypb.Any {
	t.Helper()
	typeURL := "type.googleapis.com/" + string(kind.ProtoReflect().Descriptor().FullName())
	if err := of.Send(&discoveryv3.DiscoveryRequest{Node: node, TypeUrl: typeURL, ResourceNames: names}); err != nil {
		t.Fatalf("istiod: %v", err)
	}
	for {
		response, err := of.Recv()
		if err != nil {
			t.Fatalf("istiod: %s: %v", typeURL, err)
		}
		if response.TypeUrl == typeURL {
			return response.Resources
		}
	}
}

func unpack[M proto.Message](t testing.TB, packed *anypb.Any, into M) M {
	t.Helper()
	if err := packed.UnmarshalTo(into); err != nil {
		t.Fatal(err)
	}
	return into
}

func (c Config) routeNames(t testing.TB) []string {
	seen, names := map[string]bool{}, []string{}
	c.EachHTTP(t, func(_ *listenerv3.Listener, manager *hcmv3.HttpConnectionManager) {
		if name := manager.GetRds().GetRouteConfigName(); name != "" && !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	})
	return names
}

// EachHTTP visits every HTTP connection manager and keeps what the visitor changed.
func (c Config) EachHTTP(t testing.TB, visit func(*listenerv3.Listener, *hcmv3.HttpConnectionManager)) {
	t.Helper()
	for _, listener := range c.Listeners {
		chains := listener.FilterChains
		if listener.DefaultFilterChain != nil {
			chains = append(append([]*listenerv3.FilterChain{}, chains...), listener.DefaultFilterChain)
		}
		for _, chain := range chains {
			for _, filter := range chain.Filters {
				config := filter.GetTypedConfig()
				manager := &hcmv3.HttpConnectionManager{}
				if !config.MessageIs(manager) {
					continue
				}
				visit(listener, unpack(t, config, manager))
				packed, err := anypb.New(manager)
				if err != nil {
					t.Fatal(err)
				}
				filter.ConfigType = &listenerv3.Filter_TypedConfig{TypedConfig: packed}
			}
		}
	}
}

// InlineRoutes puts the routes into the listeners that would ask for them.
func (c Config) InlineRoutes(t testing.TB) {
	t.Helper()
	c.EachHTTP(t, func(_ *listenerv3.Listener, manager *hcmv3.HttpConnectionManager) {
		if route, found := c.Routes[manager.GetRds().GetRouteConfigName()]; found {
			manager.RouteSpecifier = &hcmv3.HttpConnectionManager_RouteConfig{RouteConfig: route}
		}
	})
}

// ForUpstreamEnvoy takes out the telemetry filters that exist in Istio's own build only. They decide nothing.
func (c Config) ForUpstreamEnvoy(t testing.TB) {
	t.Helper()
	c.EachHTTP(t, func(_ *listenerv3.Listener, manager *hcmv3.HttpConnectionManager) {
		manager.HttpFilters = withoutIstio(manager.HttpFilters)
	})
	for _, listener := range c.Listeners {
		for _, chain := range append(append([]*listenerv3.FilterChain{}, listener.FilterChains...), listener.DefaultFilterChain) {
			if chain != nil {
				chain.Filters = withoutIstio(chain.Filters)
			}
		}
	}
	for _, cluster := range c.Clusters {
		cluster.Filters = withoutIstio(cluster.Filters)
	}
}

func withoutIstio[F interface{ GetName() string }](filters []F) (kept []F) {
	for _, filter := range filters {
		if !strings.HasPrefix(filter.GetName(), "istio.") {
			kept = append(kept, filter)
		}
	}
	return kept
}
