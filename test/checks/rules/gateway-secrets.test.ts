import { found } from '../cases';

const OBJECT = (version: string, kind: string, name: string, namespace: string, rest = ''): string =>
  `apiVersion: ${version}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}}\n${rest}\n---\n`;
const GATEWAY = (tls: string, selector = '{istio: edge}'): string => OBJECT('networking.istio.io/v1', 'Gateway', 'web', 'shop',
  `spec: {selector: ${selector}, servers: [{port: {number: 443, name: https, protocol: HTTPS}, hosts: [a.org],
    tls: {mode: SIMPLE, ${tls}}}]}`);
const PODS = (namespace = 'edge'): string => OBJECT('apps/v1', 'Deployment', 'edge', namespace,
  'spec: {selector: {matchLabels: {istio: edge}}, template: {metadata: {labels: {istio: edge}}, spec: {containers: [{name: istio-proxy}]}}}');
const SECRET = (namespace: string): string => OBJECT('v1', 'Secret', 'web-tls', namespace, 'type: kubernetes.io/tls');
const CERTIFICATE = (namespace: string, more = ''): string =>
  OBJECT('cert-manager.io/v1', 'Certificate', 'web', namespace, `spec: {secretName: web-tls, ${more}dnsNames: [a.org], issuerRef: {name: ca}}`);
const NAMED = GATEWAY('credentialName: web-tls');
const OPERATOR = (gateway: string): string => OBJECT('install.istio.io/v1alpha1', 'IstioOperator', 'mesh', 'istio-system',
  `spec: {components: {ingressGateways: [{name: istio-ingressgateway, ${gateway}}]}}`);
const USUAL = GATEWAY('credentialName: web-tls', '{istio: ingressgateway}');


test.each([
  ['a Secret beside the Gateway', NAMED + PODS() + SECRET('shop'), 'shop'],
  ['a Certificate beside the Gateway', NAMED + PODS() + CERTIFICATE('shop'), 'shop'],
  ['an ExternalSecret elsewhere', NAMED + PODS()
    + OBJECT('external-secrets.io/v1', 'ExternalSecret', 'b', 'vault', 'spec: {target: {name: web-tls}}'), 'vault'],
  ['one of several', GATEWAY('credentialNames: [web-tls, other]') + PODS() + SECRET('shop'), 'shop'],
])('fails with %s', (_, text, place) => {
  expect(found('MESH-GATEWAY-SECRET', text)).toEqual([`Secret web-tls is in ${place}, the pods of the gateway are in edge`]);
});

test.each([
  ['the usual namespace', OPERATOR('enabled: true'), 'istio-system'],
  ['a namespace of its own', OPERATOR('namespace: edge'), 'edge'],
])('fails with a gateway of an IstioOperator in %s', (_, operator, namespace) => {
  expect(found('MESH-GATEWAY-SECRET', USUAL + operator + SECRET('shop'))).toEqual([`Secret web-tls is in shop, the pods of the gateway are in ${namespace}`]);
  expect(found('MESH-GATEWAY-SECRET', USUAL + operator + SECRET(namespace))).toEqual([]);
});

test.each([
  ['of a gateway that is off', USUAL + OPERATOR('enabled: false') + SECRET('shop')],
  ['of a gateway with other labels', USUAL + OPERATOR('label: {istio: private}') + SECRET('shop')],
  ['beside the pods', NAMED + PODS() + SECRET('edge')],
  ['in both namespaces', NAMED + PODS() + SECRET('edge') + SECRET('shop')],
  ['made beside the pods', NAMED + PODS() + CERTIFICATE('edge')],
  ['made by nobody here', NAMED + PODS()],
  ['whose namespace is not said', NAMED + PODS() + SECRET('shop').replace(', namespace: shop', '')],
  ['of pods that are not here', NAMED + SECRET('shop')],
  ['of pods whose namespace is not said', NAMED + PODS().replace(', namespace: edge', '') + SECRET('shop')],
  ['of pods in one of two namespaces', NAMED + PODS() + PODS('shop') + SECRET('shop')],
  ['of every gateway', GATEWAY('credentialName: web-tls', '{}') + PODS() + SECRET('shop')],
  ['that is copied', NAMED + PODS()
    + CERTIFICATE('shop', 'secretTemplate: {annotations: {reflector.v1.k8s.emberstack.com/reflection-allowed: "true"}}, ')],
  ['that may be copied', NAMED + PODS() + SECRET('shop') + OBJECT('kyverno.io/v1', 'ClusterPolicy', 'copy', '""', 'spec: {rules: []}')],
  ['of another name', GATEWAY('credentialName: other') + PODS() + SECRET('shop')],
])('may be a Secret %s', (_, text) => {
  expect(found('MESH-GATEWAY-SECRET', text)).toEqual([]);
});
