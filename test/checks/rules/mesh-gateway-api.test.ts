import { found } from '../cases';

const OBJECT = (version: string, kind: string, metadata: string, spec: string): string => `---\napiVersion: ${version}\nkind: ${kind}\nmetadata: ${metadata}\nspec: ${spec}\n`;
const API = 'gateway.networking.k8s.io/v1';

describe('references to another namespace', () => {
  const ROUTE = (kind: string): string => OBJECT(API, kind, '{name: a, namespace: edge}', '{parentRefs: [{name: edge}], rules: [{backendRefs: [{name: oidc, namespace: spire, port: 443}]}]}')
    + OBJECT('v1', 'Service', '{name: oidc, namespace: spire}', '{ports: [{port: 443}]}');
  const GRANT = (kind: string, namespace: string, to = '{group: "", kind: Service}'): string => OBJECT('gateway.networking.k8s.io/v1beta1', 'ReferenceGrant', '{name: a, namespace: spire}',
    `{from: [{group: gateway.networking.k8s.io, kind: ${kind}, namespace: ${namespace}}], to: [${to}]}`);

  test('fails without a grant, and with one for others', () => {
    const wrong = ['no ReferenceGrant in namespace spire lets HTTPRoute of namespace edge lead to Service oidc'];
    expect(found('MESH-ROUTE-GRANT', ROUTE('HTTPRoute'))).toEqual(wrong);
    expect(found('MESH-ROUTE-GRANT', ROUTE('HTTPRoute') + GRANT('TLSRoute', 'edge'))).toEqual(wrong);
    expect(found('MESH-ROUTE-GRANT', ROUTE('HTTPRoute') + GRANT('HTTPRoute', 'other'))).toEqual(wrong);
    expect(found('MESH-ROUTE-GRANT', ROUTE('HTTPRoute') + GRANT('HTTPRoute', 'edge', '{group: "", kind: Service, name: other}'))).toEqual(wrong);
  });

  test('with a grant, or where the other namespace is not in the input', () => {
    expect(found('MESH-ROUTE-GRANT', ROUTE('HTTPRoute') + GRANT('HTTPRoute', 'edge'))).toEqual([]);
    expect(found('MESH-ROUTE-GRANT', ROUTE('TLSRoute') + GRANT('TLSRoute', 'edge', '{group: "", kind: Service, name: oidc}'))).toEqual([]);
    expect(found('MESH-ROUTE-GRANT', ROUTE('HTTPRoute').replace('Service\nmetadata: {name: oidc', 'Service\nmetadata: {name: other'))).toEqual([]);
  });
});

describe('certificates of another namespace', () => {
  const GATEWAY = OBJECT(API, 'Gateway', '{name: edge, namespace: edge}', '{gatewayClassName: istio, listeners: [{name: a, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: tls, namespace: spire}]}}]}');
  const SECRET = OBJECT('cert-manager.io/v1', 'Certificate', '{name: a, namespace: spire}', '{secretName: tls, issuerRef: {name: a}}');
  const GRANT = OBJECT('gateway.networking.k8s.io/v1beta1', 'ReferenceGrant', '{name: a, namespace: spire}', '{from: [{group: gateway.networking.k8s.io, kind: Gateway, namespace: edge}], to: [{group: "", kind: Secret}]}');

  test('fails without a grant', () => {
    expect(found('MESH-ROUTE-GRANT', GATEWAY + SECRET)).toEqual(['no ReferenceGrant in namespace spire lets Gateway of namespace edge read Secret tls']);
  });

  test('with a grant, and where the Secret is not seen', () => {
    expect(found('MESH-ROUTE-GRANT', GATEWAY + SECRET + GRANT)).toEqual([]);
    expect(found('MESH-ROUTE-GRANT', GATEWAY)).toEqual([]);
  });
});

