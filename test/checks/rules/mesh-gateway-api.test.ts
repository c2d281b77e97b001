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
