import { findingsOf, fixture } from '../cases';

const told = (text: string): string[] => findingsOf(/^ENVOY-(SCHEMA|UNKNOWN-FIELD)$/, { 'envoy.yaml': text }).map(({ rule, message, line }) => `${rule} ${line}: ${message}`);
const BOOTSTRAP = fixture('bootstrap.yaml');
const CLUSTER = (fields: string): string => `static_resources:\n  clusters:\n  - {name: a, type: STATIC, connect_timeout: 1s, load_assignment: {cluster_name: a}, ${fields}}\n`;
const TYPED = (config: string): string => CLUSTER(`transport_socket: {name: envoy.transport_sockets.tls, typed_config: ${config}}`);
const TLS = 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext';
const PATCH = (applyTo: string, value: string): string => 'apiVersion: networking.istio.io/v1alpha3\nkind: EnvoyFilter\nmetadata: {name: a}\n'
  + `spec: {configPatches: [{applyTo: ${applyTo}, patch: {operation: MERGE, value: ${value}}}]}\n`;
const IN_POD = (image: string, fields: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: envoy}\ndata:\n  envoy.yaml: |\n    ${CLUSTER(fields).trim().replace(/\n/g, '\n    ')}\n---\n`
  + `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  volumes: [{name: config, configMap: {name: envoy}}]\n  containers: [{name: envoy, image: "${image}", volumeMounts: [{name: config, mountPath: /a}]}]\n`;

test.each([
  ['a misspelt field', CLUSTER('lb_polcy: RANDOM'), 'ENVOY-SCHEMA 3: there is no field lb_polcy in static_resources.clusters[0], which is of type Cluster: lb_policy is near (Envoy 1.40)'],
  ['one in the other form', CLUSTER('lbPolcy: RANDOM'), 'there is no field lbPolcy in static_resources.clusters[0], which is of type Cluster: lb_policy is near'],
  ['a misspelt field that must be there', 'static_resources: {clusters: [{nam: a}]}', 'there is no field nam in static_resources.clusters[0], which is of type Cluster: name is near'],
  ['a field that belongs deeper', CLUSTER('healthy_panic_threshold: {value: 50}'), 'ENVOY-SCHEMA 3: there is no field healthy_panic_threshold in static_resources.clusters[0], which is of type Cluster: it belongs into common_lb_config'],
  ['a field that nobody knows', CLUSTER('future: 1'), 'ENVOY-UNKNOWN-FIELD 3: there is no field future in static_resources.clusters[0], which is of type Cluster (Envoy 1.40)'],
  ['one that the release seen does not know', IN_POD('envoyproxy/envoy:v1.40.0', 'future: 1'), 'ENVOY-SCHEMA 8: there is no field future'],
  ['a slip with a later release', IN_POD('envoyproxy/envoy:v1.45.0', 'lb_polcy: RANDOM'), 'ENVOY-SCHEMA 8: there is no field lb_polcy'],
  ['a word that is not taken', CLUSTER('lb_policy: ROUND_ROBBIN'), 'lb_policy is "ROUND_ROBBIN": one of ROUND_ROBIN, LEAST_REQUEST, RING_HASH'],
  ['a duration in minutes', CLUSTER('dns_refresh_rate: 5m'), 'dns_refresh_rate is "5m": a duration in seconds such as 5s or 0.25s is wanted'],
  ['a duration without unit', CLUSTER('dns_refresh_rate: 5'), 'dns_refresh_rate is 5: a duration'],
  ['no time at all', CLUSTER('dns_refresh_rate: 0s'), 'dns_refresh_rate is "0s": a duration above 0s is wanted'],
  ['text for a number', CLUSTER('per_connection_buffer_limit_bytes: 1Mi'), 'per_connection_buffer_limit_bytes is "1Mi": a whole number is wanted'],
  ['a number below zero', CLUSTER('per_connection_buffer_limit_bytes: -1'), 'per_connection_buffer_limit_bytes is -1: 0 to 4294967295 is wanted'],
  ['a part of a number', CLUSTER('per_connection_buffer_limit_bytes: 1.5'), 'per_connection_buffer_limit_bytes is 1.5: a whole number is wanted'],
  ['a port that is none', CLUSTER('upstream_bind_config: {source_address: {address: 10.0.0.1, port_value: 70000}}'), 'port_value is 70000: 0 to 65535 is wanted'],
  ['a number for text', CLUSTER('alt_stat_name: 5'), 'alt_stat_name is 5: text is wanted'],
  ['a number for a boolean', CLUSTER('respect_dns_ttl: 1'), 'respect_dns_ttl is 1: true or false is wanted'],
  ['text for a mapping', CLUSTER('common_lb_config: none'), 'common_lb_config is "none": a mapping is wanted'],
  ['a list for a mapping', CLUSTER('metadata: {filter_metadata: []}'), 'filter_metadata is a list: a mapping is wanted'],
  ['a mapping for text', CLUSTER('alt_stat_name: {}'), 'alt_stat_name is a mapping: text is wanted'],
  ['two of one choice', CLUSTER('cluster_type: {name: a, typed_config: {}}'), 'type and cluster_type in static_resources.clusters[0] exclude each other'],
  ['none of a choice', CLUSTER('dns_resolvers: [{}]'), 'static_resources.clusters[0].dns_resolvers[0] has none of socket_address, pipe, envoy_internal_address, of which type Address must have one'],
  ['an empty choice', CLUSTER('dns_resolvers: [{socket_address: {address: 10.0.0.1, named_port: dns}}, {pipe: {path: ""}}]'), 'dns_resolvers[1].pipe has no path, which type Pipe must have'],
  ['a field that must be there', 'static_resources: {clusters: [{type: STATIC}]}', 'static_resources.clusters[0] has no name, which type Cluster must have'],
  ['a message without type', TYPED('{sni: a}'), 'static_resources.clusters[0].transport_socket.typed_config has no @type'],
  ['a type without host', TYPED(`{"@type": ${TLS.slice(20)}}`), 'type.googleapis.com/ and the name of a message is wanted'],
  ['a misspelt type', TYPED(`{"@type": ${TLS.slice(0, -1)}}`), 'there is no such message, envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext is near'],
  ['a field of a typed message', TYPED(`{"@type": ${TLS}, common_tls_context: {alpn_protocol: [h2]}}`), 'there is no field alpn_protocol in static_resources.clusters[0].transport_socket.typed_config.common_tls_context, which is of type CommonTlsContext: alpn_protocols is near'],
  ['bytes that are no base64', TYPED(`{"@type": ${TLS}, common_tls_context: {tls_certificates: [{certificate_chain: {inline_bytes: "-----BEGIN CERT"}}]}}`), 'inline_bytes is "-----BEGIN CERT": base64 is wanted'],
  ['a word that is none of many', 'static_resources: {listeners: [{filter_chains: [{filters: [{name: a, typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthz, status_on_error: {code: Forbid}}}]}]}]}', 'code is "Forbid": one of Found, Forbidden, '],
  ['a piece of a bootstrap', 'clusters:\n- {name: a, connect_timeout: 1s, lb_polcy: RANDOM}\n', 'ENVOY-SCHEMA 2: there is no field lb_polcy in clusters[0]'],
  ['a bootstrap in the form of JSON', '{"staticResources": {"clusters": [{"name": "a", "lbPolicy": "ROUND"}]}}', 'lb_policy is "ROUND"'],
  ['a patch of a cluster', PATCH('CLUSTER', '{connect_timeout: 5}'), 'ENVOY-SCHEMA 4: connect_timeout is 5'],
  ['a patch of a filter', PATCH('NETWORK_FILTER', '{typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy, idle_timout: 5s}}'), 'there is no field idle_timout in spec.configPatches[0].patch.value.typed_config, which is of type TcpProxy: idle_timeout is near'],
])('fails %s', (_, text, message) => {
  expect(told(text)).toEqual([expect.stringContaining(message)]);
});

test.each([
  ['a whole bootstrap', BOOTSTRAP],
  ['names as JSON has them', CLUSTER('dnsLookupFamily: AUTO, dns_refresh_rate: 5s')],
  ['words in any case and by number', CLUSTER('dns_lookup_family: v4_only, lb_policy: 1')],
  ['numbers and booleans in quotes', CLUSTER('per_connection_buffer_limit_bytes: "0x10", respect_dns_ttl: "true", common_lb_config: {healthy_panic_threshold: {value: "50"}}')],
  ['the booleans of YAML 1.1', CLUSTER('respect_dns_ttl: yes')],
  ['a wrapped number', CLUSTER('per_connection_buffer_limit_bytes: {value: 5}, dns_refresh_rate: {seconds: 5}')],
  ['numbers with a point for text', CLUSTER('alt_stat_name: 1.0')],
  ['one for a list', CLUSTER('dns_resolvers: {pipe: {path: /a}}')],
  ['what is unset', CLUSTER('cluster_type: null, health_checks: ~')],
  ['a type that is not known here', TYPED('{"@type": type.googleapis.com/envoy.extensions.filters.http.golang.v3alpha.Config, anything: 1}')],
  ['a type of API v2, which ENVOY-OLD-TYPES tells', TYPED('{"@type": type.googleapis.com/envoy.config.rbac.v2.RBAC}')],
  ['a type whose name is near another one', TYPED('{"@type": type.googleapis.com/envoy.extensions.compression.gzip.decompressor.v3.Gzip}')],
  ['a type of somebody else', TYPED('{"@type": type.googleapis.com/example.v1.UpstreamTlsContext, anything: 1}')],
  ['a typed struct', TYPED(`{"@type": type.googleapis.com/xds.type.v3.TypedStruct, type_url: ${TLS}, value: {sni: a}}`)],
  ['variables of other programs', CLUSTER('lb_policy: "${POLICY}", per_connection_buffer_limit_bytes: "{{ .Values.limit }}"')],
  ['a field of a later release that is seen', IN_POD('envoyproxy/envoy:v1.45.0', 'future: 1')],
  ['a part of a message in a patch', PATCH('HTTP_FILTER', '{typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit, token_bucket: {max_tokens: 5}}}')],
  ['durations that istiod reads', PATCH('CLUSTER', '{connect_timeout: 500ms, dns_refresh_rate: 1m30s}')],
  ['a patch of what is not known', PATCH('GATEWAY', '{a: 1}')],
  ['a patch of what JavaScript knows', PATCH('constructor', '{a: 1}')],
  ['another one', PATCH('__proto__', '{a: 1}')],
  ['lists that are no clusters of Envoy', 'clusters: [{name: a, server: https://a}]\nlisteners: [a, b]\n'],
])('%s is right', (_, text) => {
  expect(told(text)).toEqual([]);
});
