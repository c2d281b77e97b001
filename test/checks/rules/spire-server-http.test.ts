import { fixture, found } from '../cases';

const OBJECT = (version: string, kind: string, spec: string, more = '', namespace = 'spire-server'): string =>
  `---\napiVersion: ${version}\nkind: ${kind}\nmetadata: {name: a, namespace: ${namespace}${more}}\nspec: ${spec}\n`;
const INGRESS = (port: string, annotations = '', service = 'spire-server'): string => OBJECT('networking.k8s.io/v1', 'Ingress',
  `{rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: ${service}, port: {${port}}}}}]}}]}`,
  annotations === '' ? '' : `, annotations: {${annotations}}`);
const ROUTE = (kind: string, reference: string, parent = '{name: edge}', namespace = 'edge'): string =>
  OBJECT('gateway.networking.k8s.io/v1', kind, `{parentRefs: [${parent}], rules: [{backendRefs: [{name: spire-server, ${reference}}]}]}`, '', namespace);

const told = (text: string): string[] => found('SPIRE-SERVER-HTTP', fixture('spire.yaml') + text);

test.each([
  ['a port by number', 'Ingress', INGRESS('number: 8081')],
  ['a port by name', 'Ingress', INGRESS('name: grpc', 'nginx.ingress.kubernetes.io/backend-protocol: GRPCS')],
  ['a route for gRPC', 'GRPCRoute', ROUTE('GRPCRoute', 'namespace: spire-server, port: 8081')],
  ['a route for HTTP', 'HTTPRoute', ROUTE('HTTPRoute', 'port: 8081', '{name: edge}', 'spire-server')],
  ['an IngressRoute of Traefik', 'IngressRoute', OBJECT('traefik.io/v1alpha1', 'IngressRoute', '{routes: [{kind: Rule, services: [{name: spire-server, port: grpc}]}]}')],
  ['a Route of OpenShift', 'Route', OBJECT('route.openshift.io/v1', 'Route', '{to: {kind: Service, name: spire-server}, tls: {termination: reencrypt}}')],
  ['a Route by port', 'Route', OBJECT('route.openshift.io/v1', 'Route', '{to: {kind: Service, name: spire-server}, port: {targetPort: grpc}}')],
])('fails with %s', (_, kind, text) => {
  expect(told(text)).toEqual([`${kind} a ends TLS before port 8081 of spire-server/spire-server`]);
});

test.each([
  ['TLS that passes nginx', INGRESS('number: 8081', 'nginx.ingress.kubernetes.io/ssl-passthrough: "true"')],
  ['TLS that passes OpenShift', INGRESS('number: 8081', 'route.openshift.io/termination: passthrough')],
  ['TLS that passes a Route', OBJECT('route.openshift.io/v1', 'Route', '{to: {kind: Service, name: spire-server}, tls: {termination: passthrough}}')],
  ['TCP that passes Traefik', OBJECT('traefik.io/v1alpha1', 'IngressRouteTCP', '{routes: [{services: [{name: spire-server, port: 8081}]}]}')],
  ['an Ingress that passes TLS to the bundle', INGRESS('number: 443', 'nginx.ingress.kubernetes.io/ssl-passthrough: "true"', 'spire-bundle')],
  ['an Ingress to another Service', INGRESS('number: 8081', '', 'oidc')],
  ['a route for TCP', ROUTE('TCPRoute', 'namespace: spire-server, port: 8081')],
  ['a route for TLS', ROUTE('TLSRoute', 'namespace: spire-server, port: 8081')],
  ['a route inside a mesh', ROUTE('GRPCRoute', 'namespace: spire-server, port: 8081', '{group: "", kind: Service, name: spire-server}')],
  ['a Service of another namespace', ROUTE('GRPCRoute', 'port: 8081')],
])('takes %s', (_, text) => {
  expect(told(text)).toEqual([]);
});

describe('the bundle endpoint', () => {
  const LEAD = INGRESS('number: 443', '', 'spire-bundle');

  test('fails for https_spiffe behind what ends TLS', () => {
    expect(told(LEAD)).toEqual(['Ingress a ends TLS before the bundle endpoint, port 8443 of spire-server/spire-server']);
    expect(told(OBJECT('route.openshift.io/v1', 'Route', '{to: {kind: Service, name: spire-bundle}, tls: {termination: edge}}'))).toEqual(['Route a ends TLS before the bundle endpoint, port 8443 of spire-server/spire-server']);
  });

  test('with https_web the certificate may be that of the proxy', () => {
    expect(found('SPIRE-SERVER-HTTP', fixture('spire.yaml').replace('profile "https_spiffe" {}', 'profile "https_web" {}') + LEAD)).toEqual([]);
  });
});
