import { JwksHost, jwksHost, JwtIssuer } from './jwt-authn';
import { AGENT_CLUSTER, publicTls, upstreamTls } from './secrets';
import { EnvoyUpstream } from './upstream';
import { SpiffeId } from '../../identity';

const PROTOCOL = 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions';
const CONNECT_TIMEOUT = '2s';

/**
 * The Workload API, from which secrets come.
 */
export function agentCluster(socketPath: string): any {
  return local(AGENT_CLUSTER, { pipe: { path: socketPath } }, http2({ connection_keepalive: { interval: '30s', timeout: '5s' } }));
}

/**
 * The application beside the proxy.
 */
export function applicationCluster(name: string, port: number): any {
  return local(name, loopback(port), AS_CALLED);
}

/**
 * The admin interface of the proxy itself.
 */
export function adminCluster(name: string, port: number): any {
  return local(name, loopback(port), {});
}

/**
 * A service beside the proxy that speaks gRPC.
 */
export function grpcCluster(name: string, port: number): any {
  return local(name, loopback(port), http2({}));
}

/**
 * Another workload, behind its proxy.
 */
export function upstreamCluster(own: SpiffeId, { name, host, port, spiffeId }: EnvoyUpstream): any {
  return {
    ...base(name, 'STRICT_DNS', { socket_address: { address: host, port_value: port } }, AS_CALLED),
    transport_socket: upstreamTls(own, spiffeId, host),
  };
}

/**
 * The hosts outside that have the keys of tokens.
 */
export function jwksClusters(issuers: JwtIssuer[]): any[] {
  return [...new Map(issuers.map(jwksHost).map((host) => [host.cluster, host])).values()].map(jwksCluster);
}

function jwksCluster({ cluster, host, port }: JwksHost): any {
  return {
    ...base(cluster, 'LOGICAL_DNS', { socket_address: { address: host, port_value: port } }, {}),
    // whichever the pod can reach
    dns_lookup_family: 'ALL',
    transport_socket: publicTls(host),
  };
}

/**
 * HTTP/1.1 or HTTP/2, whichever the caller speaks.
 */
const AS_CALLED = options({ use_downstream_protocol_config: { http_protocol_options: {}, http2_protocol_options: {} } });

function http2(http2_protocol_options: any): any {
  return options({ explicit_http_config: { http2_protocol_options } });
}

function options(protocol: any): any {
  return { typed_extension_protocol_options: { [PROTOCOL]: { '@type': `type.googleapis.com/${PROTOCOL}`, ...protocol } } };
}

function local(name: string, address: any, protocol: any): any {
  return base(name, 'STATIC', address, protocol);
}

function base(name: string, type: string, address: any, protocol: any): any {
  return {
    name,
    type,
    connect_timeout: CONNECT_TIMEOUT,
    ...protocol,
    load_assignment: { cluster_name: name, endpoints: [{ lb_endpoints: [{ endpoint: { address } }] }] },
  };
}

function loopback(port: number): any {
  return { socket_address: { address: '127.0.0.1', port_value: port } };
}
