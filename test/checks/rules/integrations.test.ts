import { check, found } from '../cases';
import { httpRoute, ingress } from '../fixtures/oidc';

const OPERATOR = (spec: string): string => `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: a}\nspec: ${spec}\n---\n`;
const SAIL = (version: string, values = 'meshConfig: {trustDomain: example.org}'): string =>
  `apiVersion: sailoperator.io/v1\nkind: Istio\nmetadata: {name: a}\nspec: {version: ${version}, namespace: istio-system, values: {${values}}}\n---\n`;
const RELEASE = (chart: string, version: string, values: string): string =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: a, namespace: istio-system}\nspec: {chart: {spec: {chart: ${chart}, version: ${version}}}, values: {${values}}}\n---\n`;
const APPLICATION = (version: string, values: string): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a, namespace: argocd}\nspec: {source: {chart: istiod, targetRevision: ${version}, helm: {values: "${values}"}}}\n---\n`;
const MESH = 'meshConfig: {trustDomain: example.org}';
const SOCKET = 'meshConfig: {trustDomain: example.org, defaultConfig: {proxyMetadata: {WORKLOAD_IDENTITY_SOCKET_FILE: spire-agent.sock}}}';
const POD = (metadata: string, namespace = 'shop'): string => `apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: ${namespace}, ${metadata}}\nspec: {containers: [{name: web, image: "web:1"}]}\n---\n`;
const INJECTED = 'labels: {sidecar.istio.io/inject: "true"}';
const TEMPLATE = (text: string, name = 'spire'): string => OPERATOR(`{${MESH}, values: {sidecarInjectorWebhook: {templates: {${name}: '${text}'}}}}`);
const CSI = 'csi: {driver: csi.spiffe.io, readOnly: true}';
const GATEWAY = (metadata: string, spec = ''): string =>
  `apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: a, namespace: edge${metadata}}\nspec: {gatewayClassName: istio${spec}}\n---\n`;
const TEMPLATES = 'annotations: {inject.istio.io/templates: "gateway,spire"}';
const PARTNER = (type: string): string =>
  `apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterFederatedTrustDomain\nmetadata: {name: a}\nspec: {trustDomain: partner.org, bundleEndpointURL: "https://partner.org", bundleEndpointProfile: {type: ${type}}}\n---\n`;
const BUNDLE = (env: string): string => OPERATOR(`{meshConfig: {trustDomain: example.org, caCertificates: [{spiffeBundleUrl: "https://partner.org/", trustDomains: [partner.org]}]}, values: {pilot: {env: {${env}}}}}`);
const ISTIO = (group: string, kind: string, spec: string): string => `apiVersion: ${group}.istio.io/v1\nkind: ${kind}\nmetadata: {name: a, namespace: shop}\nspec: ${spec}\n---\n`;
const POLICY = ISTIO('security', 'AuthorizationPolicy', '{rules: [{from: [{source: {trustDomains: [example.org]}}]}]}');
const FORMATTER = ISTIO('telemetry', 'Telemetry', '{tracing: [{customTags: {caller: {formatter: {value: "%DOWNSTREAM_PEER_URI_SAN%"}}}}]}');
const EDGE = (servers: string): string => ISTIO('networking', 'Gateway', `{selector: {istio: edge}, servers: [${servers}]}`);
const SERVER = (mode: string): string => `{port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*"], tls: {mode: ${mode}, credentialName: a}}`;
const ROUTE = (gateways: string, value: string): string => ISTIO('networking', 'VirtualService', `{hosts: [a.example.org], gateways: [${gateways}], http: [{headers: {request: {set: {x-client: "${value}"}}}}]}`);
const ISTIOD = (name: string): string => `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: istiod, namespace: istio-system}
spec: {template: {spec: {containers: [{name: discovery, image: "registry.istio.io/release/pilot:1.30.3", env: [{name: ${name}, value: "true"}]}]}}}\n---\n`;

