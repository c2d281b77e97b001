import { OPA_RULES } from '../../../src/checks/rules/opa';
import { Case, describeRules, found } from '../cases';

const F = 'envoy.yaml';
const C = 'sidecar.yaml';

const PLUGIN = (plugin: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: two, namespace: shop}\ndata:\n  config.yaml: |\n    plugins:\n      envoy_ext_authz_grpc: ${plugin}`;

const ALONE = (addr: string, target: string | number, args = ''): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: alone, namespace: authz}
data:
  config.yaml: |
    plugins: {envoy_ext_authz_grpc: {${addr}path: envoy/authz/allow}}
---
apiVersion: v1
kind: Service
metadata: {name: alone, namespace: authz}
spec: {selector: {app: alone}, ports: [{name: grpc, port: 9191, targetPort: ${target}}, {name: http, port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: alone, namespace: authz, labels: {app: alone}}
spec:
  containers: [{name: opa, image: "openpolicyagent/opa:1.19.1-envoy", args: [run, --server, --addr=localhost:8181, --diagnostic-addr=0.0.0.0:8282, --config-file=/config/config.yaml${args}], volumeMounts: [{name: config, mountPath: /config}]}]
  volumes: [{name: config, configMap: {name: alone}}]`;
const REGO = (body: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: rego, namespace: authz}\ndata:\n  a.rego: |\n    package envoy.authz\n    p := input.attributes.source.principal\n    allow if ${body}\n`;

const ASKED = (port: number): string => ALONE('addr: ":9191", ', 9191).replace('spec:\n  containers: [', `spec:
  containers:
  - {name: envoy, image: "envoyproxy/envoy:v1.37.0", args: [-c, /envoy/envoy.yaml], volumeMounts: [{name: envoy, mountPath: /envoy}]}
  - `).replace(']}]\n  volumes: [', ']}\n  volumes: [{name: envoy, configMap: {name: asking}}, ') + `
---
apiVersion: v1
kind: ConfigMap
metadata: {name: asking, namespace: authz}
data:
  envoy.yaml: |
    static_resources:
      listeners:
      - name: in
        filter_chains:
        - filters:
          - name: hcm
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
              http_filters:
              - name: opa
                typed_config:
                  "@type": type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthz
                  grpc_service: {envoy_grpc: {cluster_name: opa}}
      clusters:
      - name: opa
        load_assignment: {endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: ${port}}}}}]}]}