describe('routes and the listeners of their Gateway', () => {
  const GATEWAY = (listener: string): string => OBJECT(API, 'Gateway', '{name: edge, namespace: edge}', `{gatewayClassName: istio, listeners: [{name: https, port: 443, ${listener}}]}`);
  const ROUTE = (kind: string, parent: string, hosts: string, namespace = 'edge'): string => OBJECT(API, kind, `{name: a, namespace: ${namespace}}`, `{parentRefs: [{name: edge, namespace: edge${parent}}], hostnames: [${hosts}], rules: []}`);
  const HTTPS = 'protocol: HTTPS, hostname: "*.a.example", tls: {certificateRefs: [{name: a}]}';

  test.each([
    ['a listener of another name', HTTPS, ROUTE('HTTPRoute', ', sectionName: http', ''), 'has no listener http, it has https'],
    ['a port without listener', HTTPS, ROUTE('HTTPRoute', ', port: 80', ''), 'has no listener on port 80, it has https'],
    ['another namespace', HTTPS, ROUTE('HTTPRoute', '', '', 'shop'), 'takes no routes of namespace shop: allowedRoutes.namespaces.from is not set, which is Same'],
    ['another host', HTTPS, ROUTE('HTTPRoute', '', 'b.example'), 'has no listener for b.example: it has *.a.example'],
    ['HTTP where TLS passes', 'protocol: TLS, tls: {mode: Passthrough}', ROUTE('HTTPRoute', '', ''), 'takes no HTTPRoute at a listener of protocol TLS, passed'],
  ])('fails for %s', (_, listener, route, message) => {
    expect(found('MESH-ROUTE-LISTENER', GATEWAY(listener) + route)).toEqual([`Gateway edge/edge ${message}`]);
  });

  test.each([
    ['one that is there', HTTPS, ROUTE('HTTPRoute', ', sectionName: https', 'x.a.example')],
    ['all namespaces', `${HTTPS}, allowedRoutes: {namespaces: {from: All}}`, ROUTE('HTTPRoute', '', '', 'shop')],
    ['a namespace whose labels are not seen', `${HTTPS}, allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {a: b}}}}`, ROUTE('HTTPRoute', '', '', 'shop')],
    ['a star of the route', HTTPS.replace('*.a.example', 'x.a.example'), ROUTE('GRPCRoute', '', '"*.a.example"')],
    ['TLS that passes', 'protocol: TLS, tls: {mode: Passthrough}', ROUTE('TLSRoute', '', 'a.example')],
    ['two variants of a Gateway', HTTPS, GATEWAY('protocol: HTTP') + ROUTE('HTTPRoute', ', port: 80', '')],
    ['listeners of a set', HTTPS, ROUTE('HTTPRoute', ', sectionName: more', '') + OBJECT('gateway.networking.x-k8s.io/v1alpha1', 'XListenerSet', '{name: a, namespace: edge}', '{listeners: []}')],
  ])('takes %s', (_, listener, route) => {
    expect(found('MESH-ROUTE-LISTENER', GATEWAY(listener) + route)).toEqual([]);
  });

  test('fails for the port of the pods', () => {
    const route = (port: number): string => OBJECT(API, 'HTTPRoute', '{name: a, namespace: edge}', `{rules: [{backendRefs: [{name: web, port: ${port}}]}]}`)
      + OBJECT('v1', 'Service', '{name: web, namespace: edge}', '{ports: [{port: 80, targetPort: 8080}]}');
    expect(found('MESH-ROUTE-BACKEND', route(8080))).toEqual(['Service web has no port 8080, it has 80']);
    expect(found('MESH-ROUTE-BACKEND', route(80))).toEqual([]);
  });

  test('fails for destinations without weights', () => {
    const service = (weights: readonly string[]): string => OBJECT('networking.istio.io/v1', 'VirtualService', '{name: a, namespace: b}', `{hosts: [a.example], http: [{route: [${weights.map(weight => `{destination: {host: b.example}${weight}}`).join(', ')}]}]}`);
    expect(found('MESH-VIRTUAL-SERVICE-SHAPE', service([', weight: 0', '']))).toEqual(['no destination has a weight: of several destinations, one at least must have one above 0']);
    expect(found('MESH-VIRTUAL-SERVICE-SHAPE', service([', weight: 100', '']))).toEqual([]);
    expect(found('MESH-VIRTUAL-SERVICE-SHAPE', service(['']))).toEqual([]);
  });
});

