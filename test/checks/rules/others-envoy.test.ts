import { found } from '../cases';

test('a listener may leave to its filters who of the trust domain calls', () => {
  const listener = (filter: string): string => `static_resources:
  listeners:
  - name: a
    address: {socket_address: {address: 0.0.0.0, port_value: 8443}}
    filter_chains:
    - filters:
      - name: hcm
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          stat_prefix: a
          http_filters: [${filter}]
      transport_socket:
        name: tls
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
          common_tls_context:
            validation_context_sds_secret_config: {name: "spiffe://one.org"}
`;
  const rbac = '{name: rbac, typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC}}';
  expect(found('ENVOY-SAN', { 'envoy.yaml': listener(rbac) })).toEqual([]);
  expect(found('ENVOY-SAN', { 'envoy.yaml': listener('') })).toEqual(['DownstreamTlsContext has no SAN matcher']);
});

test('an Envoy may read its authorities from a file, which are none of SPIRE', () => {
  const cluster = (source: string): string => `static_resources:
  clusters:
  - name: control-plane
    type: STRICT_DNS
    transport_socket:
      name: tls
      typed_config:
        "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
        common_tls_context:
          validation_context_sds_secret_config: {name: ca, sds_config: {resource_api_version: V3, ${source}}}
`;
  expect(found('ENVOY-SAN', { 'envoy.yaml': cluster('path_config_source: {path: /sds/ca.json}') })).toEqual([]);
  expect(found('ENVOY-SAN', { 'envoy.yaml': cluster('api_config_source: {api_type: GRPC, grpc_services: [{envoy_grpc: {cluster_name: spire_agent}}]}') })).toHaveLength(1);
});

test('a gateway with certificates of its own may take TLS in and send TLS out', () => {
  const tls = (type: string, text: string): string => `{name: tls, typed_config: {"@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.${type}, common_tls_context: {${text}}}}`;
  const envoy = (text: string): string => `static_resources:
  listeners:
  - address: {socket_address: {address: 0.0.0.0, port_value: 8443}}
    filter_chains:
    - filters:
      - name: hcm
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          route_config: {virtual_hosts: [{name: a, domains: ["*"], routes: [{match: {prefix: /}, route: {cluster: far}}]}]}
      transport_socket: ${tls('DownstreamTlsContext', text)}
  clusters: [{name: far, transport_socket: ${tls('UpstreamTlsContext', text)}}]
`;
  expect(found('ENVOY-MIXED-LISTENER', { 'envoy.yaml': envoy('tls_certificates: [{certificate_chain: {filename: /a}}]') })).toEqual([]);
  expect(found('ENVOY-MIXED-LISTENER', { 'envoy.yaml': envoy('tls_certificate_sds_secret_configs: [{name: "spiffe://one.org/a"}]') })).toEqual([
    'listener without a name takes TLS in and sends everything to far',
  ]);
});

test('a listener at the edge may have a certificate by SDS, and want none of its callers', () => {
  const listener = (text: string): string => `static_resources:
  listeners:
  - name: edge
    address: {socket_address: {address: 0.0.0.0, port_value: 8443}}
    filter_chains:
    - transport_socket:
        name: tls
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
          common_tls_context: {tls_certificate_sds_secret_configs: [{name: edge, sds_config: {ads: {}}}]${text}}
`;
  expect(found('ENVOY-CLIENT-CERTIFICATE', { 'envoy.yaml': listener('') })).toEqual([]);
  expect(found('ENVOY-CLIENT-CERTIFICATE', { 'envoy.yaml': listener(', validation_context_sds_secret_config: {name: ca, sds_config: {ads: {}}}') })).toHaveLength(1);
});
