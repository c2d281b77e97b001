import { AccessEnforcer, AccessPolicy, NetworkPolicyEnforcerProps } from '../../../src';
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

test('fails for two with different settings, which would write the same objects', () => {
  const { platform, mesh } = new Fixture();
  const policy = (id: string, props?: NetworkPolicyEnforcerProps) =>
    new AccessPolicy(platform, id, { mesh, enforcers: [AccessEnforcer.networkPolicy(props)] });
  policy('first', { dnsPort: 5353 });
  policy('second', { dnsPort: 5353 });
  expect(() => policy('third')).toThrow("AccessEnforcer.networkPolicy() is made twice for cluster 'prod', with {\"dnsPort\":5353} and with {}: "
    + 'its access policies write into the same objects, make one and pass it to all of them');
});

test('fails for one in two clusters', () => {
  const enforcer = AccessEnforcer.networkPolicy();
  const policy = ({ platform, mesh }: Fixture) => new AccessPolicy(platform, 'access', { mesh, enforcers: [enforcer] });
  policy(new Fixture());
  expect(() => policy(new Fixture()))
    .toThrow("enforcer AccessEnforcer.networkPolicy() of cluster 'prod' is used in cluster 'prod' too: make one for each mesh");
});
