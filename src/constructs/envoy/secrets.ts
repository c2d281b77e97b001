import { SpiffeId } from '../../identity';

const TLS = 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3';

/**
 * The cluster of the SPIRE agent.
 */
export const AGENT_CLUSTER = 'spire_agent';

/**
 * Bundles of all trust domains that the workload may verify, so that a bundle that is taken away is taken from the proxy, too.
 */
const ALL_BUNDLES = 'ROOTCA';

/**
 * The certificates of public authorities in Envoy's image.
 */
const PUBLIC_AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';

/**
 * A matcher of URI SANs, in Envoy's words.
 */
export type UriMatch = { readonly exact: string } | { readonly prefix: string };

/**
 * What a listener asks of callers: a certificate of SPIRE with one of these identities.
 */
export function downstreamTls(own: SpiffeId, callers: UriMatch[]): any {
  return {
    name: 'envoy.transport_sockets.tls',
    typed_config: {
      '@type': `${TLS}.DownstreamTlsContext`,
      'require_client_certificate': true,
      'common_tls_context': { alpn_protocols: ['h2', 'http/1.1'], ...commonTls(own, callers) },
    },
  };
}

/**
 * What a cluster asks of its servers: one identity, and no other.
 */
export function upstreamTls(own: SpiffeId, server: SpiffeId, sni: string): any {
  return {
    name: 'envoy.transport_sockets.tls',
    typed_config: { '@type': `${TLS}.UpstreamTlsContext`, sni, 'common_tls_context': commonTls(own, [{ exact: server.uri }]) },
  };
}

/**
 * What a cluster asks of a host outside: a certificate for its name, of a public authority.
 */
export function publicTls(host: string): any {
  return {
    name: 'envoy.transport_sockets.tls',
    typed_config: {
      '@type': `${TLS}.UpstreamTlsContext`,
      'sni': host,
      'common_tls_context': {
        tls_params: { tls_minimum_protocol_version: 'TLSv1_2' },
        validation_context: {
          trusted_ca: { filename: PUBLIC_AUTHORITIES },
          match_typed_subject_alt_names: [{ san_type: 'DNS', matcher: { exact: host } }],
        },
      },
    },
  };
}

function commonTls(own: SpiffeId, peers: UriMatch[]): any {
  return {
    tls_params: { tls_minimum_protocol_version: 'TLSv1_2' },
    // by its ID: "default" is any of the workload's identities
    tls_certificate_sds_secret_configs: [secret(own.uri)],
    combined_validation_context: {
      // only URI matchers count with SPIRE's validator, and without any matcher the whole trust domain passes
      default_validation_context: { match_typed_subject_alt_names: peers.map((matcher) => ({ san_type: 'URI', matcher })) },
      validation_context_sds_secret_config: secret(ALL_BUNDLES),
    },
  };
}

function secret(name: string): any {
  return {
    name,
    sds_config: {
      resource_api_version: 'V3',
      // without an end to it nothing opens before the secret is there
      initial_fetch_timeout: '0s',
      api_config_source: {
        // SPIRE has no delta SDS
        api_type: 'GRPC',
        transport_api_version: 'V3',
        set_node_on_first_message_only: true,
        grpc_services: [{ envoy_grpc: { cluster_name: AGENT_CLUSTER } }],
      },
    },
  };
}