describe('listeners', () => {
  const GATEWAY = (listener: string, name = 'istio'): string => OBJECT(API, 'Gateway', '{name: edge, namespace: edge}', `{gatewayClassName: ${name}, listeners: [{name: a, port: 443, ${listener}}]}`);

  test('fails for TLS that is ended without a certificate, and for HTTPS that passes', () => {
    expect(found('MESH-LISTENER-TLS', GATEWAY('protocol: HTTPS'))).toEqual(['listener a has no certificateRefs']);
    expect(found('MESH-LISTENER-TLS', GATEWAY('protocol: TLS, tls: {certificateRefs: []}'))).toEqual(['listener a has no certificateRefs']);
    expect(found('MESH-LISTENER-TLS', GATEWAY('protocol: HTTPS, tls: {mode: Passthrough}'))).toEqual(['mode Passthrough with protocol HTTPS: nothing of HTTP is seen of what passes']);
  });

  test.each(['protocol: HTTPS, tls: {certificateRefs: [{name: a}]}', 'protocol: TLS, tls: {mode: Passthrough}', 'protocol: HTTP', 'protocol: TLS, tls: {options: {gateway.istio.io/tls-terminate-mode: ISTIO_MUTUAL}}'])('takes %s', listener => {
    expect(found('MESH-LISTENER-TLS', GATEWAY(listener))).toEqual([]);
  });

  test('a cloud may find the certificate itself', () => {
    expect(found('MESH-LISTENER-TLS', GATEWAY('protocol: HTTPS', 'gke-l7-global-external-managed'))).toEqual([]);
  });
});

describe('waypoints', () => {
  const WAYPOINT = OBJECT(API, 'Gateway', '{name: way, namespace: shop}', '{gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}');
  const EDGE = WAYPOINT.replace('istio-waypoint', 'istio').replace('name: way', 'name: edge');
  const SERVICE = (labels: string): string => OBJECT('v1', 'Service', `{name: a, namespace: shop, labels: {${labels}}}`, '{ports: [{port: 80}]}');
  const POLICY = (name: string): string => OBJECT('security.istio.io/v1', 'AuthorizationPolicy', '{name: a, namespace: shop}', `{targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: ${name}}]}`);

  test('fails for one of another name', () => {
    expect(found('MESH-WAYPOINT', WAYPOINT + SERVICE('istio.io/use-waypoint: waypoint'))).toEqual(['there is no Gateway shop/waypoint, there is way']);
    expect(found('MESH-WAYPOINT', WAYPOINT + POLICY('waypoint'))).toEqual(['there is no Gateway shop/waypoint, there is way']);
    expect(found('MESH-WAYPOINT', EDGE + POLICY('edges'))).toEqual(['there is no Gateway shop/edges, there is edge']);
  });

  test('one that is there, one of another namespace, one made by istioctl', () => {
    expect(found('MESH-WAYPOINT', WAYPOINT + SERVICE('istio.io/use-waypoint: way'))).toEqual([]);
    expect(found('MESH-WAYPOINT', WAYPOINT + SERVICE('istio.io/use-waypoint: none'))).toEqual([]);
    expect(found('MESH-WAYPOINT', WAYPOINT + SERVICE('istio.io/use-waypoint: all, istio.io/use-waypoint-namespace: infra'))).toEqual([]);
    expect(found('MESH-WAYPOINT', EDGE + SERVICE('istio.io/use-waypoint: waypoint') + POLICY('waypoint'))).toEqual([]);
  });
});

describe('policies for ztunnel', () => {
  const AMBIENT = (labels: string): string => `apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {${labels}}}\n`;
  const POLICY = (spec: string): string => OBJECT('security.istio.io/v1', 'AuthorizationPolicy', '{name: a, namespace: shop}', spec);

  test('fails for what only a waypoint sees', () => {
    expect(found('MESH-AMBIENT-L7', AMBIENT('istio.io/dataplane-mode: ambient') + POLICY('{rules: [{to: [{operation: {paths: [/api]}}]}]}'))).toEqual(['paths in a policy for the pods of the ambient namespace shop']);
    expect(found('MESH-AMBIENT-L7', AMBIENT('istio.io/dataplane-mode: ambient') + POLICY('{action: DENY, rules: [{when: [{key: "request.auth.claims[sub]", values: [a]}]}]}')))
      .toEqual(['request.auth.claims[sub] in a policy for the pods of the ambient namespace shop']);
  });

  test('fails for what ztunnel does not do', () => {
    expect(found('MESH-AMBIENT-L7', AMBIENT('istio.io/dataplane-mode: ambient') + POLICY('{action: CUSTOM, provider: {name: opa}, rules: [{}]}'))).toEqual(['action CUSTOM in a policy for the pods of the ambient namespace shop']);
  });

  test('for a waypoint, for sidecars, and of what ztunnel sees', () => {
    const L7 = '{rules: [{to: [{operation: {paths: [/api]}}]}]}';
    expect(found('MESH-AMBIENT-L7', AMBIENT('istio.io/dataplane-mode: ambient') + POLICY(L7.replace('{rules', '{targetRefs: [{kind: Service, group: "", name: a}], rules')))).toEqual([]);
    expect(found('MESH-AMBIENT-L7', AMBIENT('istio-injection: enabled') + POLICY(L7))).toEqual([]);
    expect(found('MESH-AMBIENT-L7', AMBIENT('istio.io/dataplane-mode: ambient, istio-injection: enabled') + POLICY(L7))).toEqual([]);
    expect(found('MESH-AMBIENT-L7', AMBIENT('istio.io/dataplane-mode: ambient') + POLICY('{rules: [{from: [{source: {principals: [a.example/ns/b/sa/c]}}], to: [{operation: {ports: ["80"]}}]}]}'))).toEqual([]);
  });
});

