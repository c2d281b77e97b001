import { found } from '../cases';

const OBJECT = (apiVersion: string, kind: string) => (spec: string): string => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a, namespace: shop}\nspec: ${spec}\n`;
const POLICY = OBJECT('security.istio.io/v1', 'AuthorizationPolicy');
const SOURCE = (source: string): string => POLICY(`{rules: [{from: [{source: {${source}}}]}]}`);
const OPERATION = (operation: string): string => POLICY(`{rules: [{to: [{operation: {${operation}}}]}]}`);
const WHEN = (condition: string): string => POLICY(`{rules: [{when: [{${condition}}]}]}`);
const PEER = OBJECT('security.istio.io/v1', 'PeerAuthentication');
const TOKENS = OBJECT('security.istio.io/v1', 'RequestAuthentication');
const TELEMETRY = OBJECT('telemetry.istio.io/v1', 'Telemetry');
const WASM = OBJECT('extensions.istio.io/v1alpha1', 'WasmPlugin');
const EXTENSION = OBJECT('extensions.istio.io/v1alpha1', 'TrafficExtension');
const ENTRY = OBJECT('networking.istio.io/v1', 'WorkloadEntry');
const GROUP = OBJECT('networking.istio.io/v1', 'WorkloadGroup');
const PROXY = OBJECT('networking.istio.io/v1beta1', 'ProxyConfig');
const KEYS = (...keys: string[]): string => TOKENS(`{jwtRules: [{issuer: a, jwks: '{"keys": [${keys.join(', ')}]}'}]}`);
const LONG = 'x'.repeat(300);

test.each([
  ['MESH-AUTHZ-SHAPE', POLICY('{action: "", rules: [{}]}'), 'action "" is unknown'],
  ['MESH-AUTHZ-SHAPE', SOURCE('principals: [""]'), 'an empty value is not taken'],
  ['MESH-AUTHZ-SHAPE', SOURCE('notRequestPrincipals: [""]'), 'an empty value is not taken'],
  ['MESH-AUTHZ-SHAPE', SOURCE('serviceAccounts: [a/b/c]'), 'service account "a/b/c" is neither'],
  ['MESH-AUTHZ-SHAPE', SOURCE('serviceAccounts: [/b]'), 'service account "/b" is neither'],
  ['MESH-AUTHZ-SHAPE', SOURCE('serviceAccounts: [""]'), 'an empty value is not taken'],
  ['MESH-AUTHZ-SHAPE', SOURCE('notServiceAccounts: ["a/*"]'), 'service accounts take no wildcards'],
  ['MESH-AUTHZ-SHAPE', SOURCE(`serviceAccounts: [${LONG}${LONG}]`), 'a service account of 600 characters'],
  ['MESH-AUTHZ-SHAPE', SOURCE(`serviceAccounts: [${'a, '.repeat(17)}]`), 'more than 16 serviceAccounts'],
  ['MESH-AUTHZ-SHAPE', SOURCE('serviceAccounts: [a], namespaces: [b]'), 'serviceAccounts and namespaces exclude each other'],
  ['MESH-AUTHZ-SHAPE', SOURCE('trustDomains: [prod.*.org]'), 'has a star in the middle, or several'],
  ['MESH-AUTHZ-SHAPE', SOURCE('notTrustDomains: ["*a*"]'), 'has a star in the middle, or several'],
  ['MESH-AUTHZ-SHAPE', SOURCE('trustDomains: ["spiffe://a"]'), 'trust domain "spiffe://a" has a slash'],
  ['MESH-AUTHZ-SHAPE', SOURCE('notRemoteIpBlocks: [10.0.0]'), '"10.0.0" is no address or range'],
  ['MESH-AUTHZ-SHAPE', OPERATION('notPorts: [http]'), 'port "http" is no number'],
  ['MESH-AUTHZ-SHAPE', OPERATION('ports: ["70000"]'), 'port "70000" is above 65535'],
  ['MESH-AUTHZ-SHAPE', OPERATION('notHosts: [""]'), 'an empty value is not taken'],
  ['MESH-AUTHZ-SHAPE', OPERATION('paths: ["/a/{*}.css"]'), 'has braces in segment "{*}.css"'],
  ['MESH-AUTHZ-SHAPE', OPERATION('notPaths: ["/a/{id}"]'), 'has braces in segment "{id}"'],
  ['MESH-AUTHZ-SHAPE', OPERATION('paths: ["/{**}/a/{*}"]'), 'a template behind {**}'],
  ['MESH-AUTHZ-SHAPE', OPERATION('paths: ["/{*}/*"]'), 'beside it segment "*", which must be plain text'],
  ['MESH-AUTHZ-WHEN', WHEN('key: source.ip, values: [10.0.0]'), 'source.ip: "10.0.0" is no address or range'],
  ['MESH-AUTHZ-WHEN', WHEN('key: remote.ip, notValues: [10.0.0.0/33]'), 'remote.ip: "10.0.0.0/33" is no address or range'],
  ['MESH-AUTHZ-WHEN', WHEN('key: destination.port, values: [http]'), 'destination.port: port "http" is no number'],
  ['MESH-AUTHZ-WHEN', WHEN('key: source.namespace, values: [""]'), 'source.namespace: an empty value is not taken'],
  ['MESH-AUTHZ-WHEN', WHEN('key: source.serviceAccount, values: [a/b/c]'), 'source.serviceAccount: service account "a/b/c" is neither'],
  ['MESH-AUTHZ-WHEN', WHEN('key: source.trustDomain, values: [a*b]'), 'source.trustDomain: "a*b" has a star in the middle'],
  ['MESH-AUTHZ-WHEN', WHEN('key: experimental.envoy.filters.a, values: [a]'), 'key "experimental.envoy.filters.a" is unknown'],
  ['MESH-SECURITY-FIELD', PEER('{selector: {matchLabels: {a: b}}, portLevelMtls: {0: {mode: STRICT}}}'), 'port "0" is not from 1 to 65535'],
  ['MESH-SECURITY-FIELD', PEER('{selector: {matchLabels: {a: b}}, portLevelMtls: {}}'), 'portLevelMtls has no port'],
  ['MESH-REQUEST-AUTHENTICATION-SHAPE', TOKENS('{jwtRules: [{issuer: "", jwksUri: "https://a/b"}]}'), 'the issuer is empty'],
  ['MESH-REQUEST-AUTHENTICATION-SHAPE', TOKENS('{jwtRules: [{issuer: a, audiences: [""]}]}'), 'an empty value is not taken'],
  ['MESH-REQUEST-AUTHENTICATION-SHAPE', TOKENS('{jwtRules: [{issuer: a, fromHeaders: [{name: ""}]}]}'), 'an empty value is not taken'],
  ['MESH-REQUEST-AUTHENTICATION-SHAPE', TOKENS('{jwtRules: [{issuer: a, outputClaimToHeaders: [{claim: a, header: "x a"}]}]}'), '"x a" is no name of a header'],
  ['MESH-REQUEST-AUTHENTICATION-SHAPE', TOKENS('{jwtRules: [{issuer: a, timeout: 0s}]}'), '"0s" is less than 1ms'],
  ['MESH-REQUEST-AUTHENTICATION-SHAPE', TOKENS(`{jwtRules: [{issuer: a, jwksUri: "https://a/${LONG.repeat(7)}"}]}`), 'a URL of 2110 characters'],
  ['MESH-JWT-KEYS', TOKENS('{jwtRules: [{issuer: a, jwksUri: "https://a:b/c"}]}'), 'is no http or https URL'],
  ['MESH-JWT-KEYS', KEYS('{"n": "AAAA"}'), 'key 0 of jwks has kty ""'],
  ['MESH-JWT-KEYS', KEYS('{"kty": "OKP", "crv": "Ed25519", "x": "AAAA"}', '{"kty": "RSA", "e": "AQAB"}'), 'key 1 of jwks has no n'],
  ['MESH-JWT-KEYS', KEYS('{"kty": "RSA", "e": "AQAB", "n": "!"}'), 'key 0 of jwks has n that is no base64url'],
  ['MESH-JWT-KEYS', KEYS('{"kty": "RSA", "e": "AQAB", "n": "AAAA", "kid": 1}'), 'key 0 of jwks has kid that is no text'],
  ['MESH-JWT-PRIVATE-KEY', KEYS('{"kty": "RSA", "e": "AQAB", "n": "AAAA", "d": "AAAA"}'), 'key 0 of jwks is a private key'],
  ['MESH-TARGET', PEER('{selector: {matchLabels: {"": b}}}'), 'a label of the selector has no name'],
  ['MESH-SELECTOR-STAR', OBJECT('networking.istio.io/v1', 'Sidecar')('{workloadSelector: {labels: {app: "a*"}}}'), 'app: "a*" has a star'],
  ['MESH-SELECTOR-STAR', EXTENSION('{selector: {matchLabels: {app: "a*"}}}'), 'app: "a*" has a star'],
  ['MESH-SELECTOR-STAR', TELEMETRY('{selector: {matchLabels: {"a*": b}}}'), 'a*: "b" has a star'],
  ['MESH-TARGET', WASM(`{url: a/b, selector: {matchLabels: {a: ${LONG}}}}`), 'the value of label a has 300 characters'],
  ['MESH-TARGET', POLICY('{targetRefs: [{kind: Deployment, group: apps, name: a}]}'), 'targetRef is to kind "Deployment" of group "apps"'],
  ['MESH-TARGET', POLICY('{targetRefs: [{kind: constructor, group: constructor, name: a}]}'), 'targetRef is to kind "constructor"'],
  ['MESH-TARGET', TOKENS('{targetRef: {kind: Service, name: a, namespace: b}}'), 'targetRef has a namespace'],
  ['MESH-TARGET', TOKENS('{targetRefs: [{kind: Service, name: ""}]}'), 'targetRef has an empty name'],
  ['MESH-TARGET', TELEMETRY(`{targetRefs: [${'{kind: Service, name: a}, '.repeat(17)}]}`), 'targetRefs has 17 entries'],
  ['MESH-TELEMETRY-SHAPE', TELEMETRY('{metrics: [{providers: [{name: ""}]}]}'), 'the provider has no name'],
  ['MESH-TELEMETRY-SHAPE', TELEMETRY('{metrics: [{reportingInterval: 0s}]}'), '"0s" is less than 1ms'],
  ['MESH-TELEMETRY-SHAPE', TELEMETRY('{metrics: [{overrides: [{match: {customMetric: ""}}]}]}'), 'customMetric is empty'],
  ['MESH-TELEMETRY-SHAPE', TELEMETRY('{tracing: [{randomSamplingPercentage: 101}]}'), '101 is not taken: from 0 to 100'],
  ['MESH-TELEMETRY-SHAPE', TELEMETRY('{tracing: [{customTags: {a: {header: {name: ""}}}}]}'), 'tag a: header has an empty name'],
  ['MESH-TELEMETRY-SHAPE', TELEMETRY('{tracing: [{customTags: {"": {literal: {value: a}}}}]}'), 'a tag has no name'],
  ['MESH-TELEMETRY-SHAPE', TELEMETRY('{accessLogging: [{filter: {}}]}'), 'the filter has no expression'],
  ['MESH-TELEMETRY-SHAPE', TELEMETRY('{accessLogging: [{filter: {expression: "response.code >= 400 and a"}}]}'), 'is no CEL: and may not be there'],
  ['MESH-WASM-SHAPE', WASM('{url: ""}'), 'the URL is empty'],
  ['MESH-WASM-SHAPE', WASM('{url: a/b, pluginName: ""}'), 'an empty value is not taken'],
  ['MESH-WASM-SHAPE', WASM('{url: "spiffe://a/b"}'), 'has scheme spiffe: file, http, https, oci are taken'],
  ['MESH-WASM-SHAPE', WASM('{url: "registry.example.org:5000/a:1"}'), 'write oci://registry.example.org:5000/a:1'],
  ['MESH-WASM-SHAPE', WASM('{url: "a b"}'), 'is no URL'],
  ['MESH-WASM-SHAPE', WASM(`{url: a/b, sha256: ${'A'.repeat(64)}}`), 'is not of 64 digits'],
  ['MESH-WASM-SHAPE', WASM(`{url: a/b, imagePullSecret: ${LONG}}`), 'it has 300 characters: 253 are taken at most'],
  ['MESH-WASM-SHAPE', WASM(`{url: a/b, pluginName: ${LONG}}`), 'it has 300 characters: 256 are taken at most'],
  ['MESH-WASM-SHAPE', WASM('{url: a/b, match: [{ports: [{number: 0}]}]}'), 'port 0 is not from 1 to 65535'],
  ['MESH-WASM-SHAPE', WASM('{url: a/b, vmConfig: {env: [{name: ""}]}}'), 'a variable has no name'],
  ['MESH-WASM-SHAPE', WASM(`{url: a/b, vmConfig: {env: [{name: ${LONG}}]}}`), 'a name of 300 characters'],
  ['MESH-WASM-SHAPE', WASM('{url: a/b, vmConfig: {env: [{name: A}, {name: A}]}}'), 'variable A is there already'],
  ['MESH-WASM-SHAPE', WASM('{url: a/b, vmConfig: {env: [{name: A, value: b, valueFrom: HOST}]}}'), 'variable A has a value beside valueFrom HOST'],
  ['MESH-TRAFFIC-EXTENSION-SHAPE', EXTENSION('{wasm: {url: a/b}, lua: {inlineCode: a}}'), 'exactly one of wasm and lua'],
  ['MESH-TRAFFIC-EXTENSION-SHAPE', EXTENSION('{wasm: {url: "ftp://a"}}'), 'has scheme ftp'],
  ['MESH-TRAFFIC-EXTENSION-SHAPE', EXTENSION('{lua: {inlineCode: ""}}'), 'inlineCode is empty'],
  ['MESH-WORKLOAD-ENTRY-SHAPE', ENTRY('{ports: {http: 80}}'), 'there is no address'],
  ['MESH-WORKLOAD-ENTRY-SHAPE', ENTRY('{address: "*.a.b"}'), 'is neither an IP address nor a DNS name'],
  ['MESH-WORKLOAD-ENTRY-SHAPE', ENTRY('{address: "unix://a"}'), 'is no socket'],
  ['MESH-WORKLOAD-ENTRY-SHAPE', ENTRY('{address: "unix:///a", ports: {http: 80}}'), 'is a socket, which has no ports'],
  ['MESH-WORKLOAD-ENTRY-SHAPE', ENTRY('{address: 10.0.0.1, ports: {"a b": 80}}'), '"a b" is no name of a port'],
  ['MESH-WORKLOAD-ENTRY-SHAPE', ENTRY('{address: 10.0.0.1, ports: {http: 0}}'), 'port 0 is not from 1 to 65535'],
  ['MESH-WORKLOAD-ENTRY-SHAPE', ENTRY('{address: 10.0.0.1, labels: {a: "b*"}}'), '"b*" is no value of a label'],
  ['MESH-WORKLOAD-ENTRY-SHAPE', ENTRY('{address: 10.0.0.1, weight: -1}'), '-1 is not taken: at least 0 is wanted'],
  ['MESH-WORKLOAD-GROUP-SHAPE', GROUP('{template: {}, metadata: {labels: {"a b": c}}}'), '"a b" is no key of a label'],
  ['MESH-WORKLOAD-GROUP-SHAPE', GROUP('{template: {}, probe: {}}'), 'the probe has no way to ask'],
  ['MESH-WORKLOAD-GROUP-SHAPE', GROUP('{template: {}, probe: {grpc: {port: 80}}}'), 'the probe has grpc, which Istio refuses'],
  ['MESH-WORKLOAD-GROUP-SHAPE', GROUP('{template: {}, probe: {exec: {command: []}}}'), 'exec needs a command'],
  ['MESH-WORKLOAD-GROUP-SHAPE', GROUP('{template: {}, probe: {httpGet: {port: 80, scheme: https}}}'), 'scheme "https" is neither HTTP nor HTTPS'],
  ['MESH-WORKLOAD-GROUP-SHAPE', GROUP('{template: {}, probe: {httpGet: {port: 80, httpHeaders: [{name: x_a, value: b}]}}}'), '"x_a" is no name of a header'],
  ['MESH-WORKLOAD-GROUP-SHAPE', GROUP('{template: {}, probe: {tcpSocket: {port: 80}, periodSeconds: -1}}'), '-1 is not taken: at least 0 is wanted'],
  ['MESH-WORKLOAD-GROUP-SHAPE', GROUP('{template: {address: "unix:///a", ports: {http: 80}}}'), 'is a socket, which has no ports'],
  ['INPUT-SCHEMA', TOKENS('{jwtRules: [~]}'), 'jwtRules[0] is empty: remove it, or write what is meant'],
  ['INPUT-SCHEMA', SOURCE('principals: [~]'), 'principals[0] is empty: remove it'],
  ['INPUT-SCHEMA', GROUP('~'), 'spec has no template'],
  ['MESH-PROXY-CONFIG-SHAPE', PROXY(`{environmentVariables: {A: ${LONG.repeat(7)}}}`), 'the value has 2100 characters: 2048 are taken at most'],
  ['MESH-REFUSED-ANNOTATION', TELEMETRY('{}').replace('namespace', 'annotations: {istio.io/dry-run: "true"}, namespace'), 'Telemetry knows no dry-run'],
  ['MESH-REFUSED-ANNOTATION', POLICY('{}').replace('namespace', 'annotations: {internal.istio.io/parents: a}, namespace'), 'internal.istio.io/parents is not for users'],
])('%s fails: %s', (rule, text, message) => {
  expect(found(rule, text)).toEqual([expect.stringContaining(message)]);
});

test.each([
  SOURCE('principals: [a/ns/b/sa/c], trustDomains: ["*.example.org", "example.*", "*"], ipBlocks: ["::1", fd00::/8, "${RANGE}"]'),
  SOURCE('serviceAccounts: [a, b/c, "{{ .account }}"]'),
  OPERATION('ports: ["0", "65535", "${PORT}"], paths: ["/a/{*}/b/{**}", "/a*", "*", "/{{ .path }}"]'),
  WHEN('key: "request.auth.claims[a][b]", values: [c]'),
  WHEN('key: "experimental.envoy.filters.a.b[c]", values: [d]'),
  WHEN('key: destination.port, values: ["80", "${PORT}"]'),
  POLICY('{targetRefs: [{kind: Service, name: a}, {kind: GatewayClass, group: gateway.networking.k8s.io, name: b}, {kind: "{{ .kind }}", name: c}], rules: [{}]}'),
  PEER('{selector: {matchLabels: {a: "{{ .b }}*"}}, portLevelMtls: {8080: {mode: STRICT}}}'),
  TOKENS('{jwtRules: [{issuer: a, audiences: [b], outputClaimToHeaders: [{claim: a, header: x-a}], timeout: 500ms, jwks: "${KEYS}"}]}'),
  KEYS('{"kty": "RSA", "e": "AQAB", "n": "AAAA", "kid": "1"}'),
  TELEMETRY('{tracing: [{providers: [{name: a}], randomSamplingPercentage: 0.5, customTags: {a: {literal: {value: b}}}}], accessLogging: [{filter: {expression: "response.code >= 400"}}]}'),
  WASM(`{url: "registry.example.org/a:1", sha256: ${'a'.repeat(64)}, match: [{ports: [{number: 80}]}], vmConfig: {env: [{name: A, valueFrom: HOST}, {name: B, value: c}]}}`),
  EXTENSION('{lua: {inlineCode: "function envoy_on_request(h) end"}}'),
  ENTRY('{network: n}'),
  ENTRY('{address: "${ADDRESS}", ports: {http: "${PORT}"}, labels: {a: "{{ .b }}"}}'),
  ENTRY('{address: "unix:///a.sock"}'),
  GROUP('{template: {ports: {http: 80}}, probe: {httpGet: {port: 80, scheme: HTTPS, httpHeaders: [{name: x-a, value: b}]}}}'),
  PROXY('{concurrency: 0, environmentVariables: {A: b}}'),
])('takes %s', text => {
  const rules = /^MESH-(AUTHZ-SHAPE|AUTHZ-WHEN|SECURITY-FIELD|JWT-KEYS|JWT-PRIVATE-KEY|TARGET|REFUSED-ANNOTATION|.*-SHAPE)$/;
  expect(found(rules, text)).toEqual([]);
});

test('a patch of kustomize is no whole object', () => {
  const files = {
    'kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [base.yaml]\npatches: [{path: patch.yaml}]\n',
    'base.yaml': ENTRY('{address: 10.0.0.1}'),
    'patch.yaml': ENTRY('{weight: 5}'),
  };
  expect(found('MESH-WORKLOAD-ENTRY-SHAPE', files)).toEqual([]);
});
