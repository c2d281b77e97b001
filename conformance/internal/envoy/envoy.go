// Package envoy runs the real Envoy with configuration that a control plane made.
package envoy

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	bootstrapv3 "github.com/envoyproxy/go-control-plane/envoy/config/bootstrap/v3"
	clusterv3 "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	endpointv3 "github.com/envoyproxy/go-control-plane/envoy/config/endpoint/v3"
	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	tlsv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
	upstreamv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/upstreams/http/v3"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/structpb"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
	"cdk8s-spiffe.dev/conformance/internal/programs"
)

// Bootstrap is a file that Envoy starts with.
type Bootstrap struct {
	Listeners []*listenerv3.Listener
	Clusters  []*clusterv3.Cluster
	Secrets   []*tlsv3.Secret
	// SDSPort is where the cluster sds-grpc listens; any free port where Envoy only validates.
	SDSPort int
	// SDSSocket is a Workload API in place of SDSPort.
	SDSSocket string
	// XDSPort is where the cluster xds-grpc listens, for routes and endpoints that are fetched later.
	XDSPort int
}

func (b Bootstrap) message(t testing.TB, adminPort int) *bootstrapv3.Bootstrap {
	clusters := append([]*clusterv3.Cluster{}, b.Clusters...)
	secrets := Static("sds-grpc", b.SDSPort)
	if b.SDSSocket != "" {
		secrets.LoadAssignment.Endpoints[0].LbEndpoints[0].GetEndpoint().Address = &corev3.Address{
			Address: &corev3.Address_Pipe{Pipe: &corev3.Pipe{Path: b.SDSSocket}},
		}
	}
	clusters = append(clusters, http2(t, secrets), http2(t, Static("xds-grpc", b.XDSPort)))
	runtime, err := structpb.NewStruct(map[string]any{
		// Istio's own bootstrap sets it
		"envoy.reloadable_features.http_reject_path_with_fragment": false,
	})
	if err != nil {
		t.Fatal(err)
	}
	return &bootstrapv3.Bootstrap{
		Node:  &corev3.Node{Id: "conformance", Cluster: "conformance"},
		Admin: &bootstrapv3.Admin{Address: address("127.0.0.1", adminPort)},
		LayeredRuntime: &bootstrapv3.LayeredRuntime{Layers: []*bootstrapv3.RuntimeLayer{
			{Name: "static", LayerSpecifier: &bootstrapv3.RuntimeLayer_StaticLayer{StaticLayer: runtime}},
		}},
		DynamicResources: &bootstrapv3.Bootstrap_DynamicResources{AdsConfig: &corev3.ApiConfigSource{
			ApiType: corev3.ApiConfigSource_GRPC, TransportApiVersion: corev3.ApiVersion_V3,
			GrpcServices: []*corev3.GrpcService{{TargetSpecifier: &corev3.GrpcService_EnvoyGrpc_{
				EnvoyGrpc: &corev3.GrpcService_EnvoyGrpc{ClusterName: "xds-grpc"},
			}}},
		}},
		StaticResources: &bootstrapv3.Bootstrap_StaticResources{Listeners: b.Listeners, Clusters: clusters, Secrets: b.Secrets},
	}
}

// Validate is Envoy's own judgement of the file, without a listener opened.
func (b Bootstrap) Validate(t testing.TB) error {
	t.Helper()
	printed, err := programs.Run(t, "envoy", "--mode", "validate", "--log-level", "error", "-c", b.save(t, cluster.FreePort(t)))
	if err != nil {
		return fmt.Errorf("envoy --mode validate: %s", strings.TrimSpace(printed))
	}
	return nil
}

// Start returns when all listeners have their secrets.
func (b Bootstrap) Start(t testing.TB) *cluster.Process {
	t.Helper()
	return b.StartIn(t, func(command []string) *cluster.Process {
		return cluster.Launch(t, t.TempDir(), command[0], command[1:]...)
	})
}

// StartIn leaves it to the caller where the command runs.
func (b Bootstrap) StartIn(t testing.TB, launch func(command []string) *cluster.Process) *cluster.Process {
	t.Helper()
	admin := cluster.FreePort(t)
	process := launch([]string{
		programs.Path(t, "envoy"), "-c", b.save(t, admin), "--log-level", "warning",
		"--use-dynamic-base-id", "--concurrency", "1", "--drain-time-s", "1", "--drain-strategy", "immediate",
	})
	cluster.Await(t, 90*time.Second, "envoy is ready", func() error {
		if process.Ended() {
			t.Fatalf("envoy ended: %s", process.Tail())
		}
		return cluster.Answers(fmt.Sprintf("http://127.0.0.1:%d/ready", admin))
	})
	return process
}

// Binary, not YAML: then no type has to be known to this program.
func (b Bootstrap) save(t testing.TB, adminPort int) string {
	t.Helper()
	content, err := proto.Marshal(b.message(t, adminPort))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "bootstrap.pb")
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// Static is a cluster of one endpoint on 127.0.0.1.
func Static(name string, port int) *clusterv3.Cluster {
	return &clusterv3.Cluster{
		Name:                 name,
		ClusterDiscoveryType: &clusterv3.Cluster_Type{Type: clusterv3.Cluster_STATIC},
		LoadAssignment: &endpointv3.ClusterLoadAssignment{ClusterName: name, Endpoints: []*endpointv3.LocalityLbEndpoints{{
			LbEndpoints: []*endpointv3.LbEndpoint{{HostIdentifier: &endpointv3.LbEndpoint_Endpoint{
				Endpoint: &endpointv3.Endpoint{Address: address("127.0.0.1", port)},
			}}},
		}}},
	}
}

func http2(t testing.TB, cluster *clusterv3.Cluster) *clusterv3.Cluster {
	t.Helper()
	packed, err := anypb.New(&upstreamv3.HttpProtocolOptions{UpstreamProtocolOptions: &upstreamv3.HttpProtocolOptions_ExplicitHttpConfig_{
		ExplicitHttpConfig: &upstreamv3.HttpProtocolOptions_ExplicitHttpConfig{
			ProtocolConfig: &upstreamv3.HttpProtocolOptions_ExplicitHttpConfig_Http2ProtocolOptions{
				Http2ProtocolOptions: &corev3.Http2ProtocolOptions{},
			},
		},
	}})
	if err != nil {
		t.Fatal(err)
	}
	cluster.TypedExtensionProtocolOptions = map[string]*anypb.Any{"envoy.extensions.upstreams.http.v3.HttpProtocolOptions": packed}
	return cluster
}

func address(host string, port int) *corev3.Address {
	return &corev3.Address{Address: &corev3.Address_SocketAddress{SocketAddress: &corev3.SocketAddress{
		Address: host, PortSpecifier: &corev3.SocketAddress_PortValue{PortValue: uint32(port)},
	}}}
}

// Address is a TCP address on 127.0.0.1.
func Address(port int) *corev3.Address { return address("127.0.0.1", port) }
