import { fixture, found } from '../cases';

const C = fixture('sidecar.yaml');
const ORDERS = 'spiffe://example.org/ns/shop/sa/orders';
const PLAIN = /- transport_socket:\n(?: {16,}.*\n)+? {14}filters:/;
const POD = (container: string, folder = '/etc/envoy'): string => '---\napiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop}\n'
  + `spec: {containers: [{name: proxy, image: "envoyproxy/envoy:v1.40.0", ${container}, volumeMounts: [{name: c, mountPath: ${folder}}]}], volumes: [{name: c, configMap: {name: a}}]}\n`;
const MAP = (data: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: shop}\ndata: {${data}}\n`;

test.each([
  ['ENVOY-RBAC-NEVER', /(principal_name:\n\s+exact: \S+)\/web/, '$1/api', 'is refused by TLS, which takes spiffe://example.org/ns/shop/sa/web'],
  ['ENVOY-RBAC-NEVER', /(principal_name:\n\s+exact: )spiffe:\/\//, '$1', '"example.org/ns/shop/sa/web" is refused by TLS'],
  ['ENVOY-RBAC-NEVER', PLAIN, '- filters:', 'the listener takes no TLS, so nobody has a name'],
  ['ENVOY-RBAC-NEVER', 'port_value: 8443', 'port_value: 8444', 'destination_port is 8443, the listener has port 8444'],
  ['ENVOY-UPSTREAM', /(orders\.shop\.svc\.cluster\.local\n\s+port_value: )8443/, '$18080', 'orders.shop.svc.cluster.local is called at port 8080, its Service has 8443'],
  ['ENVOY-UPSTREAM', 'address: orders.shop', 'address: order.shop', 'there is no Service order in namespace shop; there is orders, web'],
  ['ENVOY-CLUSTER-TYPE', 'type: STRICT_DNS', 'type: EDS', 'cluster orders is of type EDS without eds_cluster_config'],
  ['ENVOY-CLUSTER-TYPE', /\s+type: STRICT_DNS/, '', 'cluster orders is of type STATIC, and orders.shop.svc.cluster.local is no address'],
  ['ENVOY-SAN-IDENTITY', `exact: ${ORDERS}`, 'exact: spiffe://example.org/ns/shop/sa/web', `sa/web is expected, the pods called are ${ORDERS}`],
  ['ENVOY-SECRET-SOURCE', /(name: spiffe:.*\n\s+)sds_config:[^]*?cluster_name: spire_agent\n/, '$1sds_config:\n', `secret "${ORDERS}" has no sds_config`],
  ['ENVOY-SECRET-SOURCE', /(set_node_on_first_message_only: true)\n\s+grpc_services:\n.*\n\s+cluster_name: spire_agent/, '$1', 'has an api_config_source without grpc_services'],
  ['ENVOY-SECRET-SOURCE', /\n\s+api_type: GRPC/, '', 'has an api_config_source without api_type'],
  ['ENVOY-SDS-CLUSTER', /(name: spiffe:[^]*?cluster_name: )spire_agent/, '$1ext_authz', 'is asked for at cluster ext_authz, the socket is that of cluster spire_agent'],
  ['ENVOY-ADMIN-CLUSTER', 'port_value: 15000', 'port_value: 15001', 'cluster admin leads to port 15000, the administration listens on 15001'],
  ['ENVOY-PORT', /address: 0\.0\.0\.0(\n\s+port_value: 8443)/, 'address: 127.0.0.1$1', 'port 8443 is open to the pod itself only'],
  ['ENVOY-PORT', 'containerPort: 8443', 'containerPort: 8444', 'port 8444 is none of Envoy\'s, which listens on 8443, 15021, 15000'],
  ['ENVOY-PROBE', 'path: /probes/orders/readinessProbe\n              port', 'path: /health\n              port', 'Envoy has no route for /health on port 15021'],
  ['ENVOY-DUPLICATE', 'name: status\n', 'name: inbound_8443\n', 'there is another listener "inbound_8443"'],
  ['ENVOY-UNREADABLE', '      listeners:\n', '     listeners:\n', 'not understood:'],
  ['ENVOY-SCHEMA', 'static_resources:', 'static_resource:', 'static_resource'],
  ['OPS-CONFIG-MISSING', '  envoy.yaml: |', '  envoy.yml: |', 'envoy reads "envoy.yaml" of ConfigMap orders-envoy, which has envoy.yml'],
  ['OPS-CONFIG-MISSING', 'mountPath: /etc/envoy\n', 'mountPath: /etc/proxy\n', 'envoy reads /etc/envoy/envoy.yaml, which is in /etc/proxy'],
  ['OPS-ENDLESS-INIT', '          restartPolicy: Always\n', '', 'init container opa runs until it is stopped'],
  ['OPA-ADDRESS', 'addr=127.0.0.1:9191', 'addr=127.0.0.1:9292', 'cluster ext_authz leads to port 9191, OPA in orders listens on 9292'],
  ['OPA-UNDEFINED-DECISION', 'path=envoy/authz/allow', 'path=envoy/authz/allowed', 'package envoy.authz has no rule allowed'],
  ['OPA-UNDEFINED-DECISION', 'package envoy.authz', 'package istio.authz', 'the decision is envoy/authz/allow, the policies are in package istio.authz'],
  ['OPA-LOADED-PATH', 'mountPath: /policy', 'mountPath: /policies', 'OPA loads /policy, mounted is /policies'],
  ['OPA-DATA', '"spiffe_access"', '"access"', 'nothing is loaded as data.spiffe_access; there is envoy, access, system'],
  ['OPA-INPUT-FIELD', 'source.principal', 'source.principals', 'input.attributes.source.principals is nothing that Envoy sends: there is address, service, labels, principal, certificate'],
  ['OPA-PROBE', 'path: /health?plugins', 'path: /healthz', 'OPA has no /healthz, and answers 404'],
  ['OPA-PROBE', 'port: 8282\n', 'port: 8383\n', 'the probe asks port 8383, OPA listens on 8181 and 8282'],
])('%s fails: %s -> %s', (rule, from, to, message) => {
  const text = typeof from === 'string' ? C.replace(from, () => to) : C.replace(from, to);
  expect(text).not.toBe(C);
  expect(found(rule, text)[0]).toContain(message);
});

test.each([
  ['ENVOY-RBAC-NEVER', 'a denial', /action: ALLOW([^]*?principal_name:\n\s+exact: \S+)\/web/, 'action: DENY$1/api'],
  ['ENVOY-RBAC-NEVER', 'a negation', /- authenticated:\n\s+principal_name:\n\s+exact: \S+/, '- not_id: {authenticated: {principal_name: {exact: "spiffe://example.org/ns/shop/sa/api"}}}'],
  ['ENVOY-RBAC-NEVER', 'names by their beginning', /exact: (\S+)\/web(\n {22}validation)/, 'prefix: $1/$2'],
  ['ENVOY-RBAC-NEVER', 'a port from before a redirection', /name: inbound_8443\n {10}address:([^]*?)port_value: 8443/, 'name: inbound_8443\n          use_original_dst: true\n          address:$1port_value: 8444'],
  ['ENVOY-UPSTREAM', 'a Service of another namespace that is not here', 'address: orders.shop.svc', 'address: orders.other.svc'],
  ['ENVOY-UPSTREAM', 'pods behind a Service without address', /(name: orders\n {2}namespace: shop\nspec:\n)( {2}ports:\n {4}- name: https\n {6}port: )8443/, '$1  clusterIP: None\n$29443'],
  ['ENVOY-CLUSTER-TYPE', 'a custom type', 'type: STRICT_DNS', 'cluster_type: {name: envoy.clusters.strict_dns}'],
  ['ENVOY-SAN-IDENTITY', 'one name of several', `- san_type: URI\n                        matcher:\n                          exact: ${ORDERS}`, `- {san_type: URI, matcher: {exact: "${ORDERS}"}}\n                      - {san_type: URI, matcher: {exact: "spiffe://example.org/a"}}`],
  ['ENVOY-SECRET-SOURCE', 'a source of another kind', /\n {4}node:([^]*?)sds_config:[^]*?cluster_name: spire_agent\n/, '\n    dynamic_resources: {ads_config: {}}\n    node:$1sds_config: {ads: {}}\n'],
  ['ENVOY-SECRET-SOURCE', 'a service without a list', /- envoy_grpc:\n\s+cluster_name: spire_agent/, '  envoy_grpc: {cluster_name: spire_agent}'],
  ['ENVOY-ADMIN-CLUSTER', 'another way to the metrics', /port_value: 15000([^]*?)path: \/stats\/prometheus/, 'port_value: 15001$1path: /metrics'],
  ['ENVOY-PORT', 'an image with more than Envoy', /envoyproxy\/envoy:([^]*?)containerPort: 8443/, 'envoy-with-processor:$1containerPort: 8444'],
  ['ENVOY-PORT', 'a bootstrap beside that of another Envoy', /( {2}envoy\.yaml: \|\n[^]*?)\/etc\/envoy\/envoy\.yaml([^]*?)containerPort: 8443/, '  front.yaml: ""\n$1/etc/envoy/front.yaml$2containerPort: 8444'],
  ['ENVOY-PORT', 'listeners that come later', /\n {4}node:/, '\n    dynamic_resources: {lds_config: {ads: {}}}\n    node:'],
  ['ENVOY-PROBE', 'a route by its beginning', 'path: /ready', 'prefix: /rea'],
  ['ENVOY-PROBE', 'the query of a path', 'path: /ready\n              port', 'path: /ready?a=b\n              port'],
  ['OPA-ADDRESS', 'a port of another container', /addr=127\.0\.0\.1:9191([^]*?)containerPort: 8282/, 'addr=127.0.0.1:9292$1containerPort: 9191'],
  ['OPA-UNDEFINED-DECISION', 'a whole package', 'path=envoy/authz/allow', 'path=envoy/authz'],
  ['OPA-LOADED-PATH', 'a folder above', '- /policy\n', '- /\n'],
  ['OPA-DATA', 'a field of the input', 'data.spiffe_access', 'input.data.access'],
  ['OPA-DATA', 'data under the name of its folder', /"spiffe_access"([^]*?)- \/policy\n/, '"access"$1- /\n'],
  ['OPA-DATA', 'data that is sent later', 'name: opa\n', 'name: opa-other\n          env: []\n        - name: feeder\n          image: openpolicyagent/kube-mgmt:9.0.0\n          restartPolicy: Always\n        - name: opa\n'],
  ['OPA-INPUT-FIELD', 'a name of old releases', 'request.http.method', 'metadata_context.filter_metadata'],
  ['OPA-INPUT-FIELD', 'a path of the oldest releases', 'socketAddress.portValue', 'Address.SocketAddress.PortSpecifier.PortValue'],
  ['OPA-INPUT-FIELD', 'what is below headers', 'request.http.method', 'request.http.headers.method'],
])('%s may have %s', (rule, _, from, to) => {
  const text = typeof from === 'string' ? C.replace(from, () => to) : C.replace(from, to);
  expect(text).not.toBe(C);
  expect(found(rule, text)).toEqual([]);
});

test.each([
  ['a key of a ConfigMap', MAP('envoy.yaml: "{}"') + POD('args: [-c, /etc/envoy/envoy.yaml]')],
  ['keys that are mapped', MAP('a: b') + POD('args: [-c, /etc/envoy/envoy.yaml]').replace('{name: a}}]}', '{name: a, items: [{key: a, path: envoy.yaml}]}}]}')],
  ['a file of the image', MAP('a: b') + POD('args: [-c, /etc/own/envoy.yaml]')],
  ['no file that is named', MAP('a: b') + POD('args: [--mode, serve]')],
])('OPS-CONFIG-MISSING may have %s', (_, text) => {
  expect(found('OPS-CONFIG-MISSING', text)).toEqual([]);
});

test('OPS-ENDLESS-INIT may have what ends', () => {
  const pod = (args: string): string => `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {initContainers: [{name: a, image: "envoyproxy/envoy:v1.40.0", args: [${args}]}], containers: []}`;
  expect(found('OPS-ENDLESS-INIT', pod('--mode, validate, -c, /a'))).toEqual([]);
  expect(found('OPS-ENDLESS-INIT', pod('-c, /a'))).toHaveLength(1);
  expect(found('OPS-ENDLESS-INIT', pod('-c, /a').replace('envoyproxy/envoy', 'a/envoy-init'))).toEqual([]);
  expect(found('OPS-ENDLESS-INIT', pod('/envoy, /shared').replace('args:', 'command: [cp], args:'))).toEqual([]);
});

test('ENVOY-SECRET-SOURCE may have secrets of the same file', () => {
  const text = C.replace(/(name: )(spiffe:\S+)\n\s+sds_config:[^]*?cluster_name: spire_agent\n/, '$1own\n');
  expect(found('ENVOY-SECRET-SOURCE', text)).toEqual(['secret "own" has no sds_config, and is not among static_resources.secrets']);
  expect(found('ENVOY-SECRET-SOURCE', text.replace('static_resources:\n', 'static_resources:\n      secrets: [{name: own}]\n'))).toEqual([]);
});
