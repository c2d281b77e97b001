import { AccessEnforcer, AccessPolicy, AccessSource, IngressGateway } from '../../../../src';
import { ciliumAllows } from '../../../support/policies/cilium-policy';
import { networkAllows, NetworkPod } from '../../../support/policies/network-policy';
import { describeWithSharedData } from '../../../support/shared-data';
import { strictErrors } from '../../../support/strict-schema';
import { Fixture } from '../../istio/fixture';

const pod = (app: string): NetworkPod => ({ namespace: 'shop', labels: { app, version: 'v1' } });
const WAYPOINT: NetworkPod = { namespace: 'shop', labels: { 'gateway.networking.k8s.io/gateway-name': 'waypoint' } };
const GATEWAY: NetworkPod = { namespace: 'istio-ingress', labels: { 'app.kubernetes.io/name': 'istio-ingressgateway', 'istio': 'ingressgateway' } };
const PROBE = { address: '169.254.7.127' };
const HBONE = 15008;

function shop(enforcers: AccessEnforcer[]) {
  const fixture = new Fixture();
  const [web, api, db] = ['web', 'api', 'db'].map((name) => fixture.mesh.enroll(fixture.deployment(name, (one) => {
    one.spec.template.spec.containers[0].ports.push({ containerPort: 9090 });
  })));
  const access = new AccessPolicy(fixture.platform, 'access', { mesh: fixture.mesh, enforcers });
  return { fixture, web, api, db, access };
}

