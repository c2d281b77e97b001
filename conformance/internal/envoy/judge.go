package envoy

import (
	"fmt"
	"strings"
	"testing"

	clusterv3 "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	proxyprotocolv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/listener/proxy_protocol/v3"
	tlsv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
	"cdk8s-spiffe.dev/conformance/internal/istio"
)

const inbound = "virtualInbound"

// Judge is one Envoy with the listeners of many proxies, each on a port of its own.
type Judge struct {
	Bootstrap Bootstrap
	authority *Authority
	ports     map[string]int
	// ends says which listeners end TLS with a certificate for their hosts
	ends     map[string]bool
	clusters map[string]bool
	backend  int
}

func NewJudge(t testing.TB, authority *Authority) *Judge {
	t.Helper()
	return &Judge{
		Bootstrap: Bootstrap{SDSPort: authority.Port, XDSPort: cluster.FreePort(t)}, authority: authority,
		ports: map[string]int{}, ends: map[string]bool{}, clusters: map[string]bool{}, backend: Backend(t),
	}
}

// Add takes over what answers calls to the proxy: a sidecar's inbound listener, a gateway's listeners. Changed in them: where they listen, and
// how they learn the original destination (a PROXY header instead of the kernel). Where a gateway ends TLS with the certificate of a credential,
// that certificate is one for its hosts of the authority. Clusters lead to the backend.
func (j *Judge) Add(t testing.TB, proxy istio.Proxy, config istio.Config) {
	t.Helper()
	config.InlineRoutes(t)
	for _, listener := range config.Listeners {
		port := listener.GetAddress().GetSocketAddress().GetPortValue()
		sidecar := !proxy.Gateway && listener.Name == inbound
		isGateway := proxy.Gateway && (len(listener.FilterChains) == 1 || endsTLS(listener))
		if !sidecar && !isGateway {
			continue
		}
		key := proxy.String()
		if isGateway {
			key = fmt.Sprintf("%s:%d", proxy, port)
		}
		j.ports[key] = cluster.FreePort(t)
		changed := proto.Clone(listener).(*listenerv3.Listener)
		changed.Name = strings.NewReplacer("/", "_", ":", "_").Replace(key)
		changed.Address = Address(j.ports[key])
		changed.AdditionalAddresses, changed.UseOriginalDst, changed.BindToPort = nil, nil, nil
		changed.ReusePort, changed.EnableReusePort = false, wrapperspb.Bool(false)
		changed.ListenerFilters = withProxyProtocol(t, changed.ListenerFilters)
		for _, chain := range changed.FilterChains {
			j.ends[key] = j.withCertificate(t, chain) || j.ends[key]
		}
		j.Bootstrap.Listeners = append(j.Bootstrap.Listeners, changed)
	}
	for _, upstream := range config.Clusters {
		if !j.clusters[upstream.Name] {
			j.clusters[upstream.Name] = true
			j.Bootstrap.Clusters = append(j.Bootstrap.Clusters, j.toBackend(upstream))
		}
	}
}

// endsTLS says whether every chain of a listener does.
func endsTLS(listener *listenerv3.Listener) bool {
	for _, chain := range listener.FilterChains {
		if chain.GetTransportSocket() == nil {
			return false
		}
	}
	return len(listener.FilterChains) > 0
}

// istiod hands out the Secret of a credential under this name.
const credential = "kubernetes://"

// withCertificate gives a chain that asks for a credential a certificate for the names that it answers to.
func (j *Judge) withCertificate(t testing.TB, chain *listenerv3.FilterChain) bool {
	t.Helper()
	packed, context := chain.GetTransportSocket().GetTypedConfig(), &tlsv3.DownstreamTlsContext{}
	if packed == nil || !packed.MessageIs(context) {
		return false
	}
	if err := packed.UnmarshalTo(context); err != nil {
		t.Fatal(err)
	}
	asked := false
	for _, certificate := range context.GetCommonTlsContext().GetTlsCertificateSdsSecretConfigs() {
		if !strings.HasPrefix(certificate.Name, credential) {
			continue
		}
		issued, err := j.authority.IssueServer(chain.GetFilterChainMatch().GetServerNames()...)
		if err != nil {
			t.Fatal(err)
		}
		certificate.Name, certificate.SdsConfig = fmt.Sprintf("%s#%d", certificate.Name, len(j.Bootstrap.Secrets)), nil
		secret, err := certificateSecret(certificate.Name, issued)
		if err != nil {
			t.Fatal(err)
		}
		j.Bootstrap.Secrets, asked = append(j.Bootstrap.Secrets, secret), true
	}
	changed, err := anypb.New(context)
	if err != nil {
		t.Fatal(err)
	}
	chain.TransportSocket.ConfigType = &corev3.TransportSocket_TypedConfig{TypedConfig: changed}
	return asked
}

func (j *Judge) toBackend(upstream *clusterv3.Cluster) *clusterv3.Cluster {
	return Static(upstream.Name, j.backend)
}

func withProxyProtocol(t testing.TB, filters []*listenerv3.ListenerFilter) []*listenerv3.ListenerFilter {
	t.Helper()
	packed, err := anypb.New(&proxyprotocolv3.ProxyProtocol{})
	if err != nil {
		t.Fatal(err)
	}
	changed := []*listenerv3.ListenerFilter{{
		Name: "envoy.filters.listener.proxy_protocol", ConfigType: &listenerv3.ListenerFilter_TypedConfig{TypedConfig: packed},
	}}
	for _, filter := range filters {
		if !strings.Contains(filter.Name, "original_dst") {
			changed = append(changed, filter)
		}
	}
	return changed
}

// Port is where the proxy's listener for calls to the given port is found.
func (j *Judge) Port(proxy istio.Proxy, port int) (int, bool) {
	key := proxy.String()
	if proxy.Gateway {
		key = fmt.Sprintf("%s:%d", proxy, port)
	}
	found, known := j.ports[key]
	return found, known
}

// EndsTLS says whether the proxy shows callers of a port a certificate for its hosts.
func (j *Judge) EndsTLS(proxy istio.Proxy, port int) bool {
	return j.ends[fmt.Sprintf("%s:%d", proxy, port)]
}
