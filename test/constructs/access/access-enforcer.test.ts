import { ApiObject } from 'cdk8s';
import { AccessEnforcer, AccessPolicy, NetworkPeer, NetworkPolicyEnforcerProps, Stage } from '../../../src';
import { Fixture } from '../istio/fixture';

const KINDS = ['istio', 'ztunnel', 'networkPolicy', 'cilium', 'linkerd', 'opa', 'envoyRbac'] as const;

test.each(KINDS)('two access policies with an enforcer %s each write into the same objects', (kind) => {
  const written = (separate: boolean) => {
    const fixture = new Fixture();
    const [web, api] = ['web', 'api'].map((name) => fixture.mesh.enroll(fixture.deployment(name)));
    const shared = AccessEnforcer[kind]();
    const [first, second] = ['first', 'second'].map((id) =>
      new AccessPolicy(fixture.platform, id, { mesh: fixture.mesh, enforcers: [separate ? AccessEnforcer[kind]() : shared] }));
    first.allow({ source: web, destination: api, port: 8080 });
    second.allow({ source: api, destination: web, port: 8080 });
    return [fixture.manifests, ...['ACCESS.md', ...(kind === 'opa' ? ['access-data.json'] : [])].map((name) => fixture.rendered(name))];
  };
  expect(written(true)).toEqual(written(false));
});

test('the same settings in another order are the same', () => {
  const { platform, mesh } = new Fixture();
  const peers = [NetworkPeer.pods('tracing')];
  const policy = (id: string, props: NetworkPolicyEnforcerProps) =>
    new AccessPolicy(platform, id, { mesh, enforcers: [AccessEnforcer.networkPolicy(props)] });
  const first = policy('first', { dnsPort: 5353, sharedServices: [{ peers, port: 4317 }] });
  const second = policy('second', { sharedServices: [{ port: 4317, peers }], apiServerAddresses: undefined, dnsPort: 5353 });
  expect(second.objects).toEqual(first.objects);
});

test('waypoints of two names are two layers of a mesh', () => {
  const fixture = new Fixture();
  const { mesh } = fixture;
  const [web, api, pay] = ['web', 'api', 'pay'].map((name) => mesh.enroll(fixture.deployment(name)));
  ['api', 'pay'].forEach((name) => new ApiObject(fixture.platform.chart(Stage.APPS, 'services'), name, {
    apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'shop' }, spec: { selector: { app: name }, ports: [{ port: 80 }] },
  }));
  const policy = (name: string) => new AccessPolicy(fixture.platform, name, { mesh, enforcers: [AccessEnforcer.waypoint(name)] });
  policy('a').allow({ source: web, destination: api, port: 8080 });
  policy('b').allow({ source: web, destination: pay, port: 8080 });
  const passes = (name: string) => fixture.spec('AuthorizationPolicy', `${name}-from-waypoint`).rules[0].from[0].source.principals;
  expect([passes('api'), passes('pay')]).toEqual([['example.org/ns/shop/sa/a'], ['example.org/ns/shop/sa/b']]);
});

test('fails for a workload behind waypoints of two names', () => {
  const fixture = new Fixture();
  const { mesh } = fixture;
  const [web, api] = ['web', 'api'].map((name) => mesh.enroll(fixture.deployment(name)));
  const state = (name: string) => new AccessPolicy(fixture.platform, name, { mesh, enforcers: [AccessEnforcer.waypoint(name)] })
    .allow({ source: web, destination: api, port: 8080 });
  state('a');
  expect(() => state('b')).toThrow("AuthorizationPolicy 'api-from-waypoint' in namespace 'shop' is defined already");
});

test('fails for two with different settings, which would write the same objects', () => {
  const { platform, mesh } = new Fixture();
  const policy = (id: string, props?: NetworkPolicyEnforcerProps) =>
    new AccessPolicy(platform, id, { mesh, enforcers: [AccessEnforcer.networkPolicy(props)] });
  policy('first', { dnsPort: 5353 });
  policy('second', { dnsPort: 5353 });
  expect(() => policy('third')).toThrow("AccessEnforcer.networkPolicy() is made twice for cluster 'prod', with {\"dnsPort\":5353} and with {}: "
    + 'its access policies write into the same objects, make one and pass it to all of them');
});

test.each<[NetworkPolicyEnforcerProps, string]>([
  [{ dnsPort: 0 }, 'dnsPort of the settings of the network layer is 0: use a whole number from 1 to 65535'],
  [{ dns: [] }, 'dns of the settings of the network layer is an empty list, which Kubernetes would read as no limit'],
  [{ externalAddresses: ['api.example.com'] }, "externalAddresses of the settings of the network layer has 'api.example.com', which is no address range"],
  [{ sharedServices: [{ peers: [], port: 4317 }] }, 'has an empty list of peers, which Kubernetes would read as no limit: name who answers at port 4317'],
  [{ sharedServices: [{ peers: [NetworkPeer.pods('otel')], port: 0 }] }, 'a shared service of the settings of the network layer: port 0 is no port'],
])('fails for a network layer with %j', (props, message) => {
  for (const enforcer of [AccessEnforcer.networkPolicy(props), AccessEnforcer.cilium(props)]) {
    const { platform, mesh } = new Fixture();
    expect(() => new AccessPolicy(platform, 'access', { mesh, enforcers: [enforcer] })).toThrow(message);
  }
});

test('fails for a waypoint that is no Gateway, and for a ConfigMap by its name', () => {
  expect(() => AccessEnforcer.waypoint('My Waypoint')).toThrow("waypoint 'My Waypoint' is no Kubernetes name");
  expect(() => AccessEnforcer.opa({ policy: 'policy' as any })).toThrow("policy of AccessEnforcer.opa is 'policy': give an OpaPolicyConfigMap");
});

test('fails for one in two clusters', () => {
  const enforcer = AccessEnforcer.networkPolicy();
  const policy = ({ platform, mesh }: Fixture) => new AccessPolicy(platform, 'access', { mesh, enforcers: [enforcer] });
  policy(new Fixture());
  expect(() => policy(new Fixture()))
    .toThrow("enforcer AccessEnforcer.networkPolicy() of cluster 'prod' is used in cluster 'prod' too: make one for each mesh");
});
