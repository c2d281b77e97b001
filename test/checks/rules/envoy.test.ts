import { ENVOY_RULES } from '../../../src/checks/rules/envoy';
import { Case, describeRules, fixture, found, rulesIn } from '../cases';

const F = 'envoy.yaml';
const C = 'sidecar.yaml';

const POD = (folder: string, account: string): string => `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec:
  serviceAccountName: ${account}
  containers: [{name: envoy, image: "registry.example.org/proxy:1", volumeMounts: [{name: config, mountPath: /etc/envoy}, {name: spire, mountPath: ${folder}}]}]
  volumes: [{name: config, configMap: {name: envoy}}, {name: spire, csi: {driver: csi.spiffe.io, readOnly: true}}]`;
const ID = 'apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterSPIFFEID\nmetadata: {name: all}\n'
  + 'spec: {spiffeIDTemplate: "spiffe://{{ .TrustDomain }}/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}", podSelector: {matchLabels: {app: web}}}';

const FILTER = (context: string, mode: string): string => `apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: {name: a, namespace: shop}
spec: {configPatches: [{applyTo: NETWORK_FILTER, match: {context: ${context}}, patch: {operation: MERGE, value: {typed_config: {forward_client_cert_details: ${mode}}}}}]}`;

const JWT = (issuer: string): string => `- {name: jwt, typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication, providers: {spire: {issuer: "${issuer}"}}}}
              - name: envoy.filters.http.ext_authz`;
const SERVER = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: server, namespace: spire}\ndata:\n  server.conf: |\n    server { trust_domain = "example.org" jwt_issuer = "https://oidc.example.org" }\n';

const FILES = `apiVersion: v1
kind: ConfigMap
metadata: {name: files, namespace: shop}
data:
  envoy.yaml: |
    node: {id: a, cluster: a}
    admin: {address: {socket_address: {address: 127.0.0.1, port_value: 9901}}}
    static_resources: {clusters: [{name: a, type: STATIC, connect_timeout: 1s, load_assignment: {cluster_name: a}, transport_socket: {name: tls, typed_config: {
      "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext,
      common_tls_context: {validation_context_sds_secret_config: {name: NAME, sds_config: {path_config_source: {path: /etc/envoy/FILE}}}}}}}]}
  ca.yaml: |
    resources: [{"@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret, name: ca, validation_context: {trusted_ca: {filename: /ca}}}]
---
apiVersion: v1
kind: Pod
metadata: {name: files, namespace: shop}
spec:
  containers: [{name: envoy, image: "registry.example.org/proxy:1", volumeMounts: [{name: c, mountPath: /etc/envoy/}]}]
  volumes: [{name: c, configMap: {name: files}}]`;

const TOKENS = (rules: string, provider = 'audiences: [web], local_jwks: {filename: /keys}'): string =>
  `- {name: jwt, typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication, providers: {spire: {issuer: "https://a.example", ${provider}}}, rules: ${rules}}}
              - name: envoy.filters.http.ext_authz`;
const RBAC = '- {name: rbac, typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC, rules: {policies: {all: {permissions: [{any: true}], principals: [{any: true}]}}}}}\n'
  + '              - name: envoy.filters.http.ext_authz';
const RULE = '[{match: {prefix: /}, requires: {provider_name: NAME}}]';
const AUTHZ = '- name: envoy.filters.http.ext_authz';

