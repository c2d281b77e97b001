import { found } from '../cases';

describe('the Service of a gateway for other networks', () => {
  const gateway = (labels: string, port: number, more = ''): string => `apiVersion: v1
kind: Service
metadata: {name: east, namespace: istio-system, labels: {topology.istio.io/network: one${labels}}}
spec: {type: LoadBalancer, selector: {istio: east}, ports: [{name: tls, port: ${port}}]}
${more}`;
  const INGRESS = '---\napiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: web, namespace: a}\nspec: {selector: {istio: ingress}, servers: []}\n';

  test.each([
    ['is what the chart makes, whose Gateway comes later', gateway('', 15443)],
    ['has another port by its label', gateway(', networking.istio.io/gatewayPort: "443"', 443)],
    ['is for ambient clusters', gateway('', 15008, INGRESS)],
    ['is that of a waypoint', gateway(', gateway.istio.io/managed: istio.io-mesh-controller', 80, INGRESS)],
  ])('is right where it %s', (_, text) => {
    expect(found('FED-GATEWAY', text)).toEqual([]);
  });

  test.each([
    ['has none of the ports', gateway('', 443), 'has no port 15443'],
    ['has not the port of its label', gateway(', networking.istio.io/gatewayPort: "8443"', 443), 'has no port 8443'],
    ['has no Gateway among others', gateway('', 15443, INGRESS), 'no Gateway of its proxies'],
  ])('fails where it %s', (_, text, message) => {
    expect(found('FED-GATEWAY', text)).toEqual([expect.stringContaining(message)]);
  });
});

test('a ServiceEntry may lead a name of outside to a service inside', () => {
  const entry = (more: string): string => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: a, namespace: a}
spec: {hosts: [db.example.org], location: MESH_EXTERNAL, resolution: DNS, ports: [{number: 443, name: tls, protocol: TLS}], endpoints: [{address: proxy.a.svc.cluster.local${more}}]}
`;
  expect(found('MESH-SERVICE-ENTRY-LOCAL', entry(''))).toEqual([]);
  expect(found('MESH-SERVICE-ENTRY-LOCAL', entry(', network: far'))).toHaveLength(1);
});

describe('the inputs of a mesh of several clusters', () => {
  const operator = (name: string, network: string, cluster = ''): string => `apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: {name: ${name}}
spec: {values: {global: {meshID: mesh, network: ${network}${cluster && `, multiCluster: {clusterName: ${cluster}}`}}}}
`;
  const DIFFER = /^(FED-NETWORK|MESH-INPUTS-DIFFER)$/;

  test('may be files beside each other', () => {
    const files = { 'one.yaml': operator('a', 'n1', 'one'), 'two.yaml': operator('a', 'n2', 'two'), 'east-one.yaml': operator('east', 'n1'), 'east-two.yaml': operator('east', 'n2') };
    expect(found(DIFFER, files)).toEqual([]);
  });

  test('fail where they are for one', () => {
    expect(found(DIFFER, { 'one.yaml': operator('a', 'n1', 'one'), 'two.yaml': operator('b', 'n2', 'one') })).toHaveLength(2);
    expect(found(DIFFER, { 'one.yaml': operator('a', 'n1'), 'two.yaml': operator('b', 'n2') })).toHaveLength(2);
  });
});

test('the trust domain of a mesh may be filled in', () => {
  const operator = (name: string, trustDomain: string): string => `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: ${name}}\nspec: {meshConfig: {trustDomain: ${trustDomain}}}\n`;
  const MESH = /^MESH-(TRUST-DOMAIN|INPUTS-DIFFER)$/;
  expect(found(MESH, { 'a.yaml': operator('a', '$CLUSTER'), 'b.yaml': operator('b', 'one.org') })).toEqual([]);
  expect(found(MESH, { 'a.yaml': operator('a', 'a_b'), 'b.yaml': operator('b', 'one.org') })).toHaveLength(2);
});

test('files beside each other may each have a Gateway of one name', () => {
  const file = (host: string, route = host): string => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: web, namespace: a}
spec: {selector: {istio: ingress}, servers: [{hosts: [${host}], port: {number: 80, name: http, protocol: HTTP}}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web, namespace: a}
spec: {hosts: [${route}], gateways: [web], http: [{route: [{destination: {host: web}}]}]}
`;
  expect(found('MESH-GATEWAY-ROUTE', { 'a/1.yaml': file('one.org'), 'a/2.yaml': file('two.org') })).toEqual([]);
  expect(found('MESH-GATEWAY-ROUTE', { 'a/1.yaml': file('one.org'), 'a/2.yaml': file('two.org', 'one.org') })).toHaveLength(1);
});

describe('a policy', () => {
  const policy = (labels: string): string => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: a, namespace: shop}
spec: {selector: {matchLabels: {${labels}}}, rules: [{}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a, image: "a:1"}]}}}
`;
  const release = '---\napiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: api, namespace: shop}\nspec: {chart: {spec: {chart: api}}}\n';
  const NOTHING = 'MESH-AUTHZ-SELECTS-NOTHING';

  test.each([
    ['of an operator', policy('strimzi.io/kind: Kafka')],
    ['of a chart', policy('app: api') + release],
  ])('may be for pods %s', (_, text) => {
    expect(found(NOTHING, text)).toEqual([]);
  });

  test.each(['app: api', 'ap: web', 'name: web'])('fails for %s, which no pod has', labels => {
    expect(found(NOTHING, policy(labels))).toHaveLength(1);
  });
});
