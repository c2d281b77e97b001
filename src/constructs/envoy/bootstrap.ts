import { adminCluster, agentCluster, applicationCluster, grpcCluster, jwksClusters, upstreamCluster } from './clusters';
import { ExternalAuthorization } from './external-authorization';
import { EnvoyInbound } from './inbound';
import { JWT_AUTHN, jwtAuthnFilters, JwtIssuer } from './jwt-authn';
import { httpListener, routeTo } from './listeners';
import { applicationPath, ApplicationProbe } from './probes';
import { downstreamTls, UriMatch } from './secrets';
import { EnvoyUpstream } from './upstream';
import { SpiffeId } from '../../identity';

const ADMIN = 'admin';
const EXT_AUTHZ = 'ext_authz';

/**
 * The ports that every sidecar has: the admin interface on 127.0.0.1, and what others may see of it.
 */
export const ADMIN_PORT = 15000;
export const STATUS_PORT = 15021;

/**
 * Names of secrets are SPIFFE IDs: Envoy's own rules would end such a tag at its first dot, and leave the rest in the name of the metric.
 */
const SECRET_TAGS = [
  { tag_name: 'envoy.xds_resource_name', regex: '^(?:sds\\.)((spiffe_.+?)\\.)(?:control_plane\\.)?[a-z_]+$' },
  { tag_name: 'spiffe_id', regex: '\\.ssl\\.certificate\\.((spiffe:.+?)\\.)[a-z_]+$' },
];

/**
 * What the bootstrap of a sidecar says.
 */
export interface BootstrapParts {
  readonly identity: SpiffeId;
  readonly socketPath: string;
  readonly inbound: InboundParts[];
  readonly upstreams: EnvoyUpstream[];
  /** Whose tokens are verified. */
  readonly issuers: JwtIssuer[];
  readonly authorization?: ExternalAuthorization;
}

/**
 * An inbound port with who may use it, and the filters that look closer.
 */
export interface InboundParts {
  readonly inbound: EnvoyInbound;
  /** What the kubelet asks the application there. */
  readonly probes: ApplicationProbe[];
  readonly callers: UriMatch[];
  readonly rbacFilters: any[];
}

/**
 * The file that Envoy starts with: mutual TLS in and out with the workload's own identity, and nothing open before SPIRE has given it.
 */
export function envoyBootstrap({ identity, socketPath, inbound, upstreams, issuers, authorization }: BootstrapParts): any {
  const id = identity.path.slice(1).replaceAll('/', '.');
  return {
    node: { id, cluster: id },
    admin: { address: { socket_address: { address: '127.0.0.1', port_value: ADMIN_PORT } } },
    stats_config: { stats_tags: SECRET_TAGS },
    overload_manager: {
      resource_monitors: [{
        name: 'envoy.resource_monitors.global_downstream_max_connections',
        typed_config: {
          '@type': 'type.googleapis.com/envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig',
          'max_active_downstream_connections': 50_000,
        },
      }],
    },
    static_resources: {
      listeners: [
        ...inbound.map((parts) => inboundListener(identity, parts, issuers, authorization)),
        ...upstreams.map((upstream) => outboundListener(upstream)),
        statusListener(inbound),
      ],
      clusters: [
        agentCluster(socketPath),
        adminCluster(ADMIN, ADMIN_PORT),
        ...inbound.map((parts) => applicationCluster(inboundName(parts.inbound), parts.inbound.applicationPort)),
        ...upstreams.map((upstream) => upstreamCluster(identity, upstream)),
        ...(authorization ? [grpcCluster(EXT_AUTHZ, authorization._opa.port)] : []),
        ...jwksClusters(issuers),
      ],
    },
  };
}

function inboundName({ port }: EnvoyInbound): string {
  return `inbound_${port}`;
}

function inboundListener(
  identity: SpiffeId, { inbound, callers, rbacFilters }: InboundParts, issuers: JwtIssuer[], authorization?: ExternalAuthorization,
): any {
  const name = inboundName(inbound);
  return httpListener({
    name,
    address: '0.0.0.0',
    port: inbound.port,
    routes: [routeTo(name, name)],
    transportSocket: downstreamTls(identity, callers),
    // who called is what the certificate says, not what the caller wrote
    manager: { forward_client_cert_details: 'SANITIZE_SET', set_current_client_cert_details: { uri: true } },
    httpFilters: [...jwtAuthnFilters(issuers), ...rbacFilters, ...(authorization ? [extAuthz(authorization, issuers)] : [])],
    logged: true,
  });
}

function outboundListener({ name, localPort }: EnvoyUpstream): any {
  return httpListener({ name: `outbound_${name}`, address: '127.0.0.1', port: localPort, routes: [routeTo(`outbound_${name}`, name)], logged: true });
}

/**
 * Two pages of the admin interface, and what the kubelet asks the application: no other path of either.
 */
function statusListener(inbound: InboundParts[]): any {
  const page = (path: string) => ({ match: { path }, route: { cluster: ADMIN } });
  const routes = [page('/ready'), page('/stats/prometheus'), ...inbound.flatMap(({ probes }) => probes.map(probeRoute))];
  return httpListener({ name: 'status', address: '0.0.0.0', port: STATUS_PORT, routes, logged: false });
}

function probeRoute(probe: ApplicationProbe): any {
  const isGet = { name: ':method', string_match: { exact: 'GET' } };
  return { match: { path: probe.path, headers: [isGet] }, route: { cluster: inboundName(probe.inbound), prefix_rewrite: applicationPath(probe) } };
}

function extAuthz({ _opa: opa }: ExternalAuthorization, issuers: JwtIssuer[]): any {
  return {
    name: 'envoy.filters.http.ext_authz',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthz',
      'transport_api_version': 'V3',
      'failure_mode_allow': false,
      'status_on_error': { code: 'ServiceUnavailable' },
      'grpc_service': { envoy_grpc: { cluster_name: EXT_AUTHZ }, timeout: `${opa.timeout.toMilliseconds() / 1000}s` },
      ...(issuers.length > 0 ? { metadata_context_namespaces: [JWT_AUTHN] } : {}),
    },
  };
}
