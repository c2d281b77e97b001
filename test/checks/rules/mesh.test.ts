import { MESH_RULES } from '../../../src/checks/rules/mesh';
import { Case, describeRules, findingsOf, fixture, found } from '../cases';

const F = 'mesh.yaml';
const S = 'spire.yaml';
const E = 'egress.yaml';
const POD = 'annotations: {inject.istio.io/templates: "sidecar,spire"}';
const CSI = 'csi:\n                driver: csi.spiffe.io\n                readOnly: true';
const VOLUME = `            - name: workload-socket\n              emptyDir: null\n              ${CSI}`;
const OPERATOR = 'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: istio}\nspec: ';
const POLICY = (rule: string): string => `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: one, namespace: shop}\nspec: {rules: [${rule}]}`;
const OVERLAY = `apiVersion: v1
kind: ConfigMap
metadata: {name: waypoint, namespace: shop, labels: {gateway.istio.io/defaults-for-class: istio-waypoint}}
data:
  deployment: |
    spec: {template: {spec: {volumes: [{name: workload-socket, emptyDir: null, csi: {driver: csi.spiffe.io, readOnly: true}}]}}}
`;
const OPA = (name: string, port: string): string => `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: opa}\nspec: {selector: {app: opa}, ports: [${port}]}`;
const PRINCIPALS = 'principals: [example.org/ns/shop/sa/web]}}]';

const NETWORKING = (kind: string, spec: string, group = 'networking'): string => `apiVersion: ${group}.istio.io/v1\nkind: ${kind}\nmetadata: {name: a, namespace: pay}\nspec: ${spec}`;

const SOCKET_POD = (annotations: string, mount: string): string => `apiVersion: v1
kind: Pod
metadata: {name: b, namespace: pay, labels: {sidecar.istio.io/inject: "true"}, annotations: {${annotations}}}
spec:
  containers: [{name: a, image: "registry.example.org/a:1", volumeMounts: [{name: s, mountPath: /spiffe${mount}}]}]
  volumes: [{name: s, csi: {driver: csi.spiffe.io, readOnly: true}}]`;

const SDS_AGENT = `apiVersion: v1
kind: ConfigMap
metadata: {name: agent, namespace: spire}
data:
  agent.conf: |
    agent {
      trust_domain = "example.org"
      sds { default_svid_name = "main" }
    }
    plugins { WorkloadAttestor "k8s" {} }`;