describe.each([
  ['NetworkPolicy', AccessEnforcer.networkPolicy, networkAllows],
  ['CiliumNetworkPolicy', AccessEnforcer.cilium, ciliumAllows],
] as const)('%s', (kind, enforcer, allows) => {
  const policies = (fixture: Fixture) => fixture.manifests.filter((one) => one.kind === kind);
  const orders = (ambient: () => AccessEnforcer): AccessEnforcer[][] => [[ambient(), enforcer()], [enforcer(), ambient()]];

  test.each(orders(AccessEnforcer.ztunnel).map((one, index) => [index, one]))('callers reach ambient pods by HBONE and by nothing else (order %d)', (_, enforcers) => {
    const { fixture, web, api, access } = shop(enforcers as AccessEnforcer[]);
    access.allow({ source: web, destination: api, port: 8080 });
    const written = policies(fixture);
    const passes = (from: string, to: string, port: number) => allows(written, pod(from), pod(to), port);
    expect([passes('web', 'api', HBONE), passes('web', 'api', 8080), passes('db', 'api', HBONE), passes('api', 'web', HBONE)]).toEqual([true, false, false, false]);
  });

  test.each(orders(() => AccessEnforcer.waypoint()).map((one, index) => [index, one]))('callers reach the waypoint, and it alone the pods (order %d)', (_, enforcers) => {
    const { fixture, web, api, db, access } = shop(enforcers as AccessEnforcer[]);
    access.allow({ source: web, destination: api, port: 8080, methods: ['GET'] });
    access.allow({ source: new IngressGateway(fixture.platform, 'ingress', { mesh: fixture.mesh }), destination: db, port: 8080 });
    const written = policies(fixture);
    const passes = (from: NetworkPod, to: NetworkPod, port = HBONE) => allows(written, from, to, port);
    expect([passes(pod('web'), WAYPOINT), passes(GATEWAY, WAYPOINT), passes(WAYPOINT, pod('api')), passes(WAYPOINT, pod('db'))]).toEqual([true, true, true, true]);
    expect([passes(pod('web'), pod('api')), passes(pod('web'), pod('api'), 8080), passes(WAYPOINT, pod('api'), 8080)]).toEqual([false, false, false]);
    expect([passes(pod('api'), WAYPOINT), passes(WAYPOINT, pod('web')), passes(pod('web'), WAYPOINT, 15021)]).toEqual([false, false, false]);
    expect(passes(WAYPOINT, { namespace: 'istio-system', labels: { app: 'istiod' } }, 15012)).toBe(true);
  });

  test('a namespace, and somebody whose pods are not known, come by the waypoint', () => {
    const { fixture, api, access } = shop([enforcer(), AccessEnforcer.waypoint('gate')]);
    const gate: NetworkPod = { namespace: 'shop', labels: { 'gateway.networking.k8s.io/gateway-name': 'gate' } };
    access.allow({ source: AccessSource.namespace('shop'), destination: api, port: 8080 });
    expect([allows(policies(fixture), pod('db'), gate, HBONE), allows(policies(fixture), undefined, gate, HBONE)]).toEqual([true, false]);
    access.allow({ source: AccessSource.identity(api.identity.spiffeId), destination: api, port: 8080 });
    expect([allows(policies(fixture), undefined, gate, HBONE), allows(policies(fixture), undefined, pod('api'), HBONE)]).toEqual([true, false]);
  });

  test('probes reach every pod of a closed namespace on every port, from where Istio lets them come', () => {
    const { fixture, web, api, access } = shop([enforcer()]);
    access.allow({ source: web, destination: api, port: 8080 });
    expect(allows(policies(fixture), PROBE, pod('api'), 8081)).toBe(false);
    const ambient = new AccessPolicy(fixture.platform, 'ambient', { mesh: fixture.mesh, enforcers: [AccessEnforcer.ztunnel(), enforcer()] });
    ambient.allow({ source: api, destination: web, port: 8080 });
    ambient.denyByDefault('ops');
    const written = policies(fixture);
    const probed = [['shop', 'api'], ['shop', 'idle'], ['ops', 'cron']].map(([namespace, app]) => allows(written, PROBE, { namespace, labels: { app } }, 8081));
    expect(probed).toEqual([true, true, true]);
    expect(allows(written, { address: 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff' }, pod('api'), 1)).toBe(true);
    expect(allows(written, { address: '169.254.7.126' }, pod('api'), 8081)).toBe(false);
  });

  test('sidecars beside ambient workloads take HBONE too, from the same callers', () => {
    const { fixture, web, api, db, access } = shop([AccessEnforcer.ztunnel(), enforcer()]);
    access.allow({ source: web, destination: api, port: 8080 });
    const sidecars = new AccessPolicy(fixture.platform, 'sidecars', { mesh: fixture.mesh, enforcers: [AccessEnforcer.istio(), enforcer()] });
    sidecars.allow({ source: api, destination: db, port: 9090 });
    const written = policies(fixture);
    const passes = (from: string, port: number) => allows(written, pod(from), pod('db'), port);
    expect([passes('api', 9090), passes('api', HBONE), passes('api', 8080), passes('web', HBONE)]).toEqual([true, true, false, false]);
  });
});

test('the report says that ports and workloads behind a waypoint are not told apart', () => {
  const { fixture, web, api, db, access } = shop([AccessEnforcer.waypoint(), AccessEnforcer.networkPolicy()]);
  access.allow({ source: web, destination: api, port: 8080 });
  new AccessPolicy(fixture.platform, 'sidecars', { mesh: fixture.mesh, enforcers: [AccessEnforcer.networkPolicy()] })
    .allow({ source: api, destination: db, port: 8080 });
  const report = fixture.rendered('ACCESS.md');
  expect(report).toContain('- NetworkPolicy: all ports of the called workload pass: connections come to port 15008\n  - shop/web to shop/api:8080\n');
  expect(report).toContain('- NetworkPolicy: all ports of the called workload pass: those of ambient callers come to port 15008\n  - shop/api to shop/db:8080\n');
  expect(report).toContain('- NetworkPolicy: all workloads behind the waypoint are reached by it\n  - shop/web to shop/api:8080\n');
});

test('Cilium denies no port of an ambient workload, and says so', () => {
  const { fixture, web, api, db, access } = shop([AccessEnforcer.cilium(), AccessEnforcer.ztunnel()]);
  access.allow({ source: web, destination: api, port: 8080 });
  access.deny({ source: db, destination: api, port: 8080 });
  expect(fixture.spec('CiliumNetworkPolicy', 'api').ingressDeny).toBeUndefined();
  expect(fixture.rendered('ACCESS.md')).toContain('- Cilium: a denial of port 15008 would deny all ports of the called workload\n  - shop/db to **denied** shop/api:8080\n');
  new AccessPolicy(fixture.platform, 'sidecars', { mesh: fixture.mesh, enforcers: [AccessEnforcer.cilium()] }).deny({ source: web, destination: db, port: 8080 });
  expect(fixture.spec('CiliumNetworkPolicy', 'db').ingressDeny).toHaveLength(1);
  expect(fixture.rendered('ACCESS.md')).toContain('- Cilium: denied callers reach port 15008: there ambient callers come\n  - shop/web to **denied** shop/db:8080\n');
});

describeWithSharedData('strict schemas', () => {
  test.each([AccessEnforcer.networkPolicy, AccessEnforcer.cilium])('policies for ambient namespaces pass', (enforcer) => {
    const { fixture, web, api, access } = shop([AccessEnforcer.waypoint(), enforcer()]);
    access.allow({ source: web, destination: api, port: 8080 });
    expect(strictErrors(fixture.manifests)).toEqual([]);
  });
});