const CASES: Case[] = [
  ['ENVOY-AUTHZ-AGENT', F, 'cluster_name: opa}, timeout', 'cluster_name: spire_agent}, timeout'],
  ['ENVOY-JWT-OPEN', F, AUTHZ, TOKENS('[]')],
  ['ENVOY-JWT-OPEN', F, AUTHZ, TOKENS(RULE.replace('NAME', 'spire'), 'local_jwks: {filename: /keys}')],
  ['ENVOY-JWT-PROVIDER', F, AUTHZ, TOKENS(RULE.replace('NAME', 'spiffe'))],
  ['ENVOY-UNDEFINED-CLUSTER', F, AUTHZ, TOKENS(RULE, 'remote_jwks: {http_uri: {uri: "https://a.example/keys", cluster: keys, timeout: 1s}}')],
  ['ENVOY-RBAC-OPEN', F, AUTHZ, RBAC],
  ['ENVOY-SAN-WIDE', F, 'exact: "spiffe://example.org/ns/shop/sa/web"', 'prefix: "spiffe://example.org/ns/shop"'],
  ['ENVOY-NO-CERTIFICATE', F, /(UpstreamTlsContext\n[^]*?)tls_certificate_sds_secret_configs/, '$1alpn_protocols: [h2]\n              tls_certificate_sds_secret_configs_'],
  ['ENVOY-SAN-WIDE', F, 'exact: "spiffe://example.org/ns/shop/sa/web"', 'safe_regex: {regex: "spiffe://.*"}'],
  ['ENVOY-SAN-VALUE', F, 'exact: "spiffe://example.org/ns/shop/sa/web"', 'exact: "spiffe://example.org/ns/shop/*"'],
  ['ENVOY-SAN-WIDE', F, AUTHZ, RBAC.replace('{any: true}]}', '{authenticated: {principal_name: {prefix: "spiffe://example.org"}}}]}')],
  ['ENVOY-DUPLICATE', F, 'listeners:\n', 'listeners:\n      - {name: other, address: {socket_address: {address: 0.0.0.0, port_value: 8443}}}\n'],
  ['ENVOY-SECRET-SOURCE', F, 'tls_certificate_sds_secret_configs: [{name: default, sds_config: *sds}]', 'tls_certificate_sds_secret_configs: [{name: default, sds_config: {ads: {}}}]'],
  ['ENVOY-DUPLICATE', F, 'virtual_hosts: [', 'virtual_hosts: [{name: two, domains: ["*"]}, '],
  ['ENVOY-ROUTE-SHADOWED', F, 'route: {cluster: app}}]', 'route: {cluster: app}}, {match: {prefix: /admin}, route: {cluster: app}}]'],
  ['ENVOY-TLS-SIDE', F, 'UpstreamTlsContext', 'DownstreamTlsContext'],
  ['ENVOY-TWO-MATCHERS', F, 'match_typed_subject_alt_names: [', 'match_subject_alt_names: [{exact: a}]\n                  match_typed_subject_alt_names: ['],
  ['ENVOY-UNTRUSTED', F, 'default_validation_context:\n', 'default_validation_context:\n                    trust_chain_verification: accept_untrusted\n'],
  ['ENVOY-SOCKET-PATH', F, 'path: /spiffe-workload-api/socket', 'path: unix:///spiffe-workload-api/socket'],
  ['ENVOY-SECRET-NAME', F, /cluster: web}([^]*?)ROOTCA/, 'cluster: web, metadata: {disable_spiffe_cert_validation: true}}$1ALL'],
  ['ENVOY-LISTENER-ADDRESS', C, 'address: 127.0.0.1', 'address: localhost'],
  ['ENVOY-ADMIN-CLUSTER', C, 'port_value: 15000', 'port_value: 15001'],
  ['ENVOY-CLUSTER-TYPE', C, 'type: STRICT_DNS', 'type: STATIC'],
  ['ENVOY-DUPLICATE', C, '- name: ext_authz\n', '- name: admin\n'],
  ['ENVOY-PORT', C, 'port_value: 8443', 'port_value: 8444'],
  ['ENVOY-PROBE', C, 'path: /ready', 'path: /readyz'],
  ['ENVOY-RBAC-NEVER', C, 'destination_port: 8443', 'destination_port: 8080'],
  ['ENVOY-SAN-IDENTITY', C, 'exact: spiffe://example.org/ns/shop/sa/orders', 'exact: spiffe://example.org/ns/shop/sa/order'],
  ['ENVOY-SDS-CLUSTER', C, /(name: spiffe:[^]*?cluster_name: )spire_agent/, '$1ext_authz'],
  ['ENVOY-SECRET-SOURCE', C, /\n +api_type: GRPC/, ''],
  ['ENVOY-UNREADABLE', C, '      listeners:\n', '     listeners:\n'],
  ['ENVOY-UPSTREAM', C, 'address: orders.shop.svc', 'address: order.shop.svc'],
  ['ENVOY-SDS-FILE', F, '', FILES.replace('NAME', 'root').replace('FILE', 'ca.yaml')],
  ['ENVOY-SDS-FILE', F, '', FILES.replace('NAME', 'ca').replace('FILE', 'ca.yml')],
  ['ENVOY-JWT-ISSUER', F, /^([^]*)- name: envoy\.filters\.http\.ext_authz([^]*)$/, `${SERVER}---\n$1${JWT('https://oidc.example.org/')}$2`],
  ['ENVOY-FILTER-ORDER', F, '', FILTER('GATEWAY', 'SANITIZE').replace(/configPatches: .*/, 'configPatches: [{applyTo: HTTP_FILTER, match: {listener: {filterChain: {filter: {subFilter: {name: envoy.filters.http.router}}}}}, patch: {operation: INSERT_AFTER, value: {name: a}}}]}')],
  ['ENVOY-EXT-AUTHZ', F, '', FILTER('GATEWAY', 'SANITIZE').replace('{forward_client_cert_details: SANITIZE}', '{"@type": type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthz, failure_mode_allow: true}')],
  ['ENVOY-SCHEMA', F, 'stat_prefix:', 'stat_prefx:'],
  ['ENVOY-UNKNOWN-FIELD', F, 'stats_config: {}', 'stats_config: {future: true}'],
  ['ENVOY-XFCC', F, /forward_client_cert_details: SANITIZE_SET\n */, ''],
  ['ENVOY-OLD-TYPES', F, 'envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext', 'envoy.api.v2.auth.DownstreamTlsContext'],
  ['ENVOY-OLD-TYPES', F, 'envoy.extensions.filters.http.ext_authz.v3.ExtAuthz', 'envoy.config.filter.http.ext_authz.v2.ExtAuthz'],
  ['ENVOY-NO-ROUTER', F, /\n.*http\.router\.v3\.Router.*/, ''],
  ['ENVOY-FILTER-XFCC', F, '', FILTER('GATEWAY', 'ALWAYS_FORWARD_ONLY')],
  ['ENVOY-SDS-HTTP2', F, 'explicit_http_config: {http2_protocol_options: {}}', 'explicit_http_config: {}'],
  ['ENVOY-UNDEFINED-CLUSTER', F, 'cluster_name: spire_agent', 'cluster_name: spire'],
  ['ENVOY-UNDEFINED-CLUSTER', F, 'cluster_name: opa', 'cluster_name: authz'],
  ['ENVOY-UNDEFINED-CLUSTER', F, 'route: {cluster: app}', 'route: {cluster: web}'],
  ['ENVOY-CLIENT-CERTIFICATE', F, 'require_client_certificate: true', 'require_client_certificate: false'],
  ['ENVOY-NO-VALIDATION', F, /combined_validation_context:\n( +)default[^]*?sds_config: \*sds\}/, 'tls_params: {}'],
  ['ENVOY-SAN', F, /match_typed_subject_alt_names: .*\n/, 'trust_chain_verification: VERIFY_TRUST_CHAIN\n'],
  ['ENVOY-SAN-TYPE', F, 'san_type: URI', 'san_type: DNS'],
  ['ENVOY-TRUST-DOMAIN', F, '', `kind: ControllerManagerConfig
apiVersion: spire.spiffe.io/v1alpha1
clusterName: demo
trustDomain: other.org
entryIDPrefix: demo`],
  ['ENVOY-XFCC', F, 'forward_client_cert_details: SANITIZE_SET', 'forward_client_cert_details: APPEND_FORWARD'],
  ['ENVOY-EXT-AUTHZ', F, 'failure_mode_allow: false', 'failure_mode_allow: true'],
  ['ENVOY-EXT-AUTHZ-TIMEOUT', F, ', timeout: 0.5s', ''],
  ['ENVOY-NO-ENDPOINTS', F, /load_assignment: .*api\.shop.*\n/, 'dns_lookup_family: V4_ONLY\n'],
  ['ENVOY-HEALTH-CHECK', F, 'http_health_check: {path: /health}', 'path: /health'],
  ['ENVOY-CLUSTER-MANAGER', F, 'stats_config: {}', 'stats_config: {}\n    cluster_manager: {outlier_detection: {split_external_local_origin_errors: true}}'],
  ['ENVOY-DELTA-SDS', F, 'api_type: GRPC', 'api_type: DELTA_GRPC'],
  ['ENVOY-NODE', F, 'node: {id: web, cluster: web}', 'node: {id: web}'],
  ['ENVOY-MIXED-LISTENER', F, 'route: {cluster: app}', 'route: {cluster: remote}'],
  ['ENVOY-ADMIN', F, 'address: 127.0.0.1, port_value: 9901', 'address: 0.0.0.0, port_value: 9901'],
  ['ENVOY-NO-ADMIN', F, /admin: .*\n/, 'watchdog: {}\n'],
  ['ENVOY-TIMEOUT', F, 'connect_timeout: 1s', 'connect_timeout: 30s'],
  ['ENVOY-PLAIN-UPSTREAM', F, 'address: 127.0.0.1, port_value: 8080', 'address: 10.0.0.1, port_value: 8080'],
  ['ENVOY-SDS-NAMES', F, /stats_config: \{\}([^]*?)- name: default/, '$1- name: spiffe://example.org/web'],
  ['ENVOY-OLD-IMAGE', F, 'envoy:v1.36.2', 'envoy:v1.28.0'],
  ['ENVOY-TWO-PROXIES', F, 'labels: {app: opa}', 'labels: {app: opa, sidecar.istio.io/inject: "true"}'],
  ['ENVOY-XFCC', F, 'forward_client_cert_details: SANITIZE_SET', 'forward_client_cert_details: append_forward'],
  ['ENVOY-GRPC-HTTP2', F, '        http2_protocol_options: {}\n', ''],
  ['ENVOY-FILTER-ORDER', F, 'http_filters:\n', 'http_filters:\n              - {name: router, typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}}\n'],
  ['ENVOY-SECRET-NAME', F, '- name: default', '- name: web-certificate'],
  ['ENVOY-SECRET-NAME', F, '{name: ROOTCA', '{name: example.org'],
  ['ENVOY-SAN-VALUE', F, 'exact: "spiffe://example.org/ns/shop/sa/web"', 'exact: "example.org/ns/shop/sa/web"'],
  ['ENVOY-STATIC-CA', F, 'default_validation_context:\n', 'default_validation_context:\n                    trusted_ca: {filename: /ca.pem}\n'],
  ['ENVOY-SPIFFE-VALIDATOR', F, 'combined_validation_context:\n', 'validation_context: {custom_validator_config: {typed_config: {'
    + '"@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.SPIFFECertValidatorConfig, trust_domains: [{name: "spiffe://example.org"}]}}}\n                combined_validation_context:\n'],
  ['ENVOY-SOCKET-PATH', F, '', POD('/run/other', 'web')],
  ['ENVOY-IDENTITY', F, /- name: default([^]*)$/, `- name: spiffe://example.org/ns/shop/sa/api$1---\n${POD('/spiffe-workload-api', 'web')}\n---\n${ID}\n`],
  ['ENVOY-BYPASS', 'sidecar.yaml', '', 'apiVersion: v1\nkind: Service\nmetadata: {name: past, namespace: shop}\nspec: {selector: {app: orders}, ports: [{port: 443, targetPort: 8080}]}'],
];