const NP = (kind: string, spec: string): string => `apiVersion: ${kind === 'NetworkPolicy' ? 'networking.k8s.io/v1' : 'cilium.io/v2'}\nkind: ${kind}\nmetadata: {name: a, namespace: istio-system}\nspec: {${spec}}\n---\n`;
const LABELLED = ISTIOD('A').replace('template: {', 'template: {metadata: {labels: {app: istiod}}, ');
const ROUTES = (reference: string): string => EDGE('{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}') + ISTIO('networking', 'VirtualService', `{hosts: [a.example.org], gateways: [${reference}], http: []}`);
const API_SERVER = (flags: string): string => `apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: kube-system}\nspec: {containers: [{name: a, image: "registry.k8s.io/kube-apiserver:v1.35.1", command: [kube-apiserver, ${flags}]}]}\n`;
const WEBHOOK = (policy: string, enabled: string): string => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: spire-controller-manager-webhook}
webhooks: [{name: a.kb.io, ${policy}clientConfig: {service: {name: scm, namespace: spire, path: /validate-spire-spiffe-io-v1alpha1-clusterspiffeid}}, rules: [{apiGroups: [spire.spiffe.io]}]}]
---
apiVersion: v1
kind: Service
metadata: {name: scm, namespace: spire}
spec: {selector: {app: scm}, ports: [{port: 443, targetPort: 9443}]}
---
apiVersion: v1
kind: Pod
metadata: {name: scm, namespace: spire, labels: {app: scm}}
spec: {containers: [{name: a, image: "ghcr.io/spiffe/spire-controller-manager:0.6.6", env: [{name: ENABLE_WEBHOOKS, value: "${enabled}"}]}]}
`;
const AGENTS = (network: string): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: c, namespace: istio-system}
data:
  server.conf: |
    server { trust_domain = "example.org" }
---
apiVersion: v1
kind: ConfigMap
metadata: {name: d, namespace: istio-system}
data:
  agent.conf: |
    agent { trust_domain = "example.org" server_address = "s" }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: s, namespace: istio-system}
spec: {template: {metadata: {labels: {app: spire-server}}, spec: {containers: [{name: spire-server, image: "ghcr.io/spiffe/spire-server:1.15.3", args: [-config, /c/server.conf], volumeMounts: [{name: c, mountPath: /c}]}], volumes: [{name: c, configMap: {name: c}}]}}}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: a, namespace: istio-system}
spec: {template: {metadata: {labels: {app: spire-agent}}, spec: {${network}containers: [{name: spire-agent, image: "ghcr.io/spiffe/spire-agent:1.15.3", args: [-config, /c/agent.conf], volumeMounts: [{name: c, mountPath: /c}]}], volumes: [{name: c, configMap: {name: d}}]}}}
---
`;
const CNP = (from: string): string => NP('CiliumNetworkPolicy', `endpointSelector: {matchLabels: {app: spire-server}}, ingress: [{${from}}]`);

const CLASS = (namespace: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: ${namespace}, labels: {gateway.istio.io/defaults-for-class: istio}}\ndata: {}\n---\n`;
const EDGE_CHART = (values: string): string => RELEASE('gateway', '1.30.3', values).replace('name: a,', 'name: edge,');
const ANNOTATED = (text: string): string => POD(`annotations: {proxy.istio.io/config: "${text}"}, ${INJECTED}`);
const RULE = (names: string): string => ISTIO('networking', 'DestinationRule', `{host: a.example.org, trafficPolicy: {tls: {mode: ISTIO_MUTUAL, subjectAltNames: [${names}]}}}`);
const CERT = (uri: string): string => `apiVersion: redhatcop.redhat.io/v1alpha1\nkind: CertAuthEngineRole\nmetadata: {name: a}\nspec: {authentication: {path: a, role: a}, path: cert, certificate: a, allowedURISANs: ["${uri}"]}\n`;

const OPA = (port: string): string => `apiVersion: v1\nkind: Service\nmetadata: {name: opa, namespace: opa}\nspec: {selector: {app: opa}, ports: [{name: grpc, port: ${port}}]}\n---\n`;
const FILTER = (cluster: string): string => ISTIO('networking', 'EnvoyFilter', '{configPatches: [{applyTo: HTTP_FILTER, match: {context: GATEWAY}, patch: {operation: INSERT_FIRST, value: {name: a, typed_config: {'
  + `"@type": type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthz, transport_api_version: V3, grpc_service: {envoy_grpc: {cluster_name: "${cluster}"}, timeout: 1s}}}}}]}`);
const LOCAL = (port: string): string => ISTIO('networking', 'ServiceEntry', `{hosts: [opa.local], ports: [{number: ${port}, name: grpc, protocol: GRPC}], resolution: STATIC, endpoints: [{address: 127.0.0.1}]}`)
  + OPERATOR('{meshConfig: {trustDomain: example.org, extensionProviders: [{name: opa, envoyExtAuthzGrpc: {service: opa.local, port: 9191, timeout: 1s}}]}}');
const OPA_ARGS = (...args: string[]): string => `apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: opa}\nspec: {containers: [{name: opa, image: "openpolicyagent/opa:1.19.1-envoy", args: [run, ${args.map(arg => `"--set=plugins.envoy_ext_authz_grpc.${arg}"`).join(', ')}]}]}\n`;
const REGO = (text: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: opa}\ndata:\n  a.rego: |\n    package envoy.authz\n${text.split('\n').map(line => `    ${line}\n`).join('')}`;
const STACK = (rules: string): string => RELEASE('kube-prometheus-stack', '70.0.0', rules);
const EXPR = '[{name: a, rules: [{alert: A, expr: spire_agent_svid_expiry_seconds < 600}]}]';