`;

const CASES: Case[] = [
  ['OPA-NEVER', F, '', REGO('input.attributes.request.http.headers["X-Team"] == "a"')],
  ['OPA-NEVER', F, '', REGO('input.attributes.request.http.method == "get"')],
  ['OPA-UNREADABLE', F, 'default allow := false', 'default allow := false\n    default allow := false'],
  ['OPA-NEVER', F, '', REGO('input.parsed_path == ["api", "/users"]')],
  ['OPA-NEVER', F, '', REGO('input.attributes.destination.address.socketAddress.portValue == "8080"')],
  ['OPA-INPUT-FIELD', F, '', REGO('input.source.principal == "spiffe://example.org/a"')],
  ['OPA-DRY-RUN', F, '', PLUGIN('{path: envoy/authz/allow, dry-run: true}')],
  ['OPA-SERVICE-UNKNOWN', F, '', PLUGIN('{path: envoy/authz/allow}\n    services: {registry: {url: "https://a.example"}}\n    bundles: {authz: {service: policies}}')],
  ['OPA-PREFIX', F, '', REGO('startswith(p, "spiffe://example.org")')],
  ['OPA-UNREADABLE', C, 'statement.methods\n    }', 'statement.methods\n'],
  ['OPA-UNREADABLE', C, 'package envoy.authz', '# envoy.authz'],
  ['OPA-ADDRESS', C, 'addr=127.0.0.1:9191', 'addr=127.0.0.1:9292'],
  ['OPA-ADDRESS', F, '', ASKED(9292)],
  ['OPA-DATA', C, 'data.spiffe_access', 'data.access'],
  ['OPA-INPUT-FIELD', C, 'socketAddress.portValue', 'socketAddress.port'],
  ['OPA-LOADED-PATH', C, '- /policy\n', '- /policies\n'],
  ['OPA-UNDEFINED-DECISION', C, 'path=envoy/authz/allow', 'path=envoy/authz/allowed'],
  ['OPA-PROBE', C, 'path: /health?plugins', 'path: /healthz'],
  ['OPA-PROBE', C, 'port: 8282\n', 'port: 8383\n'],
  ['OPA-PORT', F, '', ALONE('addr: ":9292", ', 9191)],
  ['OPA-PORT', F, '', ALONE('', 9292)],
  ['OPA-PRINCIPAL', F, '', REGO('input.attributes.source.principal == "example.org/ns/shop/sa/web"')],
  ['OPA-PRINCIPAL', F, '', REGO('"cluster.local/ns/shop/sa/web" != p')],
  ['OPA-PRINCIPAL', F, '', REGO('startswith(input.source_principal, "example.org/ns/")')],
  ['OPA-IDENTITY-HEADER', F, 'input.attributes.source.principal', 'input.attributes.request.http.headers["x-spiffe-id"]'],
  ['OPA-IDENTITY-HEADER', F, 'input.attributes.source.principal', 'object.get(input.attributes.request.http.headers["x-client-identity"], [], "")'],
  ['OPA-OPEN-DEFAULT', F, 'default allow := false', 'default allow := true'],
  ['OPA-OPEN-DEFAULT', F, 'default allow := false', 'default allow = true'],
  ['OPA-REGO-V0', F, 'allow if {', 'allow {'],
  ['OPA-OLD-REGO-IMAGE', F, 'opa:1.19.1-envoy', 'opa:0.59.0-envoy'],
  ['OPA-XFCC', F, 'input.attributes.source.principal', 'input.attributes.request.http.headers["x-forwarded-client-cert"]'],
  ['OPA-PATH', F, 'input.parsed_path == ["api", "users"]', 'input.attributes.request.http.path == "/api/users"'],
  ['OPA-SPIFFE-INDEX', F, '[6]', '[4]'],
  ['OPA-SPIFFE-INDEX', F, '', REGO('split(input.attributes.source.principal, "/")[4] == "web"\n    web := "spiffe://example.org/ns/shop/sa/web"')],
  ['OPA-RATE-LIMIT', F, 'default allow := false', 'rate_limit contains d if { d := 1 }'],
  ['OPA-POLICY-FOLDER', F, '--ignore=.*, ', ''],
  ['OPA-NO-CONFIG', F, 'configMap: {name: policy}', 'configMap: {name: opa-config}'],
  ['OPA-NO-SERVICE', F, /      - name: envoy\n[^]*$/, '      volumes: [{name: policies, configMap: {name: policy}}]\n'],
  ['OPA-BUNDLE-PROBE', F, '"/health?plugins"', '"/health?bundle=true"'],
  ['OPA-OPEN-API', F, '--addr=localhost:8181', '--addr=0.0.0.0:8181'],
  ['OPA-REGO-V0', F, 'default allow := false', 'default allow := false\n    ids[id] { id := data.ids[_] }'],
  ['OPA-REGO-V0', F, 'default allow := false', 'default allow := false\n    role = "admin" { input.user == "root" }'],
  ['OPA-PATH', F, 'input.parsed_path == ["api", "users"]', 'req := input.attributes.request.http\n      req.path == "/api/users"'],
  ['OPA-SPIFFE-INDEX', F, 'default allow := false', 'default allow := false\n    parts := split(input.attributes.source.principal, "/")\n    sa := parts[5]'],
  ['OPA-PLUGIN', F, '', PLUGIN('{address: ":9191"}')],
  ['OPA-PLUGIN', F, '', PLUGIN('{path: envoy/authz/allow, query: data.envoy.authz.allow}')],
  ['OPA-DECISION-PATH', F, '', PLUGIN('{path: other/authz/allow}')],
  ['OPA-NO-PLUGIN', F, /opa:1.19.1-envoy([^]*)--ignore=/, 'opa:1.19.1$1--set=plugins.envoy_ext_authz_grpc.addr=:9191, --ignore='],
  ['OPA-PROBE', F, 'path: "/health?plugins", port: 8282', 'path: "/health", port: 8181'],
];

describeRules(OPA_RULES, CASES);

test.each([
  ['a Service that leads to OPA', ALONE('addr: ":9191", ', 9191)],
  ['one to the port where nothing is said', ALONE('', 9191)],
  ['one by a name that the container does not have', ALONE('', 'grpc')],
  ['a socket', ALONE('addr: unix:///run/opa.sock, ', 9191)],
  ['an address of the arguments', ALONE('addr: ":9292", ', 9191, ', "--set=plugins.envoy_ext_authz_grpc.addr=:9191"')],
  ['a port of two arguments', ALONE('', 9393, ', "--addr", ":9393"')],
  ['an ID', REGO('input.attributes.source.principal == "spiffe://example.org/ns/shop/sa/web"')],
  ['the beginning of one', REGO('startswith(p, "spiffe://example.org/")')],
  ['a part of one', REGO('split(p, "/")[4] == "shop"')],
  ['the namespace of one', REGO('split(input.attributes.source.principal, "/")[4] == "shop"\n    web := "spiffe://example.org/ns/shop/sa/web"')],
  ['a namespace with the name of an account', REGO('split(input.attributes.source.principal, "/")[4] == "web"\n    web := {"spiffe://example.org/ns/shop/sa/web", "spiffe://example.org/ns/web/sa/a"}')],
  ['the port of OPA', ASKED(9191)],
  ['another value of the same kind', REGO('input.attributes.source.principal_name == "web"')],
  ['a comment', REGO('true\n    # input.attributes.source.principal == "a"')],
])('%s is right', (_, text) => {
  expect(found(/^OPA-(ADDRESS|PORT|PRINCIPAL|SPIFFE-INDEX)$/, text)).toEqual([]);
});

test('headers and methods as Envoy sends them', () => {
  expect(found('OPA-NEVER', REGO('input.attributes.request.http.headers["x-team"] == "a"\n    lower(input.attributes.request.http.method) == "get"'))).toEqual([]);
  expect(found('OPA-NEVER', REGO('h := input.attributes.request.http.headers\n    data.teams["X"] == "get"'))).toEqual([]);
  expect(found('OPA-UNREADABLE', REGO('true\n    default role := "a"'))).toEqual([]);
});

test('prefixes that end, and services that are defined', () => {
  expect(found('OPA-PREFIX', REGO('startswith(p, "spiffe://example.org/")'))).toEqual([]);
  expect(found('OPA-PREFIX', REGO('startswith(input.attributes.request.http.path, "spiffe://a")'))).toEqual([]);
  const config = (services: string): string => PLUGIN(`{path: envoy/authz/allow}\n    services: ${services}\n    bundles: {authz: {service: policies}}\n    decision_logs: {console: true}`);
  expect(found('OPA-SERVICE-UNKNOWN', config('[{name: policies, url: "https://a.example"}]'))).toEqual([]);
  expect(found('OPA-SERVICE-UNKNOWN', config('{policies: {url: "https://a.example"}}'))).toEqual([]);
  expect(found('OPA-SERVICE-UNKNOWN', config('{other: {url: "https://a.example"}}'))).toEqual(['service "policies" is not defined: other']);
});
