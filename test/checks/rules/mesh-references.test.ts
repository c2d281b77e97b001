import { found } from '../cases';

const OBJECT = (kind: string, spec: string, name = 'a', namespace = 'shop', version = 'networking.istio.io/v1'): string =>
  `apiVersion: ${version}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: ${spec}\n---\n`;
const MESH = (config: string): string => `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: a}\nspec: {meshConfig: {trustDomain: example.org, ${config}}}\n---\n`;
const VALUES = (config: string): string => `meshConfig: {trustDomain: example.org, ${config}}\nglobal: {meshID: a}\nsidecarInjectorWebhook: {templates: {}}\n`;
const GATEWAY = (servers: string, namespace = 'edge'): string => OBJECT('Gateway', `{selector: {istio: ingress}, servers: [${servers}]}`, 'edge', namespace);
const HTTPS = (host: string): string => `{port: {number: 443, name: https, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: a}, hosts: ["${host}"]}`;
const ROUTE = (host: string, gateway: string): string => OBJECT('VirtualService', `{hosts: ["${host}"], gateways: ["${gateway}"], http: []}`);
const ENTRY = (spec: string): string => OBJECT('ServiceEntry', `{hosts: [a.example.org], ports: [{number: 80, name: http, protocol: HTTP}], ${spec}}`);
const POD = (templates: string): string => `apiVersion: v1\nkind: Pod\nmetadata: {name: a, annotations: {inject.istio.io/templates: "${templates}"}}\nspec: {containers: [{name: a, image: "a:1"}]}\n---\n`;
const TEMPLATES = `apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: {name: a}
spec:
  values:
    sidecarInjectorWebhook:
      templates:
        volumes: "spec: {volumes: [{name: a, emptyDir: {}}]}"
        whole: "spec: {containers: [{name: istio-proxy, image: auto}]}"
---
`;
const KUSTOMIZATION = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n---\n';