describeRules(ENVOY_RULES, CASES);

test.each([
  ['a host outside may be told by its DNS name', '', false],
  ['SPIRE\'s validator looks at no DNS name', ', custom_validator_config: {name: envoy.tls.cert_validator.spiffe}', true],
])('%s', (_, validator, isTold) => {
  const cluster = `name: keys, transport_socket: {typed_config: {common_tls_context: {validation_context: {trusted_ca: {filename: /ca.pem}${validator},`
    + ' match_typed_subject_alt_names: [{san_type: DNS, matcher: {exact: keys.example.com}}]}}}}';
  const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: envoy}\ndata:\n  envoy.yaml: |\n    node: {id: spiffe://example.org/web, cluster: web}\n'
    + `    static_resources: {listeners: [], clusters: [{${cluster}}]}\n`;
  expect(rulesIn(text).includes('ENVOY-SAN-TYPE')).toBe(isTold);
});

test('an Envoy of a company called acme is no discovery provider', () => {
  const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: envoy}\ndata:\n  envoy.yaml: |\n    node: {id: web.acme.io, cluster: web}\n    static_resources: {listeners: [], clusters: []}\n'
    + '    domains: ["web.acme.io"]\n';
  expect(rulesIn(text)).not.toContain('SPIRE-SYNTAX');
});