describe('revisions', () => {
  const ISTIO = (strategy: string, version = 'v1.30.3'): string => OBJECT('sailoperator.io/v1', 'Istio', '{name: prod}', `{namespace: istio-system, version: ${version}, updateStrategy: {type: ${strategy}}, values: {meshConfig: {trustDomain: a.example}}}`);
  const NAMESPACE = (revision: string): string => `---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {istio.io/rev: ${revision}}}\n`;

  test('fails for one that nothing installs', () => {
    expect(found('MESH-REVISION', ISTIO('RevisionBased') + NAMESPACE('prod'))).toEqual(['revision "prod" is not installed: there is prod-v1-30-3']);
    expect(found('MESH-REVISION', ISTIO('InPlace') + NAMESPACE('prod-v1-30-3'))).toEqual(['revision "prod-v1-30-3" is not installed: there is prod']);
  });

  test('one that is installed, a tag, and what is not told', () => {
    expect(found('MESH-REVISION', ISTIO('RevisionBased') + NAMESPACE('prod-v1-30-3'))).toEqual([]);
    expect(found('MESH-REVISION', `${ISTIO('RevisionBased') + NAMESPACE('stable')}---\napiVersion: sailoperator.io/v1\nkind: IstioRevisionTag\nmetadata: {name: stable}\n`)).toEqual([]);
    expect(found('MESH-REVISION', ISTIO('RevisionBased', 'v1.30-latest') + NAMESPACE('prod-v1-30-4'))).toEqual([]);
    expect(found('MESH-REVISION', `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec: {}\n${NAMESPACE('canary')}`)).toEqual([]);
  });
});

test('fails for a short name of an authorizer, and for keys of the server', () => {
  const mesh = (service: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata: {mesh: "{trustDomain: a.example, extensionProviders: [{name: opa, envoyExtAuthzGrpc: {service: ${service}, port: 9191, timeout: 1s}}]}"}\n`
    + OBJECT('v1', 'Service', '{name: opa, namespace: authz}', '{ports: [{name: grpc, port: 9191}]}');
  for (const short of ['opa', 'opa.authz', 'authz/opa.authz.svc']) {
    expect(found('MESH-PROVIDER-SERVICE', mesh(short))).toEqual([`"${short}" is no name that istiod looks up: Service authz/opa is opa.authz.svc.cluster.local`]);
  }
  expect(found('MESH-PROVIDER-SERVICE', mesh('opa.authz.svc.cluster.local'))).toEqual([]);
  const keys = (uri: string): string => OBJECT('security.istio.io/v1', 'RequestAuthentication', '{name: a, namespace: b}', `{jwtRules: [{issuer: "https://a.example", jwksUri: "${uri}"}]}`);
  expect(found('MESH-JWT-KEYS', keys('https://spire-server.spire:8081/keys'))).toEqual(['jwksUri "https://spire-server.spire:8081/keys" is the API of the SPIRE server, which has no keys for others']);
  expect(found('MESH-JWT-KEYS', keys('https://oidc.a.example/keys'))).toEqual([]);
});

test('an emptyDir in one line is cleared', () => {
  const operator = (volume: string): string => `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec: {values: {sidecarInjectorWebhook: {templates: {a: "spec: {volumes: [{name: workload-socket, ${volume}csi: {driver: csi.spiffe.io, readOnly: true}}]}"}}}}`;
  expect(found('MESH-TEMPLATE-EMPTY-DIR', operator('emptyDir: null, '))).toEqual([]);
  expect(found('MESH-TEMPLATE-EMPTY-DIR', operator(''))).toEqual(['template a has no emptyDir: null']);
});
