package envoy

import (
	"strings"
	"testing"

	clusterv3 "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
	"cdk8s-spiffe.dev/conformance/internal/istio"
)

const (
	outbound  = "virtualOutbound"
	blackHole = "BlackHoleCluster"
)

// Caller is the Envoy of one proxy with all its listeners for calls of its application.
type Caller struct {
	Bootstrap Bootstrap
	// Port takes what the kernel would redirect
	Port int
}

// NewCaller takes over how a sidecar sends calls on. Changed are: where it listens, how it learns the original destination (a PROXY header instead of
// the kernel), and where its clusters lead to: as whom and under which name it goes there stays.
func NewCaller(t testing.TB, authority *Authority, config istio.Config, leadsTo func(cluster string) int) *Caller {
	t.Helper()
	config.InlineRoutes(t)
	caller := &Caller{Bootstrap: Bootstrap{SDSPort: authority.Port, XDSPort: cluster.FreePort(t)}, Port: cluster.FreePort(t)}
	for _, listener := range config.Listeners {
		if listener.Name == inbound {
			continue
		}
		changed := proto.Clone(listener).(*listenerv3.Listener)
		changed.AdditionalAddresses = nil
		if changed.Name == outbound {
			changed.Address, changed.BindToPort = Address(caller.Port), nil
			changed.ReusePort, changed.EnableReusePort = false, wrapperspb.Bool(false)
			changed.ListenerFilters = withProxyProtocol(t, changed.ListenerFilters)
		} else {
			changed.BindToPort = wrapperspb.Bool(false)
		}
		caller.Bootstrap.Listeners = append(caller.Bootstrap.Listeners, changed)
	}
	for _, upstream := range config.Clusters {
		changed := proto.Clone(upstream).(*clusterv3.Cluster)
		if changed.Name != blackHole {
			static := Static(changed.Name, leadsTo(changed.Name))
			changed.ClusterDiscoveryType, changed.LoadAssignment = static.ClusterDiscoveryType, static.LoadAssignment
			changed.EdsClusterConfig, changed.LbConfig, changed.LbPolicy = nil, nil, clusterv3.Cluster_ROUND_ROBIN
			changed.DnsLookupFamily, changed.RespectDnsTtl, changed.DnsRefreshRate = 0, false, nil
		}
		caller.Bootstrap.Clusters = append(caller.Bootstrap.Clusters, changed)
	}
	return caller
}

// Service is the host and port of a cluster such as outbound|8443|subset|gateway.egress.svc.cluster.local.
func Service(cluster string) (host, port string) {
	if parts := strings.Split(cluster, "|"); len(parts) == 4 && parts[0] == "outbound" {
		return parts[3], parts[1]
	}
	return "", ""
}