test.each([
  ['a secret of a file', FILES.replace('NAME', 'ca').replace('FILE', 'ca.yaml')],
  ['a file of another volume', FILES.replace('NAME', 'ca').replace('/etc/envoy/FILE', '/certs/ca.yaml')],
  ['a file that is filled in', FILES.replace('NAME', 'root').replace('FILE', 'ca.yaml').replace('name: ca,', 'name: {{ name }},')],
  ['a ConfigMap that is filled at run time', `${FILES.replace('configMap: {name: files}', 'configMap: {name: files}}, {name: s, configMap: {name: late}').replace('mountPath: /etc/envoy/}', 'mountPath: /etc/envoy/}, {name: s, mountPath: /certs}')
    .replace('NAME', 'root').replace('/etc/envoy/FILE', '/certs/ca.yaml')}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: late, namespace: shop}\n`],
  ['a secret in a wrapping', FILES.replace('NAME', 'root').replace('FILE', 'ca.yaml').replace('resources: [', 'resources: [{"@type": type.googleapis.com/envoy.service.discovery.v3.Resource, name: root}, ')],
  ['a ConfigMap that is not there', FILES.replace('NAME', 'root').replace('FILE', 'ca.yaml').replace('configMap: {name: files}', 'configMap: {name: other}')],
])('%s is right', (_, text) => {
  expect(found('ENVOY-SDS-FILE', text)).toEqual([]);
});

