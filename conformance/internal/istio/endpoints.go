package istio

import (
	"fmt"
	"sort"
	"testing"

	clusterv3 "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	endpointv3 "github.com/envoyproxy/go-control-plane/envoy/config/endpoint/v3"
	tlsv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
)

// Destination is where a proxy sends the calls for a host, and who has to answer there.
type Destination struct {
	// Addresses are host:port
	Addresses []string
	SNI       string
	// Identities are the exact SANs of which the certificate has to have one
	Identities []string
}

// Destination is what istiod tells a proxy about a cluster of its configuration, such as outbound|8080||web.shop.svc.cluster.local.
func (d *Discovery) Destination(t testing.TB, node *corev3.Node, name string) Destination {
	t.Helper()
	for _, known := range d.Config(t, node).Clusters {
		if known.Name != name {
			continue
		}
		destination := Destination{Addresses: d.addresses(t, node, known)}
		for _, match := range append(known.GetTransportSocketMatches(), &clusterv3.Cluster_TransportSocketMatch{TransportSocket: known.GetTransportSocket()}) {
			packed := match.GetTransportSocket().GetTypedConfig()
			upstream := &tlsv3.UpstreamTlsContext{}
			if packed == nil || !packed.MessageIs(upstream) {
				continue
			}
			unpack(t, packed, upstream)
			destination.SNI = upstream.GetSni()
			//nolint:staticcheck // it is what istiod writes
			for _, san := range upstream.GetCommonTlsContext().GetCombinedValidationContext().GetDefaultValidationContext().GetMatchSubjectAltNames() {
				destination.Identities = append(destination.Identities, san.GetExact())
			}
			break
		}
		sort.Strings(destination.Identities)
		return destination
	}
	return Destination{}
}

// Assignment is a cluster of a proxy's configuration, and the endpoints that istiod tells for it.
func (d *Discovery) Assignment(t testing.TB, node *corev3.Node, name string) (*clusterv3.Cluster, *endpointv3.ClusterLoadAssignment) {
	t.Helper()
	for _, known := range d.Config(t, node).Clusters {
		if known.Name != name {
			continue
		}
		if assignments := d.assignments(t, node, name); len(assignments) == 1 {
			return known, assignments[0]
		}
	}
	return nil, nil
}

// addresses of a cluster: those in it, or those that a proxy asks for by its name.
func (d *Discovery) addresses(t testing.TB, node *corev3.Node, of *clusterv3.Cluster) []string {
	t.Helper()
	assignments := []*endpointv3.ClusterLoadAssignment{of.GetLoadAssignment()}
	if of.GetType() == clusterv3.Cluster_EDS {
		assignments = d.assignments(t, node, of.Name)
	}
	var addresses []string
	for _, assignment := range assignments {
		for _, locality := range assignment.GetEndpoints() {
			for _, endpoint := range locality.GetLbEndpoints() {
				socket := endpoint.GetEndpoint().GetAddress().GetSocketAddress()
				addresses = append(addresses, fmt.Sprintf("%s:%d", socket.GetAddress(), socket.GetPortValue()))
			}
		}
	}
	sort.Strings(addresses)
	return addresses
}

func (d *Discovery) assignments(t testing.TB, node *corev3.Node, name string) []*endpointv3.ClusterLoadAssignment {
	t.Helper()
	opened, end := d.open(t)
	defer end()
	var assignments []*endpointv3.ClusterLoadAssignment
	for _, resource := range ask(t, opened, node, &endpointv3.ClusterLoadAssignment{}, []string{name}) {
		assignments = append(assignments, unpack(t, resource, &endpointv3.ClusterLoadAssignment{}))
	}
	return assignments
}
