import { AccessEnforcer, AccessPolicy, AccessSource, EgressGateway, IngressGateway, NetworkPeer, ServiceEntryProtocol } from '../../../../src';
import { describeWithSharedData } from '../../../support/shared-data';
import { strictErrors } from '../../../support/strict-schema';
import { Fixture } from '../../istio/fixture';

function shop(props: Parameters<typeof AccessEnforcer.networkPolicy>[0] = {}, apiServerPort?: number) {
  const fixture = new Fixture({ apiServerPort });
  const web = fixture.mesh.enroll(fixture.deployment('web'));
  const api = fixture.mesh.enroll(fixture.deployment('api'));
  const enforcer = AccessEnforcer.networkPolicy(props);
  const access = new AccessPolicy(fixture.platform, 'access', { mesh: fixture.mesh, enforcers: [enforcer] });
  return { fixture, web, api, access, enforcer };
}

const policies = (fixture: Fixture) => Object.fromEntries(fixture.manifests.filter((manifest) => manifest.kind === 'NetworkPolicy')
  .map((manifest) => [`${manifest.metadata.namespace}/${manifest.metadata.name}`, manifest.spec]));
const pods = (namespace: string, matchLabels: object) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } }, podSelector: { matchLabels },
});
const tcp = (...ports: number[]) => ports.map((port) => ({ protocol: 'TCP', port }));

test('caller and called workload get a policy each, their namespace is closed apart from DNS and istiod', () => {
  const { fixture, web, api, access } = shop();
  access.allow({ source: web, destination: api, port: 8080, methods: ['GET'] });
  expect(policies(fixture)).toEqual({
    'shop/default-deny': { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    'shop/mesh-base': {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [
        { to: [pods('kube-system', { 'k8s-app': 'kube-dns' })], ports: [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }] },
        { to: [pods('istio-system', { app: 'istiod' })], ports: tcp(15012) },
      ],
    },
    'shop/api': {
      podSelector: { matchLabels: { app: 'api' } }, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [pods('shop', { app: 'web' })], ports: tcp(8080) }],
    },
    'shop/web': {
      podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress', 'Egress'], egress: [{ to: [pods('shop', { app: 'api' })], ports: tcp(8080) }],
    },
  });
});

test('statements for the same pods are one rule', () => {
  const { fixture, web, api, access } = shop();
  access.allow({ source: web, destination: api, port: 8080, methods: ['GET'] });
  access.allow({ source: web, destination: api, port: 8080, methods: ['POST'], paths: ['/orders'] });
  expect(policies(fixture)['shop/api'].ingress).toEqual([{ from: [pods('shop', { app: 'web' })], ports: tcp(8080) }]);
});

test('a gateway takes what comes from outside', () => {
  const { fixture, web, access } = shop();
  access.allow({ source: new IngressGateway(fixture.platform, 'ingress', { mesh: fixture.mesh }), destination: web, port: 8080 });
  expect(policies(fixture)['istio-ingress/istio-ingressgateway'].ingress).toEqual([{ ports: tcp(80, 443, 15021) }]);
});

test('a namespace calls by a policy for all its pods, also those that are enrolled later', () => {
  const { fixture, api, access } = shop();
  fixture.mesh.enroll(fixture.deployment('cron', (one) => one.metadata.namespace = 'ops'));
  access.allow({ source: AccessSource.namespace('ops'), destination: api, port: 8080 });
  expect(policies(fixture)['ops/calls-of-namespace']).toEqual({
    podSelector: {}, policyTypes: ['Egress'], egress: [{ to: [pods('shop', { app: 'api' })], ports: tcp(8080) }],
  });
  expect(policies(fixture)['shop/api'].ingress).toEqual([
    { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } } }], ports: tcp(8080) },
  ]);
});

test('denials, marks and what is only watched are left out', () => {
  const { fixture, web, api, access } = shop();
  access.audit({ source: web, destination: api, port: 8080 });
  access.deny({ source: web, destination: api, port: 8080 });
  access.allow({ source: web, destination: api, port: 8080, auditOnly: true });
  expect(policies(fixture)).toEqual({});
});

test('hosts outside are reached in the given ranges, on their port', () => {
  const { fixture, web, access } = shop({ externalAddresses: ['203.0.113.0/24'] });
  access.allowEgress({ source: web, hosts: ['api.example.com'] });
  expect(policies(fixture)['shop/web'].egress).toEqual([{ to: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: tcp(443) }]);
});