test.each([
  ['MESH-CONFIG-FIELD', MESH('enableAutoMTLS: true'), 'there is no field enableAutoMTLS'],
  ['MESH-CONFIG-FIELD', VALUES('trustdomainAliases: [a]'), 'there is no field trustdomainAliases'],
  ['MESH-CONFIG-SHAPE', MESH('pathNormalization: {normalization: MERGE}'), 'normalization is "MERGE": one of'],
  ['MESH-CONFIG-FIELD', MESH('defaultConfig: {holdApplication: true}'), 'there is no field holdApplication'],
  ['MESH-CONFIG-FIELD', MESH('extensionProviders: [{name: a, envoyExtAuthzGrpc: {service: a.b, port: 1, timeout: 1s, failOpened: false}}]'), 'no field failOpened'],
  ['MESH-CONFIG-FIELD', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata:\n  mesh: |\n    trustDomain: example.org\n    defaultProvider: {}\n', 'there is no field defaultProvider'],
  ['MESH-PROVIDER-SHAPE', MESH('extensionProviders: [{name: a, prometheus: {}}, {name: a, stackdriver: {}}]'), 'provider "a" is defined already'],
  ['MESH-PROVIDER-KINDS', MESH('extensionProviders: [{name: a, prometheus: {}, zipkin: {service: a, port: 1}}]'), 'provider "a" is prometheus and zipkin at once'],
  ['MESH-PROVIDER-SHAPE', MESH('extensionProviders: [{name: a}]'), 'provider "a" has no kind'],
  ['MESH-TRUST-DOMAIN', 'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: a}\nspec: {meshConfig: {trustDomain: Example.org}}\n', 'has upper-case letters'],
  ['MESH-GATEWAY-SERVER', GATEWAY('{port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*"]}'), 'protocol HTTPS without tls'],
  ['MESH-GATEWAY-SERVER', GATEWAY('{port: {number: 80, name: http, protocol: http}, tls: {mode: SIMPLE, credentialName: a}, hosts: ["*"]}'), 'protocol HTTP with tls'],
  ['MESH-GATEWAY-SERVER', GATEWAY('{port: {number: 80, name: http, protocol: HTTP}, tls: {privateKey: /a}, hosts: ["*"]}'), 'protocol HTTP with tls privateKey'],
  ['MESH-GATEWAY-SERVER', GATEWAY('{port: {number: 6379, name: redis, protocol: REDIS}, tls: {mode: PASSTHROUGH}, hosts: ["*"]}'), 'protocol REDIS with tls mode'],
  ['MESH-GATEWAY-SERVER', GATEWAY(`${HTTPS('*')}, {port: {number: 80, name: https, protocol: HTTP}, hosts: ["*"]}`), 'port name "https" is there already'],
  ['MESH-GATEWAY-ELSEWHERE', GATEWAY(HTTPS('*')) + ROUTE('a.example.org', 'edge'), 'there is no Gateway edge in shop, it is in edge'],
  ['MESH-GATEWAY-ROUTE', GATEWAY(HTTPS('b.example.org')) + ROUTE('a.example.org', 'edge/edge'), 'has no server for a.example.org'],
  ['MESH-GATEWAY-ROUTE', GATEWAY(HTTPS('pay/*')) + ROUTE('a.example.org', 'edge/edge'), 'has no server for a.example.org'],
  ['MESH-SERVICE-ENTRY', ENTRY('resolution: STATIC, endpoints: [{address: gw.example.org}]'), '"gw.example.org" is no IP address'],
  ['MESH-SERVICE-ENTRY', ENTRY('resolution: STATIC, endpoints: [{address: 10.0.0.1, ports: {web: 80}}]'), 'the entry has no port "web"'],
  ['MESH-SERVICE-ENTRY', OBJECT('ServiceEntry', '{hosts: ["*.example.org"], resolution: DNS}'), 'cannot look up "*.example.org"'],
  ['MESH-SERVICE-ENTRY', OBJECT('ServiceEntry', '{hosts: ["*"]}'), 'host "*" is not taken'],
  ['MESH-EXTERNAL-IDENTITY', ENTRY('resolution: DNS, subjectAltNames: ["spiffe://b.org/ns/a/sa/b"]'), 'location is MESH_EXTERNAL'],
  ['MESH-SIDECAR', OBJECT('Sidecar', '{egress: [{hosts: [web.shop.svc.cluster.local]}]}'), 'has no namespace in front'],
  ['MESH-SIDECAR', OBJECT('Sidecar', '{egress: [{hosts: ["./*"]}]}') + OBJECT('Sidecar', '{egress: []}', 'b'), 'a is for the whole namespace already'],
  ['MESH-TEMPLATE-ALONE', TEMPLATES.replace('volumes:', 'spire:') + POD('spire'), 'spire brings no proxy'],
  ['MESH-TEMPLATE-ALONE', TEMPLATES + POD('volumes'), 'volumes brings no proxy'],
  ['MESH-TEMPLATE-ALONE', POD('[sidecar, spire]'), 'cannot be the name of a template'],
  ['MESH-OPERATOR-APPLIED', KUSTOMIZATION + MESH('enableTracing: true'), 'lists a.yaml among its resources'],
])('%s fails: %s', (rule, text, message) => {
  expect(found(rule, text)).toEqual([expect.stringContaining(message)]);
});

test.each([
  ['MESH-CONFIG-FIELD', MESH('enable_auto_mtls: true, path_normalization: {normalization: BASE}, default_config: {proxy_metadata: {A_B: c}}')],
  ['MESH-CONFIG-FIELD', MESH('connectTimeout: 10s, rootNamespace: istio-system, extensionProviders: [{name: p, prometheus: {}}, {name: o, opentelemetry: {service: a, port: "4317"}}]')],
  ['MESH-PROVIDER-SHAPE', MESH('extensionProviders: [{name: a, prometheus: {}}, {name: b, prometheus: {}}]')],
  ['MESH-PROVIDER-KINDS', MESH('extensionProviders: [{name: a, zipkin: null, opentelemetry: {service: a.b, port: 1}}]')],
  ['MESH-GATEWAY-SERVER', GATEWAY('{port: {number: 80, name: http, protocol: GRPC}, tls: {mode: AUTO_PASSTHROUGH, minProtocolVersion: TLSV1_3}, hosts: ["*"]}')],
  ['MESH-GATEWAY-SERVER', GATEWAY('{port: {number: 80, name: udp, protocol: OTHER}, tls: {mode: SIMPLE}, hosts: ["*"]}')],
  ['MESH-GATEWAY-SERVER', GATEWAY(`${HTTPS('*')}, {port: {number: 80, name: http, protocol: HTTP}, tls: {httpsRedirect: true}, hosts: ["*"]}`)],
  ['MESH-GATEWAY-SERVER', GATEWAY('{port: {number: 15443, name: tls, protocol: TLS}, tls: {mode: AUTO_PASSTHROUGH}, hosts: ["*.local"]}')],
  ['MESH-GATEWAY-ROUTE', GATEWAY(HTTPS('shop/*.example.org')) + ROUTE('a.example.org', 'edge/edge')],
  ['MESH-GATEWAY-ROUTE', GATEWAY(HTTPS('./a.example.org'), 'shop') + ROUTE('A.example.org', 'edge')],
  ['MESH-GATEWAY-ROUTE', GATEWAY(HTTPS('a.example.org')) + ROUTE('*', 'edge/edge')],
  ['MESH-GATEWAY-ROUTE', GATEWAY(HTTPS('a.example.org')) + ROUTE('a.example.org', 'other')],
  ['MESH-GATEWAY-ELSEWHERE', GATEWAY(HTTPS('*')) + ROUTE('a.example.org', 'other/edge')],
  ['MESH-GATEWAY-ELSEWHERE', GATEWAY(HTTPS('*')).replace('namespace: edge', 'labels: {}') + ROUTE('a.example.org', 'edge')],
  ['MESH-GATEWAY-ELSEWHERE', GATEWAY(HTTPS('*')) + OBJECT('Gateway', '{gatewayClassName: istio, listeners: []}', 'other', 'edge', 'gateway.networking.k8s.io/v1') + ROUTE('a.example.org', 'edge/other')],
  ['MESH-TEMPLATE-ALONE', POD('spire')],
  ['MESH-EXTERNAL-IDENTITY', OBJECT('ServiceEntry', `{hosts: [a.b.svc.cluster.local], ports: [{number: 80, name: http}], resolution: STATIC,
    endpoints: [{address: 10.0.0.1, ports: {http: 15443}}], subjectAltNames: ["spiffe://b.org/ns/a/sa/b"]}`)],
  ['MESH-SERVICE-ENTRY', ENTRY('resolution: STATIC, endpoints: [{address: "2001:db8::1", ports: {http: 8080}}, {address: unix:///a.sock}]')],
  ['MESH-SERVICE-ENTRY', OBJECT('ServiceEntry', '{hosts: ["*.example.org"], resolution: DNS, endpoints: [{address: gw.example.org}]}')],
  ['MESH-EXTERNAL-IDENTITY', ENTRY('resolution: DNS, location: MESH_INTERNAL, subjectAltNames: ["spiffe://b.org/ns/a/sa/b"]')],
  ['MESH-EXTERNAL-IDENTITY', `${ENTRY('resolution: DNS, subjectAltNames: ["spiffe://b.org/ns/a/sa/b"]')}${OBJECT('DestinationRule', '{host: a.example.org, trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}}')}`],
  ['MESH-SIDECAR', `${OBJECT('Sidecar', '{egress: [{hosts: ["./*", "istio-system/*"]}]}')}${OBJECT('Sidecar', '{workloadSelector: {labels: {app: a}}}', 'b')}`],
  ['MESH-TEMPLATE-ALONE', `${TEMPLATES}${POD('whole')}${POD('sidecar,volumes')}${POD('company')}`],
  ['MESH-OPERATOR-APPLIED', MESH('enableTracing: true')],
])('%s: %s', (rule, text) => {
  expect(found(rule, text)).toEqual([]);
});

describe('names that the pods of a host have to prove', () => {
  const text = (host: string, name: string): string => MESH('accessLogFile: a') + OBJECT('Service', '{selector: {app: a}, ports: [{port: 80}]}', 'a', 'shop', 'v1')
    + OBJECT('Deployment', '{template: {metadata: {labels: {app: a, sidecar.istio.io/inject: "true"}}, spec: {serviceAccountName: a, containers: []}}}', 'a', 'shop', 'apps/v1')
    + OBJECT('DestinationRule', `{host: ${host}, trafficPolicy: {tls: {mode: ISTIO_MUTUAL, subjectAltNames: ["${name}"]}}}`);

  test('fail where none of them has one', () => {
    expect(found('MESH-SAN-IDENTITY', text('a', 'spiffe://example.org/ns/shop/sa/b'))).toEqual(['the pods of a are spiffe://example.org/ns/shop/sa/a']);
  });

  test.each([
    ['of the pods', 'a', 'spiffe://example.org/ns/shop/sa/a'],
    ['of a host elsewhere', 'a.shop.us.example.org', 'spiffe://example.org/ns/shop/sa/b'],
    ['of pods in another trust domain', 'a', 'spiffe://example.com/ns/shop/sa/b'],
  ])('may be that %s', (_, host, name) => {
    expect(found('MESH-SAN-IDENTITY', text(host, name))).toEqual([]);
  });
});