test.each([
  ['MESH-OPERATOR-FIELD', SAIL('v1.30.3', `${MESH}, env: {A: b}`), 'values.env is no value of Istio: the environment of istiod is values.pilot.env'],
  ['MESH-OPERATOR-DEAD', RELEASE('istiod', '1.30.3', `${MESH}, pilot: {env: {A: b}}`), 'the chart istiod has no value pilot.env'],
  ['MESH-OPERATOR-DEAD', APPLICATION('1.24.1', `${MESH}\\npilot: {resources: {}}`), 'the chart istiod has no value pilot.resources'],
  ['MESH-OPERATOR-DEAD', `${MESH}\nglobal: {tag: 1.30.3}\npilot: {cni: {enabled: true}}\n`, 'the chart istiod has no value pilot.cni'],
  ['MESH-UNKNOWN-ENV', OPERATOR(`{${MESH}, values: {pilot: {env: {PILOT_DEBOUNCE_AFTRE: 1s}}}}`), 'istiod does not read PILOT_DEBOUNCE_AFTRE: write PILOT_DEBOUNCE_AFTER'],
  ['MESH-UNKNOWN-ENV', OPERATOR(`{hub: docker.io/istio, tag: 1.30.3-distroless, ${MESH}, values: {pilot: {env: {PILOT_OWN: a}}}}`), 'istiod does not read PILOT_OWN'],
  ['MESH-UNKNOWN-ENV', OPERATOR(`{hub: registry.example.org/own, ${MESH}, values: {pilot: {env: {PILOT_DEBOUNCE_AFTRE: 1s}}}}`), 'write PILOT_DEBOUNCE_AFTER'],
  ['MESH-UNKNOWN-ENV', ISTIOD('PILOT_ENABLE_SDS'), 'istiod does not read PILOT_ENABLE_SDS'],
  ['MESH-UNKNOWN-ENV', OPERATOR(`{tag: 1.22.8, ${SOCKET}}`), 'does not read WORKLOAD_IDENTITY_SOCKET_FILE before Istio 1.23'],
  ['MESH-SOCKET-MESH-WIDE', OPERATOR(`{${SOCKET}}`) + POD(INJECTED), 'no template brings spire-agent.sock to the proxies of shop/web'],
  ['MESH-SOCKET-MESH-WIDE', RELEASE('istiod', '1.30.3', SOCKET) + `apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {istio-injection: enabled}}\n---\n${POD('labels: {a: b}')}`, 'the proxies of shop/web'],
  ['MESH-TEMPLATE-CONTAINER', TEMPLATE(`{spec: {initContainers: [{name: istio-proxy, env: []}], volumes: [{name: workload-socket, ${CSI}}]}}`, 'edge') + POD('annotations: {inject.istio.io/templates: "gateway,edge"}'), 'template edge of gateways names istio-proxy among the init containers'],
  ['MESH-TEMPLATE-CONTAINER', OPERATOR(`{${MESH}, values: {sidecarInjectorWebhook: {templates: {spire: "spec:\\n  containers:\\n  - name: istio-proxy\\n"}}}}`) + POD('annotations: {inject.istio.io/templates: "gateway,spire"}') + POD('annotations: {inject.istio.io/templates: "sidecar,spire"}', 'other'),
    'template spire names istio-proxy in one list'],
  ['MESH-TWO-VOLUME-TYPES', TEMPLATE(`{spec: {volumes: [{name: workload-socket, emptyDir: {}, ${CSI}}]}}`), 'volume workload-socket of template spire is emptyDir and csi at once'],
  ['MESH-GATEWAY-OVERLAY', GATEWAY(`, ${TEMPLATES}`), 'inject.istio.io/templates has no effect'],
  ['MESH-GATEWAY-OVERLAY', GATEWAY('', `, infrastructure: {${TEMPLATES}}`), 'inject.istio.io/templates has no effect'],
  ['MESH-BUNDLE-URL', BUNDLE(''), 'ISTIO_MULTIROOT_MESH is not "true"'],
  ['MESH-BUNDLE-URL', BUNDLE('ISTIO_MULTIROOT_MESH: "true"') + PARTNER('https_spiffe'), 'is an endpoint of profile https_spiffe'],
  ['MESH-AUTHZ-TRUST-DOMAIN', SAIL('v1.30.3') + POLICY, 'Istio before 1.31 knows no trustDomains'],
  ['MESH-AUTHZ-TRUST-DOMAIN', RELEASE('istiod', '1.28.x', MESH) + POLICY.replace('from: [{source: {trustDomains: [example.org]}}]', 'when: [{key: source.trustDomain, values: [example.org]}]'), 'knows no source.trustDomain'],
  ['MESH-TRACE-TAGS', SAIL('v1.28-latest') + FORMATTER, 'tag caller is a formatter, which Istio has since 1.29 only'],
  ['MESH-GATEWAY-CLIENT', EDGE(SERVER('SIMPLE')) + ROUTE('a', '%DOWNSTREAM_PEER_URI_SAN%'), 'no server of a asks for a certificate'],
  ['FED-ISTIO-VERSION', RELEASE('istiod', '1.28.3', 'meshConfig: {trustDomain: example.org, caCertificates: [{trustDomains: [partner.org]}]}'), 'Istio 1.28.3 federates'],
  ['CILIUM-MUTUAL-AUTH', RELEASE('cilium', '1.20.2', 'authentication: {mutual: {spire: {enabled: true}}}'), 'authentication.mutual.spire.enabled: true'],
  ['MESH-POLICY-ISTIOD', LABELLED + NP('NetworkPolicy', 'podSelector: {matchLabels: {app: istiod}}, ingress: [{ports: [{port: 15017}]}]'), 'no policy lets anybody reach port 15012 of istio-system/istiod'],
  ['OPS-HOST-NETWORK-POLICY', AGENTS('hostNetwork: true, ') + CNP('fromEndpoints: [{matchLabels: {app: spire-agent}}]'), 'to Cilium they are the entities host and remote-node'],
  ['OPS-HOST-NETWORK-POLICY', AGENTS('hostNetwork: true, ') + CNP('fromEndpoints: [{matchLabels: {"k8s:app": spire-agent, "k8s:io.kubernetes.pod.namespace": istio-system}}]'), 'to Cilium they are the entities'],
  ['MESH-GATEWAY-ELSEWHERE', ROUTES('b'), 'there is no Gateway b in shop, where there is a'],
  ['MESH-GATEWAY-ELSEWHERE', ROUTES('shop/b'), 'there is no Gateway b in shop'],
  ['OPS-KUBE-JWT', API_SERVER('--authentication-config=/a.yaml, --oidc-issuer-url=https://a.org'), '--oidc-issuer-url beside --authentication-config: kube-apiserver does not start'],
  ['SPIRE-WEBHOOK', WEBHOOK('failurePolicy: Fail, ', 'false'), 'runs with ENABLE_WEBHOOKS=false: nobody answers'],
  ['SPIRE-WEBHOOK', WEBHOOK('', 'false'), 'nobody answers'],
  ['MESH-GATEWAY-OVERLAY', SAIL('v1.30.3') + CLASS('spire'), 'istiod looks for the defaults of a class in istio-system, not in spire'],
  ['MESH-GATEWAY-OVERLAY', GATEWAY('', ', infrastructure: {parametersRef: {group: "", kind: Secret, name: a}}'), 'parametersRef is of kind Secret: Istio takes a ConfigMap only'],
  ['MESH-TEMPLATE-UNKNOWN', SAIL('v1.30.3') + EDGE_CHART('podAnnotations: {inject.istio.io/templates: "gateway,spire"}'), 'template "spire" is not defined'],
  ['MESH-CSI-READ-ONLY', EDGE_CHART('volumes: [{name: s, csi: {driver: csi.spiffe.io}}]'), 'volume s has no readOnly: true'],
  ['MESH-CSI-READ-ONLY', APPLICATION('1.30.3', 'volumes: [{name: s, csi: {driver: csi.spiffe.io}}]').replace('chart: istiod', 'chart: gateway'), 'volume s has no readOnly: true'],
  ['MESH-CONFIG-FIELD', ANNOTATED('proxyMetadatas: {A: b}'), 'there is no field proxyMetadatas in proxy.istio.io/config'],
  ['MESH-UNKNOWN-ENV', ANNOTATED('proxyMetadata: {WORKLOAD_IDENTITY_SOCKET: a}'), 'does not read WORKLOAD_IDENTITY_SOCKET: the name of the socket is WORKLOAD_IDENTITY_SOCKET_FILE'],
  ['MESH-SAN-SCHEME', RULE('"spiffe://example.org/ns/shop/sa/*"'), 'the star in "spiffe://example.org/ns/shop/sa/*" is taken literally'],
  ['MESH-TWO-TARGETS', ISTIO('security', 'RequestAuthentication', '{selector: {matchLabels: {a: b}}, targetRefs: [{kind: Gateway, name: a}]}'), 'selector and targetRefs exclude each other'],
  ['MESH-TWO-TARGETS', ISTIO('telemetry', 'Telemetry', '{selector: {matchLabels: {a: b}}, targetRef: {kind: Gateway, name: a}}'), 'selector and targetRef exclude each other'],
  ['CILIUM-MUTUAL-AUTH', RELEASE('cilium', '1.19.1', 'encryption: {enabled: true, type: ztunnel}, authentication: {mutual: {spire: {enabled: true}}}'), 'Cilium takes one of them'],
  ['OPS-VAULT-JWT', CERT('example.org/ns/shop/sa/web'), '"example.org/ns/shop/sa/web" has no spiffe:// in front'],
  ['MESH-TEMPLATE-MOUNT-PATH', TEMPLATE('{spec: {containers: [{name: istio-proxy, volumeMounts: [{name: workload-socket, mountPath: /run/secrets/workload-spiffe-uds}]}]}}'), 'mounts at /run/secrets/workload-spiffe-uds'],
  ['MESH-PROVIDER-SERVICE', OPA('9191') + FILTER('outbound|9192||opa.opa.svc.cluster.local'), 'Service opa has no port 9192, it has 9191'],
  ['MESH-PROVIDER-SERVICE', LOCAL('9292'), 'the ServiceEntry of opa.local has no port 9191, it has 9292'],
  ['OPA-PLUGIN', OPA_ARGS('address=:9191'), 'the plugin has no key address'],
  ['OPA-PLUGIN', OPA_ARGS('path=a', 'query=b'), 'query and path exclude each other'],
  ['OPA-PRINCIPAL', REGO('callers := {"example.org/ns/shop/sa/web"}\nallow if input.attributes.source.principal in callers'), '"example.org/ns/shop/sa/web" has no spiffe:// in front'],
  ['MESH-OPERATOR-FIELD', RELEASE('istiod', '1.30.3', `${MESH}, env: [{name: A, value: b}]`), 'env is a list'],
  ['MESH-OPERATOR-FIELD', SAIL('v1.30.3', `${MESH}, pilot: {env: [{name: A, value: b}]}`), 'pilot.env is a list'],
  ['SPIRE-OIDC-HOST', ingress('login.example.org'), 'host login.example.org leads to the provider of other, whose domains are oidc.example.org'],
  ['SPIRE-OIDC-HOST', httpRoute('login.example.org'), 'host login.example.org leads to the provider'],
  ['OBS-SPIRE-METRIC', STACK(`additionalPrometheusRulesMap: {spire: {groups: ${EXPR}}}`), 'SPIRE has no metric spire_agent_svid_expiry_seconds'],
  ['OBS-SPIRE-METRIC', `additionalPrometheusRules:\n- name: spire\n  groups: ${EXPR}\n`, 'SPIRE has no metric'],
  ['OBS-SPIRE-METRIC', RELEASE('prometheus', '27.0.0', `serverFiles: {alerting_rules.yml: {groups: ${EXPR}}}`), 'SPIRE has no metric'],
])('%s: fails for %s', (rule, text, message) => {
  expect(found(rule, text)).toEqual([expect.stringContaining(message)]);
});