const NAMESPACE_OPEN = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: nothing, namespace: shop}
spec: {}
---
apiVersion: v1
kind: Service
metadata: {name: open, namespace: open}
spec: {selector: {app: open}, ports: [{name: http, port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: open, namespace: open, labels: {app: open, sidecar.istio.io/inject: "true"}}
spec: {containers: [{name: open, image: "open:1"}]}`;

const GATEWAY_API = (kind: string, spec: string, namespace = 'pay'): string => `apiVersion: gateway.networking.k8s.io/v1\nkind: ${kind}\nmetadata: {name: a, namespace: ${namespace}}\nspec: ${spec}`;

const CASES: Case[] = [
  ['MESH-AMBIENT-L7', F, '', `apiVersion: v1\nkind: Namespace\nmetadata: {name: flat, labels: {istio.io/dataplane-mode: ambient}}\n---\n${POLICY('{to: [{operation: {methods: [GET]}}]}').replace('shop', 'flat')}`],
  ['MESH-AUTO-MTLS', F, '', OPERATOR + '{meshConfig: {enableAutoMtls: false}}'],
  ['MESH-GATEWAY-SAN', F, '', NETWORKING('Gateway', '{selector: {istio: ingress}, servers: [{port: {number: 443, name: https, protocol: HTTPS}, hosts: [a.example], tls: {mode: SIMPLE, credentialName: a, subjectAltNames: ["spiffe://b.example/ns/a/sa/b"]}}]}')],
  ['MESH-LISTENER-TLS', F, '', GATEWAY_API('Gateway', '{gatewayClassName: istio, listeners: [{name: https, port: 443, protocol: HTTPS, tls: {mode: Terminate}}]}')],
  ['MESH-LISTENER-SHAPE', F, '', GATEWAY_API('Gateway', '{gatewayClassName: istio, listeners: [{name: a, port: 80, protocol: TCP, hostname: a.example.org}]}')],
  ['MESH-HTTP-ROUTE-SHAPE', F, '', GATEWAY_API('HTTPRoute', '{parentRefs: [{name: edge}], rules: [{backendRefs: [{name: b}]}]}')],
  ['MESH-REMOTE-SECRET', F, '', 'apiVersion: v1\nkind: Secret\nmetadata: {name: west, namespace: istio-system, annotations: {networking.istio.io/cluster: west}}\nstringData: {west: "{}"}'],
  ['MESH-REVISION', S, '', 'apiVersion: sailoperator.io/v1\nkind: Istio\nmetadata: {name: main}\nspec: {namespace: istio-system, values: {meshConfig: {trustDomain: example.org}}}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: pay, labels: {istio.io/rev: canary}}'],
  ['MESH-ROUTE-GRANT', F, '', `${GATEWAY_API('HTTPRoute', '{parentRefs: [{name: edge}], rules: [{backendRefs: [{name: b, namespace: other, port: 80}]}]}')}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: b, namespace: other}\nspec: {ports: [{port: 80}]}`],
  ['MESH-ROUTE-BACKEND', F, '', `${GATEWAY_API('HTTPRoute', '{parentRefs: [{name: edge}], rules: [{backendRefs: [{name: b, port: 8080}]}]}')}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: b, namespace: pay}\nspec: {ports: [{port: 80}]}`],
  ['MESH-ROUTE-LISTENER', F, '', `${GATEWAY_API('HTTPRoute', '{parentRefs: [{name: a, namespace: edge}], rules: []}')}\n---\n${GATEWAY_API('Gateway', '{gatewayClassName: istio, listeners: [{name: http, port: 80, protocol: HTTP}]}', 'edge')}`],
  ['MESH-VIRTUAL-SERVICE-SHAPE', F, '', NETWORKING('VirtualService', '{hosts: [a.example], http: [{route: [{destination: {host: b.example}}, {destination: {host: c.example}}]}]}')],
  ['MESH-CONFIG-SHAPE', S, '', 'apiVersion: sailoperator.io/v1\nkind: Istio\nmetadata: {name: a}\nspec: {values: {meshConfig: {trustDomain: example.org, defaultConfig: {proxyMetadata: {ISTIO_META_DNS_CAPTURE: true}}}}}'],
  ['MESH-AUTHZ-SHAPE', F, '', POLICY('{to: [{operation: {ports: ["80800"]}}]}')],
  ['MESH-VIRTUAL-SERVICE-SHAPE', F, '', NETWORKING('VirtualService', '{hosts: [a.example], http: [{match: [{headers: {x: {exact: a, regex: a.*}}}], route: [{destination: {host: b.example}}]}]}')],
  ['MESH-SELECTOR-STAR', F, '', NETWORKING('PeerAuthentication', '{selector: {matchLabels: {app: "web*"}}, mtls: {mode: STRICT}}', 'security')],
  ['MESH-SERVICE-ENTRY', F, '', NETWORKING('ServiceEntry', '{hosts: [a.example], resolution: DNS, endpoints: [{address: "https://a.example"}]}')],
  ['MESH-SERVICE-ENTRY', F, '', NETWORKING('WorkloadEntry', '{address: "https://a.example"}')],
  ['MESH-RULE-UNVERIFIED', F, '', NETWORKING('DestinationRule', '{host: db.example.com, trafficPolicy: {tls: {mode: SIMPLE, insecureSkipVerify: true}}}')],
  ['MESH-SERVICE-ENTRY-SELECTOR', F, '', `${NETWORKING('ServiceEntry', '{hosts: [vm.example.com], resolution: STATIC, workloadSelector: {labels: {app: vms}}}')}\n---\n${NETWORKING('WorkloadEntry', '{address: 10.0.0.1, labels: {app: vm}}')}`],
  ['MESH-TEMPLATE-SYNTAX', F, '', OPERATOR + '{values: {sidecarInjectorWebhook: {templates: {a: "{{ if .NativeSidecars }}spec: {}"}}}}'],
  ['MESH-WAYPOINT', F, '', `${GATEWAY_API('Gateway', '{gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}')}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: pay, labels: {istio.io/use-waypoint: waypoint}}`],
  ['MESH-DEFAULT-PROVIDERS', S, '', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata: {mesh: "{trustDomain: example.org, defaultProviders: {accessLogging: [envoy]}}"}'],
  ['MESH-GATEWAY-TEMPLATE', F, '', 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: edge, namespace: edge}\nspec: {chart: {spec: {chart: gateway}}, values: {podAnnotations: {inject.istio.io/templates: "sidecar,spire"}}}'],
  ['MESH-AUTO-IMAGE', E, 'templates: gateway,spire', 'templates: sidecar,spire'],
  ['MESH-GATEWAY-NO-SNI', E, '            subset: api-bank-example-com\n', ''],
  ['MESH-ROUTE-PROTOCOL', E, 'number: 443\n      protocol: TLS', 'number: 443\n      protocol: TCP'],
  ['MESH-RULE-CA', E, 'caCertificates: system', 'caCertificates: ca'],
  ['MESH-SERVICE-ENTRY-EMPTY', E, 'resolution: DNS', 'resolution: STATIC'],
  ['MESH-TLS-ORIGINATION', E, 'mode: SIMPLE', 'mode: DISABLE'],
  ['MESH-GATEWAY-CONFLICT', E, 'number: 8080\n        protocol: HTTPS', 'number: 8443\n        protocol: HTTP'],
  ['MESH-AUTHZ-SNI', E, /(connection.sni\n\s+values:\n\s+- )rates.example.com/, '$1rates.example.org'],
  ['MESH-AUTO-IMAGE', E, 'name: istio-proxy', 'name: proxy'],
  ['MESH-EXPORT', E, /(exportTo:\n {4}- \.\n) {4}- shop\n( {2}host: istio-egress)/, '$1$2'],
  ['MESH-GATEWAY-PORT', E, 'number: 8443\n        protocol: TLS', 'number: 8444\n        protocol: TLS'],
  ['MESH-GATEWAY-RIGHTS', E, 'mode: ISTIO_MUTUAL\n    - hosts', 'mode: SIMPLE\n        credentialName: edge\n    - hosts'],
  ['MESH-GATEWAY-SNI', E, 'sni: api.bank.example.com', 'sni: api.bank.example.org'],
  ['MESH-INIT-CONTAINER', E, /cni:\n {6}enabled: true([^]*)cni:\n {8}enabled: true/, 'cni:\n      enabled: false$1cni:\n        enabled: false'],
  ['MESH-INJECT-VALUE', E, 'sidecar.istio.io/inject: "true"', 'sidecar.istio.io/inject: "yes"'],
  ['MESH-NOT-INJECTED', E, /istio-injection: enabled([^]*name: shop\n)/, 'istio-injection: disabled$1'],
  ['MESH-ROUTE-GATEWAY', E, '    - mesh\n    - istio-egress/istio-egressgateway\n', '    - mesh\n'],
  ['MESH-ROUTE-KIND', E, 'protocol: TLS\n      tls', 'protocol: HTTPS\n      tls'],
  ['MESH-ROUTE-MATCH-PORT', E, 'port: 8443\n      route', 'port: 8444\n      route'],
  ['MESH-ROUTE-PORT', E, 'number: 8443\n            subset', 'number: 8444\n            subset'],
  ['MESH-ROUTE-SNI', E, 'sniHosts:\n            - api', 'sniHosts:\n            - apis'],
  ['MESH-TELEMETRY-PROVIDER', E, 'name: prometheus', 'name: access-log'],
  ['MESH-TEMPLATE-VOLUME', E, '            volumes:', '            volume:'],
  ['MESH-TWO-TARGETS', F, '', NETWORKING('Telemetry', '{selector: {matchLabels: {a: b}}, targetRefs: [{kind: Gateway, name: a}]}', 'telemetry')],
  ['MESH-SOCKET-MESH-WIDE', F, 'annotations: {inject.istio.io/templates: "sidecar,spire"}', 'annotations: {a: b}'],
  ['MESH-BUNDLE-URL', F, '{trustDomains: [partner.org]}', '{spiffeBundleUrl: "https://partner.org/bundle", trustDomains: [partner.org]}'],
  ['MESH-GATEWAY-CLIENT', F, '', `${NETWORKING('Gateway', '{servers: [{port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*"], tls: {mode: SIMPLE, credentialName: a}}]}')}\n---\n`
    + NETWORKING('VirtualService', '{hosts: [b.example.net], gateways: [a], http: [{headers: {request: {set: {x-client: "%DOWNSTREAM_PEER_URI_SAN%"}}}}]}')],
  ['MESH-CSI-SUB-PATH', F, '', SOCKET_POD('', ', subPath: socket')],
  ['MESH-PROXY-ANNOTATION', F, '', SOCKET_POD('proxy.istio.io/config: "proxyMetadata: A=b"', '')],
  ['MESH-PROXY-ANNOTATION', F, '', SOCKET_POD('proxy.istio.io/config: "{a: ["', '')],
  ['MESH-PROXY-ANNOTATION', F, '', SOCKET_POD(`proxy.istio.io/config: "${'- '.repeat(100_000)}"`, '')],
  ['MESH-PROXY-ANNOTATION', F, '', SOCKET_POD('proxy.istio.io/config: "holdApplicationUntilProxyStarts"', '')],
  ['MESH-ROUTE-SHADOWED', F, '', NETWORKING('VirtualService', '{hosts: [b.example.net], http: [{directResponse: {status: 200}}, {match: [{uri: {prefix: /a}}], directResponse: {status: 404}}]}')],
  ['MESH-ROUTE-SHADOWED', F, '', NETWORKING('VirtualService', '{hosts: [b.example.net], http: [{match: [{uri: {prefix: /}}]}, {match: [{uri: {prefix: /a}}]}]}')],
  ['MESH-GATEWAY-SERVER', F, '', NETWORKING('Gateway', '{servers: [{port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*"]}]}')],
  ['MESH-GATEWAY-ROUTE', F, '', `${NETWORKING('Gateway', '{servers: [{hosts: [c.example.net]}]}')}\n---\n${NETWORKING('VirtualService', '{hosts: [b.example.net], gateways: [a]}')}`],
  ['MESH-GATEWAY-ELSEWHERE', F, '', `${NETWORKING('Gateway', '{servers: []}').replace('namespace: pay', 'namespace: edge')}\n---\n${NETWORKING('VirtualService', '{hosts: [b.example.net], gateways: [a]}')}`],
  ['MESH-SERVICE-ENTRY', F, '', NETWORKING('ServiceEntry', '{hosts: ["*"]}')],
  ['MESH-EXTERNAL-IDENTITY', F, '', NETWORKING('ServiceEntry', '{hosts: [b.example.net], subjectAltNames: ["spiffe://example.org/ns/a/sa/b"]}')],
  ['MESH-SIDECAR', F, '', NETWORKING('Sidecar', '{egress: [{hosts: [a.example.org]}]}')],
  ['MESH-CONFIG-FIELD', F, 'trustDomain: example.org', 'trustDomain: example.org\n    enableAutoMTLS: true'],
  ['MESH-CONFIG-SHAPE', F, '', 'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: b}\nspec: {meshConfig: {trustDomain: example.org, connectTimeout: 0s}}'],
  ['MESH-ENVOY-FILTER-SHAPE', F, '', 'apiVersion: networking.istio.io/v1alpha3\nkind: EnvoyFilter\nmetadata: {name: x, namespace: shop}\nspec: {configPatches: [{patch: {operation: MERGE}}]}'],
  ['MESH-JWT-PRIVATE-KEY', F, '', 'apiVersion: security.istio.io/v1\nkind: RequestAuthentication\nmetadata: {name: x, namespace: shop}\nspec: {jwtRules: [{issuer: a, jwks: \'{"keys": [{"kty": "oct", "k": "AAAA"}]}\'}]}'],
  ['MESH-PROXY-CONFIG-SHAPE', F, '', 'apiVersion: networking.istio.io/v1beta1\nkind: ProxyConfig\nmetadata: {name: x, namespace: shop}\nspec: {environmentVariables: {A: ' + 'a'.repeat(3000) + '}}'],
  ['MESH-REFUSED-ANNOTATION', F, '', 'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: x, namespace: shop, annotations: {istio.io/dry-run: "true"}}\nspec: {}'],
  ['MESH-REQUEST-AUTHENTICATION-SHAPE', F, '', 'apiVersion: security.istio.io/v1\nkind: RequestAuthentication\nmetadata: {name: x, namespace: shop}\nspec: {jwtRules: [{issuer: a, fromParams: [""]}]}'],
  ['MESH-SIDECAR-SHAPE', F, '', 'apiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: {name: x, namespace: shop}\nspec: {egress: [{hosts: []}]}'],
  ['MESH-TARGET', F, '', 'apiVersion: telemetry.istio.io/v1\nkind: Telemetry\nmetadata: {name: x, namespace: shop}\nspec: {selector: {matchLabels: {"": a}}}'],
  ['MESH-TELEMETRY-SHAPE', F, '', 'apiVersion: telemetry.istio.io/v1\nkind: Telemetry\nmetadata: {name: x, namespace: shop}\nspec: {accessLogging: [{filter: {expression: "a =< b"}}]}'],
  ['MESH-TRAFFIC-EXTENSION-SHAPE', F, '', 'apiVersion: extensions.istio.io/v1alpha1\nkind: TrafficExtension\nmetadata: {name: x, namespace: shop}\nspec: {}'],
  ['MESH-WASM-SHAPE', F, '', 'apiVersion: extensions.istio.io/v1alpha1\nkind: WasmPlugin\nmetadata: {name: x, namespace: shop}\nspec: {url: "ftp://a/b"}'],
  ['MESH-WORKLOAD-ENTRY-SHAPE', F, '', 'apiVersion: networking.istio.io/v1\nkind: WorkloadEntry\nmetadata: {name: x, namespace: shop}\nspec: {address: a_b}'],
  ['MESH-WORKLOAD-GROUP-SHAPE', F, '', 'apiVersion: networking.istio.io/v1\nkind: WorkloadGroup\nmetadata: {name: x, namespace: shop}\nspec: {template: {}, probe: {tcpSocket: {port: 0}}}'],
  ['MESH-PROVIDER-SHAPE', F, '', 'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: b}\nspec: {meshConfig: {trustDomain: example.org, extensionProviders: [{name: a}]}}'],
  ['MESH-PROVIDER-KINDS', F, '', `${OPERATOR}{meshConfig: {trustDomain: example.org, extensionProviders: [{name: a, prometheus: {}, stackdriver: {}}]}}`],
  ['MESH-TEMPLATE-ALONE', F, '', 'apiVersion: v1\nkind: Pod\nmetadata: {name: b, annotations: {inject.istio.io/templates: "[sidecar,spire]"}}\nspec: {containers: [{name: a, image: "a:1"}]}'],
  ['MESH-OPERATOR-APPLIED', F, '', 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [mesh.yaml]\n---\napiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: b}\nspec: {meshConfig: {trustDomain: example.org}}'],
  ['MESH-RULE-TLS', F, '', NETWORKING('DestinationRule', '{host: a.example.org, trafficPolicy: {tls: {mode: MUTUAL}}}')],
  ['MESH-RULE-CERTIFICATE', F, '', NETWORKING('DestinationRule', '{host: a.example.org, trafficPolicy: {tls: {mode: ISTIO_MUTUAL, privateKey: /a}}}')],
  ['MESH-SAN-IDENTITY', F, 'trafficPolicy: {loadBalancer', 'trafficPolicy: {tls: {mode: ISTIO_MUTUAL, subjectAltNames: [spiffe://example.org/ns/shop/sa/web]}, loadBalancer'],
  ['MESH-AUTHZ-PLAIN-PORT', F, '', 'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: api, namespace: shop}\n'
    + 'spec: {selector: {matchLabels: {app: api}}, portLevelMtls: {"80": {mode: DISABLE}}}'],
  ['MESH-SAN-SCHEME', F, '', NETWORKING('DestinationRule', '{host: a.example.org, trafficPolicy: {tls: {mode: ISTIO_MUTUAL, subjectAltNames: [example.org/ns/shop/sa/web]}}}')],
  ['MESH-JWT-KEYS', F, '', NETWORKING('RequestAuthentication', '{jwtRules: [{issuer: "https://a", jwksUri: a}]}', 'security')],
  ['MESH-AUTHZ-IDENTITY-HEADER', F, '', NETWORKING('AuthorizationPolicy', '{rules: [{when: [{key: "request.headers[x-spiffe-id]", values: [a]}]}]}', 'security')],
  ['MESH-CSI-READ-ONLY', S, 'driver: csi.spiffe.io, readOnly: true', 'driver: csi.spiffe.io'],
  ['MESH-CSI-READ-ONLY', F, '\n                readOnly: true', ''],
  ['MESH-CSI-DRIVER', S, 'podInfoOnMount: true', 'podInfoOnMount: false'],
  ['MESH-CSI-UNKNOWN-DRIVER', S, 'driver: csi.spiffe.io, readOnly', 'driver: csi2.spiffe.io, readOnly'],
  ['MESH-CSI-PLUGIN-NAME', S, '-plugin-name, csi.spiffe.io', '-plugin-name, other.spiffe.io'],
  ['MESH-TEMPLATE-DRIVER', F, '', 'apiVersion: storage.k8s.io/v1\nkind: CSIDriver\nmetadata: {name: csi2.spiffe.io}\nspec: {attachRequired: false}'],
  ['MESH-SOCKET-FILE', F, 'WORKLOAD_IDENTITY_SOCKET_FILE: spire-agent.sock', 'WORKLOAD_IDENTITY_SOCKET_FILE: /run/spire-agent.sock'],
  ['MESH-SOCKET-FILE', F, POD, POD.replace('spire"}', 'spire", proxy.istio.io/config: "{proxyMetadata: {WORKLOAD_IDENTITY_SOCKET_FILE: a/b}}"}')],
  ['MESH-GATEWAY-TLS', F, 'mode: SIMPLE, credentialName: edge', 'mode: SIMPLE'],
  ['MESH-GATEWAY-TLS', F, 'mode: SIMPLE, credentialName: edge', 'mode: MUTUAL, serverCertificate: /a, privateKey: /b'],
  ['MESH-CSI-OLD', S, 'spiffe-csi-driver:0.2.12', 'spiffe-csi-driver:0.2.7'],
  ['MESH-INPUTS-DIFFER', F, '', `${OPERATOR}{meshConfig: {trustDomain: other.org}}`],
  ['MESH-INPUTS-DIFFER', F, '', 'meshConfig:\n  trustDomain: example.org\n  defaultConfig: {proxyMetadata: {WORKLOAD_IDENTITY_SOCKET_FILE: other.sock}}'],
  ['MESH-TWO-VIRTUAL-SERVICES', F, '', 'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: again, namespace: shop}\nspec: {hosts: [api.shop.svc.cluster.local], http: [{route: [{destination: {host: api}}]}]}'],
  ['MESH-SECURITY-FIELD', F, 'operation: {methods: [GET], ', 'operation: {method: [GET], '],
  ['MESH-SECURITY-FIELD', F, PRINCIPALS, 'principal: [example.org/ns/shop/sa/web]}}]'],
  ['MESH-STRICT-PLAINTEXT', F, 'trafficPolicy: {loadBalancer: {simple: LEAST_REQUEST}}', 'trafficPolicy: {tls: {mode: DISABLE}}'],
  ['MESH-STRICT-PLAINTEXT', F, 'host: api, subsets: [{name: v1, labels: {version: v1}}]', 'host: api.shop.svc.cluster.local, subsets: [{name: v1, labels: {version: v1}, trafficPolicy: {tls: {mode: SIMPLE}}}]'],
  ['MESH-STRICT-PLAINTEXT', F, 'trafficPolicy: {loadBalancer: {simple: LEAST_REQUEST}}', 'trafficPolicy: {portLevelSettings: [{port: {number: 80}, tls: {mode: DISABLE}}]}'],
  ['MESH-OPERATOR-FIELD', F, 'global: {meshID: mesh', 'global: {trustDomain: example.org'],
  ['MESH-OPERATOR-FIELD', F, 'pilot: {enabled: true', 'proxy: {enabled: true'],
  ['MESH-OPERATOR-FIELD', F, 'proxy: {resources: {}}', 'proxy: {env: {}}'],
  ['MESH-OPERATOR-DEAD', F, 'k8s: {resources: {}', 'k8s: {volumes: []'],
  ['MESH-CA-ADDRESS', F, 'meshID: mesh', 'caAddress: spire-server.spire:8081'],
  ['MESH-CA-ADDRESS', S, /name: spire-server, namespace: spire-server}\nspec: {selector: {app: spire-server}, ports: \[{name: grpc/, 'name: identity, namespace: spire-server}\nspec: {selector: {app: spire-server}, ports: [{name: grpc, port: 8081}]}\n---\n'
    + 'global: {caAddress: "identity.spire-server.svc:8081"}\nmeshConfig: {trustDomain: example.org}\nx: {y: [{name: grpc'],
  ['MESH-AUTHZ-PORT', F, 'ports: ["80"]', 'ports: ["8443"]'],
  ['MESH-AUTHZ-NO-TOKEN', F, /app: api}}\n  jwtRules([^]*)$/, 'app: other}}\n  jwtRules$1---\napiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: t, namespace: shop}\n'
    + 'spec: {action: DENY, selector: {matchLabels: {app: api}}, rules: [{from: [{source: {notRequestPrincipals: ["*"]}}]}]}\n'],
  ['MESH-AUTHZ-UNKNOWN-ACCOUNT', F, PRINCIPALS, 'principals: [example.org/ns/istio-system/sa/istio-ingressgateway]}}]'],
  ['MESH-AUTHZ-WIDE-ALLOW', F, '', 'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: all, namespace: shop}\nspec: {selector: {matchLabels: {app: api}}, rules: [{}]}'],
  ['MESH-UNKNOWN-HOST', F, '', 'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: api, namespace: edge}\nspec: {hosts: [a.org], http: [{route: [{destination: {host: api}}]}]}'],
  ['MESH-EXTERNAL-CA', F, 'PILOT_DEBOUNCE_MAX: 10s', 'EXTERNAL_CA: ISTIOD_RA_KUBERNETES_API'],
  ['MESH-UNKNOWN-ENV', F, 'PILOT_DEBOUNCE_MAX: 10s', 'TRUST_DOMAIN: example.org'],
  ['MESH-REDUNDANT-ENV', F, 'PILOT_DEBOUNCE_MAX: 10s', 'PILOT_ENABLE_WORKLOAD_ENTRY_AUTOREGISTRATION: true'],
  ['MESH-TEMPLATE-SOCKET', F, 'name: workload-socket\n', 'name: spire-socket\n'],
  ['MESH-TEMPLATE-HOST-PATH', F, CSI, 'hostPath: {path: /run/spire}'],
  ['MESH-TEMPLATE-CONTAINER', F, VOLUME, `${VOLUME}\n            containers:\n            - name: istio-proxy`],
  ['MESH-TEMPLATE-EMPTY-DIR', F, '              emptyDir: null\n', ''],
  ['MESH-TEMPLATE-LABELS', F, 'spire: |\n', 'spire: |\n          labels:\n            a: b\n'],
  ['MESH-TEMPLATE-MOUNT-PATH', F, VOLUME, `${VOLUME}\n            # mountPath: /run/secrets/workload-spiffe-uds`],
  ['MESH-TEMPLATE-CONFIG-MAP', F, VOLUME, `${VOLUME}\n            - name: bundle\n              configMap: {name: spire-bundle}`],
  ['MESH-TEMPLATE-UNKNOWN', F, 'templates: "sidecar,spire"', 'templates: "sidecar,spiffe"'],
  ['MESH-GATEWAY-TEMPLATE', F, '', `apiVersion: v1
kind: Pod
metadata: {name: b, namespace: pay, labels: {sidecar.istio.io/inject: "true", app: edge}, annotations: {inject.istio.io/templates: gateway}}
spec: {containers: [{name: istio-proxy, image: auto}]}
---
apiVersion: spire.spiffe.io/v1alpha1
kind: ClusterSPIFFEID
metadata: {name: edge}
spec: {spiffeIDTemplate: "spiffe://{{ .TrustDomain }}/edge", podSelector: {matchLabels: {app: edge}}}`],
  ['MESH-GATEWAY-SOCKET', F, 'path: "spec.template.spec.volumes.[name:workload-socket]"', 'path: "spec.template.spec.volumes.[name:workload-socket]", value: {name: workload-socket, csi: {driver: csi.spiffe.io}}'],
  ['MESH-GATEWAY-ENTRY', F, '', 'apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterSPIFFEID\nmetadata: {name: web}\nspec: {spiffeIDTemplate: "spiffe://{{ .TrustDomain }}/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}", podSelector: {matchLabels: {spire: "yes"}}}'],
  ['MESH-GATEWAY-SVID', F, '[name:workload-socket]', '[name:other]'],
  ['MESH-FAIL-OPEN', F, 'WORKLOAD_IDENTITY_SOCKET_FILE: spire-agent.sock', 'A: b'],
  ['MESH-HOLD-APPLICATION', S, /disable_container_selectors = true([^]*)$/, `$1---\n${OPERATOR}{meshConfig: {defaultConfig: {holdApplicationUntilProxyStarts: true}}}\n`],
  ['MESH-AMBIENT', F, 'profile: minimal', 'profile: ambient'],
  ['MESH-DEFAULT-PROVIDERS', F, /defaultProviders: {metrics: \[prometheus\]}([^]*)metrics: \[{.*/, 'defaultProviders: {accessLogging: [logs]}$1disabled: true'],
  ['MESH-PROVIDER', F, 'providers: [{name: logs}]', 'providers: [{name: otel}]'],
  ['MESH-PROVIDER', F, 'provider: {name: opa}', 'provider: {name: opa2}'],
  ['MESH-PROVIDER-SPIRE', F, 'service: opa.opa.svc.cluster.local', 'service: spire-server.spire.svc.cluster.local'],
  ['MESH-EXT-AUTHZ-TIMEOUT', F, ', timeout: 500ms', ''],
  ['MESH-EXT-AUTHZ-OPEN', F, ', timeout: 500ms', ', timeout: 500ms, failOpen: true'],
  ['MESH-TRUST-DOMAIN', F, 'trustDomain: example.org\n', 'trustDomain: my_mesh.org\n'],
  ['MESH-INJECT-ANNOTATION', F, POD, 'annotations: {sidecar.istio.io/inject: "true"}'],
  ['MESH-TLS-MODE-LABEL', F, 'labels: {app: web, version: v1}', 'labels: {app: web, security.istio.io/tlsMode: istio}'],
  ['MESH-HOST-PATH-SOCKET', S, 'csi: {driver: csi.spiffe.io, readOnly: true}', 'hostPath: {path: /run/spire/sockets}'],
  ['MESH-PERMISSIVE', F, 'mode: STRICT', 'mode: PERMISSIVE'],
  ['MESH-AUTHZ-PRINCIPAL', F, PRINCIPALS, `principals: ["spiffe://${PRINCIPALS.slice(13).replace(']', '"]')}`],
  ['MESH-AUTHZ-PRINCIPAL', F, PRINCIPALS, 'principals: ["example.org/ns/*/sa/web"]}}]'],
  ['MESH-AUTHZ-PRINCIPAL-FORM', F, PRINCIPALS, 'principals: [example.org/ns/istio-system/gateway/istio-proxy]}}]'],
  ['MESH-AUTHZ-FOREIGN', F, PRINCIPALS, 'principals: [example.com/ns/shop/sa/web]}}]'],
  ['MESH-AUTHZ-FOREIGN', F, PRINCIPALS, 'principals: ["example.org.example.com/*"]}}]'],
  ['MESH-AUTHZ-CLUSTER-LOCAL', F, PRINCIPALS, 'principals: [cluster.local/ns/shop/sa/web]}}]'],
  ['MESH-AUTHZ-KUBELET', F, PRINCIPALS, 'principals: [example.org/ns/kube-system/sa/system]}}]'],
  ['MESH-AUTHZ-UNKNOWN-ACCOUNT', F, PRINCIPALS, 'principals: [example.org/ns/shop/sa/wbe]}}]'],
  ['MESH-AUTHZ-SELF', F, PRINCIPALS, 'principals: [example.org/ns/shop/sa/api]}}]'],
  ['MESH-AUTHZ-WHEN', F, 'key: source.principal', 'key: "source.labels[version]"'],
  ['MESH-AUTHZ-SHAPE', F, 'action: CUSTOM\n  provider: {name: opa}', 'action: CUSTOM'],
  ['MESH-AUTHZ-SHAPE', F, 'action: DENY', 'action: REFUSE'],
  ['MESH-AUTHZ-SHAPE', F, PRINCIPALS, 'principals: [example.org/ns/shop/sa/web], serviceAccounts: [shop/web]}}]'],
  ['MESH-AUTHZ-REQUEST-PRINCIPAL', F, PRINCIPALS, 'requestPrincipals: ["https://oidc.example.org/spiffe://example.org/ns/a/sa/b"]}}]'],
  ['MESH-AUTHZ-UNKNOWN-ACCOUNT', F, /^[^]*?---\n([^]*)sa\/web\]}}\]/, '$1sa/wbe]}}]'],
  ['MESH-AUTHZ-NEVER', F, 'methods: [GET], paths: [/items/*]', 'methods: [get]'],
  ['MESH-AUTHZ-NEVER', F, 'paths: [/items/*]', 'paths: [items]'],
  ['MESH-AUTHZ-NEVER', F, 'paths: [/items/*]', 'paths: ["/items?id=*"]'],
  ['MESH-AUTHZ-NEVER', F, 'paths: [/items/*]', 'paths: [/items/*/price]'],
  ['MESH-AUTHZ-TCP', F, 'ports: [{name: http, port: 80}]', 'ports: [{name: tcp-items, port: 80}]'],
  ['MESH-AUTHZ-TCP', F, 'ports: [{name: http, port: 80}]', 'ports: [{name: items, appProtocol: tls, port: 80}]'],
  ['MESH-AUTHZ-PORT', F, 'ports: [{name: http, port: 80}]', 'ports: [{name: http, port: 80, targetPort: 8080}]'],
  ['MESH-AUTHZ-NO-TOKEN', F, /principals: \[example.org\/ns\/shop\/sa\/web\]}}\]([^]*)app: api}}\n  jwtRules/, 'requestPrincipals: ["*"]}}]$1app: web}}\n  jwtRules'],
  ['MESH-PLAINTEXT', F, 'mode: STRICT', 'mode: PERMISSIVE'],
  ['MESH-PLAINTEXT', F, 'mode: STRICT', 'mode: DISABLE'],
  ['MESH-TEMPLATE-SOCKET', F, CSI, 'emptyDir: {}'],
  ['MESH-UNKNOWN-HOST', F, 'destination: {host: api, subset: v1}', 'destination: {host: apii}'],
  ['MESH-UNKNOWN-HOST', F, 'destination: {host: api, subset: v1}', 'destination: {host: apii.shop.svc.cluster.local}'],
  ['MESH-AUTHZ-WIDE-ALLOW', F, '', 'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: all, namespace: shop}\nspec: {rules: [{from: [{source: {principals: ["example.org/ns/shop/*"]}}]}]}'],
  ['MESH-AUTHZ-METRICS-PATH', F, 'paths: [/items/*]', 'paths: [/stats/prometheus]'],
  ['MESH-AUTHZ-NORMALIZATION', F, 'normalization: MERGE_SLASHES', 'normalization: BASE'],
  ['MESH-AUTHZ-SELECTS-NOTHING', F, 'selector: {matchLabels: {app: web}}', 'selector: {matchLabels: {app: wbe}}'],
  ['MESH-JWT-ISSUER', S, '', 'apiVersion: security.istio.io/v1\nkind: RequestAuthentication\nmetadata: {name: a}\nspec: {jwtRules: [{issuer: "https://oidc.example.org/", audiences: [a]}]}'],
  ['MESH-JWT-ISSUER', S, '', 'apiVersion: security.istio.io/v1\nkind: RequestAuthentication\nmetadata: {name: a}\n'
    + 'spec: {jwtRules: [{issuer: "https://oidc.example.org", jwksUri: "https://oidc.example.org/jwks", audiences: [a]}]}'],
  ['MESH-JWT-AUDIENCE', F, ', audiences: [api]', ''],
  ['MESH-OLD-API', F, 'apiVersion: networking.istio.io/v1\nkind: Gateway', 'apiVersion: networking.istio.io/v1beta1\nkind: Gateway'],
  ['MESH-IDENTITY-HEADER', F, 'sourceLabels: {app: web}', 'headers: {spiffe-id: {exact: a}}'],
  ['MESH-IDENTITY-HEADER', F, 'simple: LEAST_REQUEST', 'consistentHash: {httpHeaderName: spiffe-id}'],
  ['MESH-IDENTITY-HEADER', F, 'x-request-from: web', 'x-spiffe-id: "spiffe://example.org/web"'],
  ['MESH-TWO-DESTINATION-RULES', F, '', ['SIMPLE', 'DISABLE'].map((mode, i) => 'apiVersion: networking.istio.io/v1\nkind: DestinationRule\n'
    + `metadata: {name: two-${i}, namespace: shop}\nspec: {host: two.example.org, trafficPolicy: {tls: {mode: ${mode}}}}\n`).join('---\n')],
  ['MESH-GATEWAY-SELECTOR', F, '', 'apiVersion: v1\nkind: Pod\nmetadata: {name: ingress, namespace: shop, labels: {istio: ingress}, annotations: {inject.istio.io/templates: gateway}}\nspec: {containers: []}\n'
    + '---\napiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: other, namespace: shop}\nspec: {selector: {istio: ingressgateway}}'],
  ['MESH-SDS-NAMES', F, '', SDS_AGENT],
  ['MESH-VIRTUAL-SERVICE-SHAPE', E, 'name: to-gateway', 'timeout: 0s'],
  ['MESH-DESTINATION-RULE-SHAPE', F, '', NETWORKING('DestinationRule', '{host: a.example.org, trafficPolicy: {}}')],
  ['MESH-GATEWAY-SHAPE', F, '', NETWORKING('Gateway', '{servers: []}')],
  ['MESH-SERVICE-ENTRY-SHAPE', F, '', NETWORKING('ServiceEntry', '{hosts: [a b]}')],
  ['MESH-ISTIO-WARNS', F, '', NETWORKING('ServiceEntry', '{hosts: ["*a.example.org"]}')],
  ['MESH-AUTHZ-NAMESPACE-OPEN', F, '', NAMESPACE_OPEN],
  ['MESH-JWT-CLOSED', F, '', 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a, namespace: istio-system}\nspec: {podSelector: {}, policyTypes: [Egress]}'],
  ['MESH-NETWORK-CLOSED', F, '', 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a, namespace: shop}\nspec: {podSelector: {}, policyTypes: [Ingress]}'],
  ['MESH-POLICY-ISTIOD', F, '', 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a, namespace: shop}\nspec: {podSelector: {}, policyTypes: [Egress]}'],
  ['MESH-SUBSET', F, 'host: api, subset: v1', 'host: api, subset: v2'],
  ['MESH-SUBSET', F, 'labels: {version: v1}}]', 'labels: {version: v3}}]'],
  ['MESH-TWO-VIRTUAL-SERVICES', F, '', 'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: two, namespace: shop}\nspec: {hosts: [api]}'],
  ['MESH-UNKNOWN-HOST', F, 'destination: {host: api, subset: v1}', 'destination: {host: api.shop.remote}'],
  ['MESH-SERVICE-ENTRY-LOCAL', F, 'address: 203.0.113.7', 'address: api.shop.svc.cluster.local'],
  ['MESH-GATEWAY-SECRET', F, '', `${NETWORKING('Gateway', '{selector: {istio: b}, servers: [{tls: {mode: SIMPLE, credentialName: b}, hosts: [b.org]}]}')}
---
apiVersion: v1
kind: Secret
metadata: {name: b, namespace: pay}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: b, namespace: edge}
spec: {template: {metadata: {labels: {istio: b}}}}`],
  ['MESH-GATEWAY-FILES', F, 'credentialName: edge', 'serverCertificate: /etc/tls.crt, privateKey: /etc/tls.key'],
  ['MESH-TELEMETRY-FIELD', F, 'accessLogging: [{providers: [{name: logs}]}]', 'accessLogging: [{format: {text: a}}]'],
  ['MESH-TELEMETRY-TAGS', F, 'value: "connection.uri_san_peer_certificate"', 'value: "%{SOURCE_PRINCIPAL}"'],
  ['MESH-TRACE-TAGS', F, 'formatter: {value: "%DOWNSTREAM_PEER_URI_SAN%"}', 'header: {name: x, defaultValue: "%{SOURCE_PRINCIPAL}"}'],
  ['MESH-LOG-OPERATOR', F, 'text: "%DOWNSTREAM_PEER_URI_SAN%"', 'text: "%SOURCE_PRINCIPAL%"'],
  ['MESH-TELEMETRY-ONE', F, '', 'apiVersion: telemetry.istio.io/v1\nkind: Telemetry\nmetadata: {name: two, namespace: shop}\nspec: {tracing: []}'],
  ['MESH-TELEMETRY-ENTRIES', F, 'tracing: [', 'tracing: [{providers: [{name: logs}]}, '],
  ['MESH-DEAD-CONFIG-MAP', F, '', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: tuning, namespace: istio-system}\ndata: {PILOT_DEBOUNCE_AFTER: 100ms}'],
  ['MESH-AUTHZ-EMPTY-LIST', F, PRINCIPALS, 'principals: []}}]'],
  ['MESH-AUTHZ-EMPTY-LIST', F, 'methods: [GET]', 'methods: []'],
  ['MESH-AUTHZ-EMPTY-LIST', F, `from: [{source: {${PRINCIPALS}`, 'from: []'],
  ['MESH-AUTHZ-PRINCIPAL', F, PRINCIPALS, 'principals: ["*/ns/shop/*"]}}]'],
  ['MESH-AUTHZ-NOT', F, '', POLICY('{from: [{source: {notNamespaces: [evil]}}]}').replace(/namespace: shop/, 'namespace: other')],
  ['MESH-AUTHZ-NOT', F, '', POLICY('{from: [{source: {notRequestPrincipals: [a/b]}}]}')],
  ['MESH-AUTHZ-NOT', F, '', POLICY('{when: [{key: "request.auth.claims[role]", notValues: [guest]}]}')],
  ['MESH-AUTHZ-DENY-TCP', F, 'ports: [{name: http, port: 80}]', 'ports: [{name: http, port: 80}, {name: tcp-db, port: 5432}]'],
  ['MESH-AUTHZ-ALIAS-PREFIX', F, PRINCIPALS, 'principals: ["cluster.local/ns/shop/*"]}}]'],
  ['MESH-AUTHZ-ALIAS-PREFIX', F, /caCertificates:.*([^]*)principals: \[example.org\/ns\/shop\/sa\/web\]}}/, 'trustDomainAliases: [old.org]$1principals: ["example.org/ns/shop/*"]}}'],
  ['MESH-AUTHZ-TRUST-DOMAIN', F, PRINCIPALS, 'trustDomains: [cluster.local]}}]'],
  ['MESH-AUTHZ-TRUST-DOMAIN', F, 'key: source.principal, values: [example.org/ns/shop/sa/web]', 'key: source.trustDomain, values: [other.org]'],
  ['MESH-AUTHZ-SHORT-ACCOUNT', F, '', POLICY('{from: [{source: {serviceAccounts: [web]}}]}').replace(/namespace: shop/, 'namespace: istio-system')],
  ['MESH-AUTHZ-HOST', F, 'paths: [/secret]', 'hosts: [admin.example.org]'],
  ['MESH-AUTHZ-HOST', F, 'methods: [GET]', 'notHosts: [admin.example.org]'],
  ['MESH-AUTHZ-CUSTOM', F, 'provider: {name: opa}', 'provider: {name: logs}'],
  ['MESH-AUTHZ-CUSTOM', F, /- name: logs([^]*)$/, '- name: two\n      envoyExtAuthzHttp: {service: a.b, port: 80, timeout: 1s}\n    - name: logs$1---\n'
    + 'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: two, namespace: shop}\nspec: {action: CUSTOM, provider: {name: two}, rules: [{}]}\n'],
  ['MESH-AUTHZ-REMOTE-IP', F, PRINCIPALS, 'remoteIpBlocks: [10.0.0.0/8]}}]'],
  ['MESH-AUTHZ-ISSUER', F, PRINCIPALS, 'requestPrincipals: ["https://other.org/*"]}}]'],
  ['MESH-AUTHZ-REQUEST-PRINCIPAL', F, PRINCIPALS, 'requestPrincipals: ["*/*"]}}]'],
  ['MESH-AUTHZ-NEVER', F, 'paths: [/items/*]', 'paths: ["/a%2Db"]'],
  ['MESH-AUTHZ-NEVER', F, 'paths: [/items/*]', 'paths: ["/items/{*}/*"]'],
  ['MESH-AUTHZ-NEVER', F, 'paths: [/items/*]', 'paths: ["*items*"]'],
  ['MESH-AUTHZ-REQUEST-PRINCIPAL', F, PRINCIPALS, 'requestPrincipals: ["https://oidc.example.org/spiffe://example.org/*"]}}]'],
  ['MESH-AUTHZ-TCP', F, /ports: \[{name: http, port: 80}\]([^]*)to: \[.*GET.*\]/,
    'ports: [{name: tcp-items, port: 80}]$1to: [{operation: {ports: ["80"]}}, {operation: {methods: [GET], ports: ["8080"]}}]'],
  ['MESH-PEER-SCOPE', F, '', ['one', 'two'].map((name) => 'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\n'
    + `metadata: {name: ${name}, namespace: shop}\nspec: {selector: {matchLabels: {app: api}}, mtls: {mode: STRICT}}`).join('\n---\n')],
  ['MESH-AUTHZ-NEVER', F, 'key: source.principal, values: [example.org/ns/shop/sa/web]', 'key: connection.sni, values: [Api.example.org]'],
  ['MESH-AUTHZ-PORT', F, /ports: \[{name: http, port: 80}\]([^]*)when: .*/, 'ports: [{name: http, port: 80, targetPort: 8080}]$1when: [{key: destination.port, values: ["80"]}]'],
  ['MESH-AUTHZ-PORT', F, /ports: \[{name: http, port: 80}\]([^]*)spec: {mtls: {mode: STRICT}}/,
    'ports: [{name: http, port: 80, targetPort: 8080}]$1spec: {selector: {matchLabels: {app: api}}, mtls: {mode: STRICT}, portLevelMtls: {80: {mode: PERMISSIVE}}}'],
  ['MESH-AUTHZ-SHAPE', F, 'metadata: {name: secret, namespace: shop}', 'metadata: {name: secret, namespace: shop, annotations: {istio.io/dry-run: "yes"}}'],
  ['MESH-AUTHZ-SHAPE', F, 'metadata: {name: opa, namespace: shop}', 'metadata: {name: opa, namespace: shop, annotations: {istio.io/dry-run: "true"}}'],
  ['MESH-AUTHZ-SHAPE', F, PRINCIPALS, 'ipBlocks: [10.0.0.0/33]}}]'],
  ['MESH-SECURITY-FIELD', F, PRINCIPALS, 'principal: [example.org/ns/shop/sa/web]}}]'],
  ['MESH-SECURITY-FIELD', F, '  rules: [{to: [{operation: {paths: [/secret]}}]}]', '  rule: [{to: [{operation: {paths: [/secret]}}]}]'],
  ['MESH-SECURITY-FIELD', F, 'mode: STRICT', 'mode: strict'],
  ['MESH-PEER-SCOPE', F, 'spec: {mtls: {mode: STRICT}}', 'spec: {mtls: {mode: STRICT}, portLevelMtls: {80: {mode: PERMISSIVE}}}'],
  ['MESH-PEER-SCOPE', F, '', 'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: two, namespace: shop}\nspec: {mtls: {mode: STRICT}}'],
  ['MESH-PEER-SCOPE', F, '', 'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: api, namespace: istio-system}\n'
    + 'spec: {selector: {matchLabels: {app: api}}, mtls: {mode: STRICT}}'],
  ['MESH-TOKEN-OPTIONAL', F, 'action: CUSTOM\n  provider: {name: opa}', 'action: DENY'],
  ['MESH-CA-ADDRESS', F, POD, POD.replace('spire"}', 'spire", proxy.istio.io/config: "{proxyMetadata: {CA_ADDR: \'spire-server.spire:8081\'}}"}')],
  ['MESH-UNKNOWN-ENV', F, 'WORKLOAD_IDENTITY_SOCKET_FILE: spire-agent.sock', 'WORKLOAD_IDENTITY_SOCKET_FILE: spire-agent.sock, CA_SOCKET: /run/a.sock'],
  ['MESH-UNKNOWN-ENV', F, '', 'apiVersion: networking.istio.io/v1beta1\nkind: ProxyConfig\nmetadata: {name: a, namespace: shop}\nspec: {environmentVariables: {USE_EXTERNAL_WORKLOAD_SDS: "true"}}'],
  ['MESH-OPERATOR-FIELD', F, '', 'apiVersion: sailoperator.io/v1\nkind: Istio\nmetadata: {name: default}\nspec: {version: v1.30.3, values: {meshConfig: {trustDomain: example.org}, global: {proxy: {env: {}}}}}'],
  ['MESH-TRUST-DOMAIN', F, 'trustDomains: [partner.org]', 'trustDomains: ["*.partner.org"]'],
  ['MESH-TRUST-DOMAIN', F, 'trustDomain: example.org\n', 'trustDomain: example.org\n    trustDomainAliases: ["spiffe://old.org"]\n'],
  ['MESH-AMBIENT', S, '', 'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: b, labels: {app: web, istio.io/dataplane-mode: ambient}}\nspec: {}\n---\n'
    + 'apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterSPIFFEID\nmetadata: {name: a}\nspec: {spiffeIDTemplate: "spiffe://a/b", podSelector: {matchLabels: {app: web}}}'],
  ['MESH-FILE-TLS', F, /profile: minimal([^]*)trafficPolicy: {/, 'tag: 1.25.0\n  profile: minimal$1trafficPolicy: {tls: {mode: SIMPLE, caCertificates: system}, '],
  ['MESH-GATEWAY-OVERLAY', F, '', OVERLAY.replace('deployment:', 'pod:')],
  ['MESH-GATEWAY-OVERLAY', F, '', OVERLAY.replace(', readOnly: true', '')],
  ['MESH-GATEWAY-OVERLAY', F, '', `${OVERLAY}---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: edge, namespace: shop}\n`
    + 'spec: {gatewayClassName: istio, infrastructure: {parametersRef: {group: "", kind: ConfigMap, name: other}}}'],
  ['MESH-TWO-VOLUME-TYPES', F, /profile: minimal([^]*)$/, `tag: 1.30.3\n  profile: minimal$1---\n${OVERLAY.replace('emptyDir: null, ', '')}`],
  ['MESH-TWO-VOLUME-TYPES', F, /profile: minimal([^]*) {14}emptyDir: null\n([^]*)templates: "sidecar,spire"/, 'tag: 1.26.2\n  profile: minimal$1$2templates: "gateway,spire"'],
  ['MESH-PROVIDER-SERVICE', F, '', OPA('other', '{name: grpc, port: 9191}')],
  ['MESH-PROVIDER-SERVICE', F, '', OPA('opa', '{name: grpc, port: 9292}')],
  ['MESH-PROVIDER-SERVICE', F, '', OPA('opa', '{name: authz, port: 9191}')],
  ['MESH-CSI-DRIVER', F, '', 'apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: a}\nspec: {csi: {driver: csi.spiffe.io, volumeHandle: a}}'],
  ['MESH-TEMPLATE-MISSING', F, '', 'apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterSPIFFEID\nmetadata: {name: a}\nspec: {spiffeIDTemplate: "spiffe://a/a", podSelector: {matchLabels: {version: v1}}}\n---\n'
    + 'apiVersion: v1\nkind: Pod\nmetadata: {name: old, namespace: shop, labels: {version: v1}}\nspec: {containers: [{name: old, image: "old:1"}]}'],
  ['MESH-AUTHZ-GATEWAY-PORT', F, '', `${NETWORKING('Gateway', '{selector: {app: web}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]}')}\n---\n`
    + 'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: edge, namespace: shop}\nspec: {selector: {matchLabels: {app: web}}, rules: [{to: [{operation: {ports: ["443"]}}]}]}'],
  ['MESH-REVISION', F, 'istio-injection: enabled', 'istio.io/rev: 1-31-0'],
  ['MESH-GATEWAY-OLD-TLS', F, 'tls: {mode: SIMPLE,', 'tls: {minProtocolVersion: TLSV1_1, mode: SIMPLE,'],
  ['MESH-RULE-UNVERIFIED', F, 'trafficPolicy: {', 'trafficPolicy: {tls: {mode: SIMPLE, insecureSkipVerify: true}, '],
  ['MESH-ENTRY-CLOSED', F, '', `${NETWORKING('ServiceEntry', '{hosts: [bank.example.com], exportTo: ["."], resolution: DNS, ports: [{number: 443, name: tls, protocol: TLS}]}').replace('namespace: pay', 'namespace: shop')}\n---\n`
    + 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: closed, namespace: shop}\nspec: {podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 8443}]}]}'],
  ['MESH-SIDECAR-HIDES', F, '', NETWORKING('Sidecar', '{egress: [{hosts: ["istio-system/*"]}]}').replace('namespace: pay', 'namespace: shop')],
  ['MESH-PORT-EXCLUDED', F, '      labels: {app: api, version: v1}\n      annotations: {', '      labels: {app: api, version: v1}\n      annotations: {traffic.sidecar.istio.io/excludeInboundPorts: "80", '],
];

describeRules(MESH_RULES, CASES);

test('the discovery document as jwksUri is told once', () => {
  const request = NETWORKING('RequestAuthentication', '{jwtRules: [{issuer: "https://oidc.example.org", audiences: [a], jwksUri: "https://oidc.example.org/.well-known/openid-configuration"}]}', 'security');
  expect(findingsOf(/^MESH-JWT/, `${fixture(S)}---\n${request}\n`).map(({ rule }) => rule)).toEqual(['MESH-JWT-KEYS']);
});

test.each([
  ['a folder of sockets', SOCKET_POD('', '')],
  ['a proxy configuration in JSON', SOCKET_POD('proxy.istio.io/config: \'{"proxyMetadata": {"A": "b"}}\'', '')],
  ['an empty proxy configuration', SOCKET_POD('proxy.istio.io/config: ""', '')],
  ['a default route behind another', NETWORKING('VirtualService', '{hosts: [b.example.net], http: [{match: [{uri: {prefix: /a}}]}, {directResponse: {status: 200}}, {directResponse: {status: 200}}]}')],
])('%s is right', (_, text) => {
  expect(found(/^MESH-(CSI-SUB-PATH|PROXY-ANNOTATION|ROUTE-SHADOWED)$/, text)).toEqual([]);
});