test('hosts behind an egress gateway are reached by it alone, and it by its callers alone', () => {
  const { fixture, web, api, access } = shop({ externalAddresses: ['203.0.113.0/24'] });
  const gateway = new EgressGateway(fixture.platform, 'egress', { mesh: fixture.mesh });
  access.allowEgress({ source: web, hosts: ['api.example.com'], port: 9443, gateway });
  access.allowEgress({ source: api, hosts: ['b.example.com'], protocol: ServiceEntryProtocol.HTTP, gateway });
  const proxies = pods('istio-egress', { 'app.kubernetes.io/name': 'istio-egressgateway', 'istio': 'egressgateway' });
  expect(policies(fixture)['shop/web'].egress).toEqual([{ to: [proxies], ports: tcp(8443) }]);
  expect(policies(fixture)['shop/api'].egress).toEqual([{ to: [proxies], ports: tcp(8080) }]);
  expect(policies(fixture)['istio-egress/istio-egressgateway']).toMatchObject({
    ingress: [{ from: [pods('shop', { app: 'web' })], ports: tcp(8443) }, { from: [pods('shop', { app: 'api' })], ports: tcp(8080) }],
    egress: [{ to: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: tcp(9443, 443) }],
  });
});

test('readers of metrics reach the ports of the proxy', () => {
  const { fixture, web, access } = shop();
  access.allowMetrics({ workload: web, readerNamespace: 'monitoring', readerLabels: { app: 'prometheus' } });
  expect(policies(fixture)['shop/web'].ingress).toEqual([{ from: [pods('monitoring', { app: 'prometheus' })], ports: tcp(15020, 15090) }]);
});

test.each(['before', 'after'])('they get out of a namespace that was closed %s', (when) => {
  const { fixture, web, access } = shop();
  if (when === 'before') {
    access.denyByDefault('monitoring');
  }
  access.allowMetrics({ workload: web, readerNamespace: 'monitoring' });
  if (when === 'after') {
    access.denyByDefault('monitoring');
  }
  expect(policies(fixture)['monitoring/calls-of-namespace'].egress).toEqual([{ to: [pods('shop', { app: 'web' })], ports: tcp(15020, 15090) }]);
});

test('a namespace of readers is not closed by them', () => {
  const { fixture, web, access } = shop();
  access.allowMetrics({ workload: web, readerNamespace: 'monitoring' });
  expect(Object.keys(policies(fixture)).filter((name) => name.startsWith('monitoring/'))).toEqual([]);
});

test('the API server is reached by who needs it', () => {
  const { fixture, web, access } = shop({ apiServerAddresses: ['192.0.2.1/32'] });
  access.allowApiServer(web);
  expect(policies(fixture)['shop/web'].egress).toEqual([{ to: [{ ipBlock: { cidr: '192.0.2.1/32' } }], ports: tcp(443, 6443) }]);
});

test('the API server listens where the cluster says', () => {
  const { fixture, web, access } = shop({}, 8443);
  access.allowApiServer(web);
  expect(policies(fixture)['shop/web'].egress).toEqual([{ ports: tcp(443, 8443) }]);
});

test('DNS may be elsewhere', () => {
  const { fixture, access } = shop({ dns: [NetworkPeer.ipBlock('169.254.20.10/32')], dnsPort: 5353 });
  access.denyByDefault('shop');
  expect(policies(fixture)['shop/mesh-base'].egress[0]).toEqual({
    to: [{ ipBlock: { cidr: '169.254.20.10/32' } }], ports: [{ protocol: 'UDP', port: 5353 }, { protocol: 'TCP', port: 5353 }],
  });
});

test('what all proxies call is open to them', () => {
  const { fixture, access } = shop({ sharedServices: [{ peers: [NetworkPeer.pods('observability')], port: 4317 }] });
  access.denyByDefault('shop');
  expect(policies(fixture)['shop/mesh-base'].egress[2]).toEqual({
    to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'observability' } } }], ports: tcp(4317),
  });
});

test('one enforcer serves two access policies of a mesh', () => {
  const { fixture, web, api, access, enforcer } = shop();
  const second = new AccessPolicy(fixture.platform, 'second', { mesh: fixture.mesh, enforcers: [enforcer] });
  access.allow({ source: web, destination: api, port: 8080 });
  second.allow({ source: api, destination: web, port: 8080 });
  expect(policies(fixture)['shop/web'].ingress).toEqual([{ from: [pods('shop', { app: 'api' })], ports: tcp(8080) }]);
});

test('fails for an enforcer of another mesh', () => {
  const { enforcer } = shop();
  const other = new Fixture();
  expect(() => new AccessPolicy(other.platform, 'access', { mesh: other.mesh, enforcers: [enforcer] })).toThrow('make one for each mesh');
});

describeWithSharedData('strict schemas', () => {
  test('NetworkPolicies pass', () => {
    const { fixture, web, api, access } = shop();
    access.allow({ source: web, destination: api, port: 8080 });
    access.allowEgress({ source: web, hosts: ['api.example.com'] });
    expect(strictErrors(fixture.manifests)).toEqual([]);
  });
});
