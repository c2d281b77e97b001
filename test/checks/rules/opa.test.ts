import { OPA_RULES } from '../../../src/checks/rules/opa';
import { Case, describeRules } from '../cases';

const F = 'envoy.yaml';

const PLUGIN = (plugin: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: two, namespace: shop}\ndata:\n  config.yaml: |\n    plugins:\n      envoy_ext_authz_grpc: ${plugin}`;

const CASES: Case[] = [
  ['OPA-IDENTITY-HEADER', F, 'input.attributes.source.principal', 'input.attributes.request.http.headers["x-spiffe-id"]'],
  ['OPA-IDENTITY-HEADER', F, 'input.attributes.source.principal', 'object.get(input.attributes.request.http.headers["x-client-identity"], [], "")'],
  ['OPA-OPEN-DEFAULT', F, 'default allow := false', 'default allow := true'],
  ['OPA-OPEN-DEFAULT', F, 'default allow := false', 'default allow = true'],
  ['OPA-REGO-V0', F, 'allow if {', 'allow {'],
  ['OPA-OLD-REGO-IMAGE', F, 'opa:1.19.1-envoy', 'opa:0.59.0-envoy'],
  ['OPA-XFCC', F, 'input.attributes.source.principal', 'input.attributes.request.http.headers["x-forwarded-client-cert"]'],
  ['OPA-PATH', F, 'input.parsed_path == ["api", "users"]', 'input.attributes.request.http.path == "/api/users"'],
  ['OPA-SPIFFE-INDEX', F, '[6]', '[4]'],
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