test.each([
  ['MESH-OPERATOR-FIELD', SAIL('v1.30.3', `${MESH}, pilot: {env: {A: b}}`)],
  ['MESH-OPERATOR-DEAD', RELEASE('istiod', '1.30.3', `${MESH}, env: {A: b}`)],
  ['MESH-OPERATOR-DEAD', RELEASE('istiod', '1.23.4', `${MESH}, pilot: {env: {A: b}}`)],
  ['MESH-OPERATOR-DEAD', RELEASE('istiod', '">=1.20"', `${MESH}, pilot: {env: {A: b}}`)],
  ['MESH-OPERATOR-DEAD', RELEASE('own-istio', '1.30.3', `${MESH}, pilot: {env: {A: b}}`)],
  ['MESH-OPERATOR-DEAD', `${MESH}\npilot: {env: {A: b}}\n`],
  ['MESH-OPERATOR-DEAD', SAIL('v1.30.3', `${MESH}, pilot: {env: {A: b}}`)],
  ['MESH-UNKNOWN-ENV', OPERATOR(`{${MESH}, values: {pilot: {env: {PILOT_ENABLE_AMBIENT: "true", PILOT_SKIP_VALIDATE_TRUST_DOMAIN: "true", ISTIO_MULTIROOT_MESH: "true", MY_OWN: a}}}}`)],
  ['MESH-UNKNOWN-ENV', OPERATOR(`{tag: 1.9.5, ${MESH}, values: {pilot: {env: {PILOT_ENABLE_CRD_VALIDATION: "true"}}}}`)],
  ['MESH-UNKNOWN-ENV', ISTIOD('PILOT_CERT_PROVIDER')],
  ['MESH-UNKNOWN-ENV', OPERATOR(`{hub: registry.example.org/own, ${MESH}, values: {pilot: {env: {PILOT_OWN: a}}}}`)],
  ['MESH-UNKNOWN-ENV', OPERATOR(`{tag: 1.30.3-vendor, ${MESH}, values: {pilot: {env: {PILOT_OWN: a}}}}`)],
  ['MESH-UNKNOWN-ENV', OPERATOR(`{tag: 1.33.0, ${MESH}, values: {pilot: {env: {PILOT_NEW: a}}}}`)],
  ['MESH-UNKNOWN-ENV', SAIL('v1.30.3', `${MESH}, pilot: {env: {PILOT_ENABLE_GATEWAY_CONTROLLER_MODE: "true"}}`)],
  ['MESH-UNKNOWN-ENV', OPERATOR(`{tag: 1.23.0, ${SOCKET}}`)],
  ['MESH-UNKNOWN-ENV', OPERATOR('{tag: 1.22.0, meshConfig: {defaultConfig: {proxyMetadata: {USE_EXTERNAL_WORKLOAD_SDS: "true"}}}}')],
  ['MESH-SOCKET-MESH-WIDE', OPERATOR(`{${SOCKET}, values: {sidecarInjectorWebhook: {defaultTemplates: [sidecar, spire]}}}`) + POD(INJECTED)],
  ['MESH-SOCKET-MESH-WIDE', OPERATOR(`{${SOCKET}}`) + POD('annotations: {inject.istio.io/templates: "sidecar,spire"}')],
  ['MESH-SOCKET-MESH-WIDE', OPERATOR(`{${SOCKET}}`) + POD(`${INJECTED}, annotations: {proxy.istio.io/config: "{proxyMetadata: {WORKLOAD_IDENTITY_SOCKET_FILE: socket}}"}`)],
  ['MESH-SOCKET-MESH-WIDE', OPERATOR(`{${SOCKET}}`) + POD('labels: {app: web}')],
  ['MESH-SOCKET-MESH-WIDE', OPERATOR(`{${SOCKET}}`) + POD(`${INJECTED}, annotations: {sidecar.istio.io/userVolume: "{}"}`)],
  ['MESH-SOCKET-MESH-WIDE', OPERATOR(`{${SOCKET.replace('spire-agent.sock', 'socket')}}`) + POD(INJECTED)],
  ['MESH-SOCKET-MESH-WIDE', OPERATOR(`{${SOCKET}, values: {sidecarInjectorWebhook: {templates: {sidecar: "spec: {volumes: []}"}}}}`) + POD(INJECTED)],
  ['MESH-TEMPLATE-CONTAINER', TEMPLATE(`{spec: {containers: [{name: istio-proxy, env: []}], volumes: [{name: workload-socket, ${CSI}}]}}`, 'edge') + POD('annotations: {inject.istio.io/templates: "gateway,edge"}')],
  ['MESH-TEMPLATE-CONTAINER', TEMPLATE('{spec: {initContainers: [{name: wait, image: "a:1"}]}}', 'spire-gateway')],
  ['MESH-TWO-VOLUME-TYPES', TEMPLATE(`{spec: {volumes: [{name: workload-socket, emptyDir: null, ${CSI}}, {name: other, emptyDir: {}}]}}`)],
  ['MESH-GATEWAY-OVERLAY', GATEWAY(', annotations: {a: b}')],
  ['MESH-GATEWAY-OVERLAY', GATEWAY(`, ${TEMPLATES}`).replace('gatewayClassName: istio', 'gatewayClassName: cilium')],
  ['MESH-BUNDLE-URL', BUNDLE('ISTIO_MULTIROOT_MESH: "true"') + PARTNER('https_web')],
  ['MESH-BUNDLE-URL', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata:\n  mesh: |\n    trustDomain: example.org\n    caCertificates: [{spiffeBundleUrl: "https://a.org"}]\n'],
  ['MESH-AUTHZ-TRUST-DOMAIN', SAIL('v1.31.0') + POLICY],
  ['MESH-AUTHZ-TRUST-DOMAIN', OPERATOR(`{${MESH}}`) + POLICY],
  ['MESH-TRACE-TAGS', SAIL('v1.29.0') + FORMATTER],
  ['MESH-TRACE-TAGS', FORMATTER],
  ['MESH-GATEWAY-CLIENT', EDGE(SERVER('MUTUAL')) + ROUTE('a', '%DOWNSTREAM_PEER_URI_SAN%')],
  ['MESH-GATEWAY-CLIENT', EDGE(`${SERVER('SIMPLE')}, ${SERVER('OPTIONAL_MUTUAL')}`) + ROUTE('a', '%DOWNSTREAM_PEER_URI_SAN%')],
  ['MESH-GATEWAY-CLIENT', EDGE(SERVER('SIMPLE')) + ROUTE('a, mesh', '%DOWNSTREAM_PEER_URI_SAN%')],
  ['MESH-GATEWAY-CLIENT', EDGE(SERVER('SIMPLE')) + ROUTE('a, other/b', '%DOWNSTREAM_PEER_URI_SAN%')],
  ['MESH-GATEWAY-CLIENT', EDGE(SERVER('SIMPLE')) + ROUTE('a', '%DOWNSTREAM_REMOTE_ADDRESS%')],
  ['FED-ISTIO-VERSION', RELEASE('istiod', '1.30.3', 'meshConfig: {trustDomain: example.org, caCertificates: [{trustDomains: [partner.org]}]}')],
  ['CILIUM-MUTUAL-AUTH', RELEASE('cilium', '1.18.4', 'authentication: {mutual: {spire: {enabled: true}}}')],
  ['MESH-POLICY-ISTIOD', LABELLED + NP('NetworkPolicy', 'podSelector: {matchLabels: {app: istiod}}, ingress: [{ports: [{port: 15010, endPort: 15017}]}]')],
  ['MESH-POLICY-ISTIOD', LABELLED + NP('NetworkPolicy', 'podSelector: {matchLabels: {app: other}}, ingress: []')],
  ['MESH-POLICY-ISTIOD', LABELLED + NP('NetworkPolicy', 'podSelector: {matchLabels: {app: istiod}}, policyTypes: [Egress], egress: [{}]')],
  ['OPS-HOST-NETWORK-POLICY', AGENTS('') + CNP('fromEndpoints: [{matchLabels: {app: spire-agent}}]')],
  ['OPS-HOST-NETWORK-POLICY', AGENTS('hostNetwork: true, ') + CNP('fromEndpoints: [{matchLabels: {app: spire-agent}}]}, {fromEntities: [host, remote-node]')],
  ['OPS-HOST-NETWORK-POLICY', AGENTS('hostNetwork: true, ') + CNP('fromEndpoints: [{matchLabels: {app: other}}]')],
  ['OPS-HOST-NETWORK-POLICY', AGENTS('hostNetwork: true, ') + CNP('toPorts: [{ports: [{port: "8081"}]}]')],
  ['MESH-GATEWAY-ELSEWHERE', ROUTES('a')],
  ['MESH-GATEWAY-ELSEWHERE', ROUTES('mesh')],
  ['MESH-GATEWAY-ELSEWHERE', ROUTES('istio-ingress/public')],
  ['MESH-GATEWAY-ELSEWHERE', ROUTES('${GATEWAY}')],
  ['OPS-KUBE-JWT', API_SERVER('--oidc-issuer-url=https://a.org, --oidc-client-id=a')],
  ['OPS-KUBE-JWT', API_SERVER('--authentication-config=/a.yaml')],
  ['SPIRE-WEBHOOK', WEBHOOK('failurePolicy: Ignore, ', 'false')],
  ['SPIRE-WEBHOOK', WEBHOOK('failurePolicy: Fail, ', 'true')],
  ['MESH-GATEWAY-OVERLAY', SAIL('v1.30.3') + CLASS('istio-system')],
  ['MESH-GATEWAY-OVERLAY', SAIL('v1.30.3').replace('namespace: istio-system', 'namespace: mesh') + CLASS('mesh')],
  ['MESH-GATEWAY-OVERLAY', RELEASE('istiod', '1.30.3', MESH) + CLASS('mesh')],
  ['MESH-GATEWAY-OVERLAY', GATEWAY('', ', infrastructure: {parametersRef: {group: "", kind: ConfigMap, name: a}}')],
  ['MESH-TEMPLATE-UNKNOWN', SAIL('v1.30.3') + EDGE_CHART('podAnnotations: {inject.istio.io/templates: gateway}')],
  ['MESH-TEMPLATE-UNKNOWN', EDGE_CHART('podAnnotations: {inject.istio.io/templates: "gateway,spire"}')],
  ['MESH-CSI-READ-ONLY', EDGE_CHART('volumes: [{name: s, csi: {driver: csi.spiffe.io, readOnly: true}}]')],
  ['MESH-CONFIG-FIELD', ANNOTATED('proxyMetadata: {A: b}, proxy_stats_matcher: {inclusionPrefixes: [a]}')],
  ['MESH-SAN-SCHEME', RULE('"spiffe://example.org/ns/shop/sa/web", "*.example.org"')],
  ['MESH-TWO-TARGETS', ISTIO('telemetry', 'Telemetry', '{selector: {matchLabels: {a: b}}, targetRefs: []}')],
  ['MESH-TWO-TARGETS', ISTIO('telemetry', 'Telemetry', '{selector: null, targetRefs: [{kind: Gateway, name: a}]}')],
  ['MESH-TWO-TARGETS', ISTIO('security', 'RequestAuthentication', '{targetRefs: [{kind: Gateway, name: a}]}')],
  ['CILIUM-MUTUAL-AUTH', RELEASE('cilium', '1.19.1', 'encryption: {enabled: true, type: wireguard}, authentication: {mutual: {spire: {enabled: true}}}')],
  ['OPS-VAULT-JWT', CERT('spiffe://example.org/ns/shop/sa/*')],
  ['MESH-PROVIDER-SERVICE', OPA('9191') + FILTER('outbound|9191||opa.opa.svc.cluster.local')],
  ['MESH-PROVIDER-SERVICE', OPA('9191') + FILTER('outbound|9192||other.opa.svc.cluster.local')],
  ['MESH-PROVIDER-SERVICE', LOCAL('9191')],
  ['OPA-PLUGIN', OPA_ARGS('addr=:9191', 'path=envoy/authz/allow', 'enable-performance-metrics=true')],
  ['OPA-PRINCIPAL', REGO('callers := {"spiffe://example.org/ns/shop/sa/web"}\nallow if input.attributes.source.principal in callers')],
  ['OPA-PRINCIPAL', REGO('callers := {"example.org/ns/shop/sa/web"}\nid := trim_prefix(input.attributes.source.principal, "spiffe://")\nallow if id in callers')],
  ['OPA-PRINCIPAL', REGO('roles := {"example.org/ns/shop/sa/web"}\nallow if input.attributes.request.http.headers.role in roles')],
  ['MESH-OPERATOR-FIELD', RELEASE('istiod', '1.30.3', `${MESH}, env: {A: b}`)],
  ['SPIRE-OIDC-HOST', ingress('oidc.example.org')],
  ['SPIRE-OIDC-HOST', ingress('login.example.org', 'third')],
  ['SPIRE-OIDC-HOST', ingress('login.example.org').replace('kind: Ingress\nmetadata: {', 'kind: Ingress\nmetadata: {annotations: {traefik.ingress.kubernetes.io/router.middlewares: oidc-host@kubernetescrd}, ')],
  ['SPIRE-OIDC-HOST', ingress('login.example.org').replace('kind: Ingress\nmetadata: {', 'kind: Ingress\nmetadata: {annotations: {nginx.ingress.kubernetes.io/upstream-vhost: oidc.example.org}, ')],
  ['SPIRE-OIDC-HOST', httpRoute('login.example.org', ', filters: [{type: URLRewrite, urlRewrite: {hostname: oidc.example.org}}]')],
  ['OBS-SPIRE-METRIC', STACK('additionalPrometheusRulesMap: {spire: {groups: [{name: a, rules: [{alert: A, expr: absent(spire_agent_started)}]}]}}')],
])('%s: takes %s', (rule, text) => {
  expect(found(rule, text)).toEqual([]);
});

test('the line of a template in quotes is that of the quotes', () => {
  const [finding] = check(OPERATOR(`\n  ${MESH}\n  values:\n    sidecarInjectorWebhook:\n      templates:\n        spire: "spec:\\n  volumes:\\n  - name: workload-socket\\n    emptyDir: {}\\n    csi: {driver: csi.spiffe.io}\\n"`))
    .filter(({ rule }) => rule === 'MESH-TWO-VOLUME-TYPES');
  expect(finding.line).toBe(9);
});