test('a provider with another issuer, and one with SPIRE\'s, are right', () => {
  const given = (issuer: string): string => SERVER + '---\n' + fixture(F).replace('- name: envoy.filters.http.ext_authz', JWT(issuer));
  for (const issuer of ['https://oidc.example.org', 'https://login.example.net']) {
    expect(found('ENVOY-JWT-ISSUER', given(issuer))).toEqual([]);
  }
});

test('an EnvoyFilter that puts ext_authz before the router is right', () => {
  const filter = FILTER('GATEWAY', 'SANITIZE').replace(/configPatches: .*/, 'configPatches: [{applyTo: HTTP_FILTER, match: {listener: {filterChain: {filter: {subFilter: {name: envoy.filters.http.router}}}}}, patch: {operation: INSERT_BEFORE, value: {name: a, '
    + 'typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthz, transport_api_version: V3, grpc_service: {envoy_grpc: {cluster_name: a}, timeout: 1s}}}}}]}');
  expect(rulesIn(filter, ENVOY_RULES)).toEqual([]);
});

test('rules of an Envoy that nothing is wrong with', () => {
  const without = (from: string, to: string): string[] => rulesIn(fixture(F).replace(from, to), ENVOY_RULES).filter(id => /JWT|RBAC-OPEN|SAN-WIDE|UNDEFINED/.test(id));
  expect(without(AUTHZ, TOKENS(RULE.replace('NAME', 'spire')))).toEqual([]);
  expect(without(AUTHZ, RBAC.replace('principals: [{any: true}]', 'principals: [{authenticated: {principal_name: {exact: "spiffe://example.org/ns/shop/sa/web"}}}]'))).toEqual([]);
  expect(without('exact: "spiffe://example.org/ns/shop/sa/web"', 'prefix: "spiffe://example.org/ns/shop/"')).toEqual([]);
  expect(without('exact: "spiffe://example.org/ns/shop/sa/web"', 'safe_regex: {regex: "spiffe://example.org/ns/[^/]+/sa/web"}')).toEqual([]);
});

test('routes that are reached', () => {
  const routes = (list: string): string[] => rulesIn(fixture(F).replace('routes: [{match: {prefix: /}, route: {cluster: app}}]', `routes: [${list}]`), ENVOY_RULES).filter(id => id === 'ENVOY-ROUTE-SHADOWED');
  expect(routes('{match: {prefix: /, headers: [{name: a, present_match: true}]}, route: {cluster: app}}, {match: {prefix: /b}, route: {cluster: app}}')).toEqual([]);
  expect(routes('{match: {prefix: /}, route: {cluster: app}}, {match: {connect_matcher: {}}, route: {cluster: app}}')).toEqual([]);
  expect(routes('{match: {prefix: /b}, route: {cluster: app}}, {match: {prefix: /}, route: {cluster: app}}')).toEqual([]);
});
