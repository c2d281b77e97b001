import { ApiObject } from 'cdk8s';
import { AccessEnforcer, AccessPolicy, EgressGateway, Stage } from '../../../../src';
import { describeWithSharedData } from '../../../support/shared-data';
import { strictErrors } from '../../../support/strict-schema';
import { Fixture } from '../../istio/fixture';

function shop(enforcer: AccessEnforcer, services = ['api']) {
  const fixture = new Fixture();
  const web = fixture.mesh.enroll(fixture.deployment('web'));
  const api = fixture.mesh.enroll(fixture.deployment('api'));
  const chart = fixture.platform.chart(Stage.APPS, 'services');
  services.forEach((name) => new ApiObject(chart, name, {
    apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'shop' }, spec: { selector: { app: name }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
  }));
  const access = new AccessPolicy(fixture.platform, 'access', { mesh: fixture.mesh, enforcers: [enforcer] });
  return { fixture, web, api, access };
}

const policies = (fixture: Fixture) => Object.fromEntries(fixture.manifests
  .filter((one) => one.kind === 'AuthorizationPolicy' && one.metadata.namespace === 'shop').map((one) => [one.metadata.name, one.spec]));
const from = (name: string) => [{ source: { principals: [`example.org/ns/shop/sa/${name}`] } }];

test('a waypoint sees the request, and the pods see the waypoint', () => {
  const { fixture, web, api, access } = shop(AccessEnforcer.waypoint());
  access.allow({ source: web, destination: api, port: 8080, methods: ['GET'] });
  expect(policies(fixture)).toEqual({
    'api-from-waypoint': { selector: { matchLabels: { app: 'api' } }, action: 'ALLOW', rules: [{ from: from('waypoint'), to: [{ operation: { ports: ['8080'] } }] }] },
    'api-allow': { targetRefs: [{ group: '', kind: 'Service', name: 'api' }], action: 'ALLOW', rules: [{ from: from('web'), to: [{ operation: { methods: ['GET'] } }] }] },
  });
});

test('the waypoint may reach the pods only when its Service has a policy that allows: without one a waypoint lets everybody through', () => {
  const { fixture, web, api, access } = shop(AccessEnforcer.waypoint());
  access.deny({ source: web, destination: api, port: 8080 });
  access.audit({ source: web, destination: api, port: 8080 });
  access.allow({ source: web, destination: api, port: 8080, auditOnly: true });
  expect(Object.keys(policies(fixture))).toEqual(['api-deny', 'api-audit', 'api-allow-dry-run']);
  expect(fixture.manifests.find((one) => one.metadata.name === 'default-deny-waypoints')).toMatchObject({
    metadata: { namespace: 'istio-system' }, spec: { targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'GatewayClass', name: 'istio-waypoint' }] },
  });
});

test('fails for a workload behind no Service', () => {
  const { web, api, access } = shop(AccessEnforcer.waypoint(), []);
  access.allow({ source: web, destination: api, port: 8080 });
  expect(access.node.validate().join()).toContain("no Service leads to 'shop/api', so no waypoint stands before it");
});

test('ztunnel gets no rule that it would never match', () => {
  const { fixture, web, api, access } = shop(AccessEnforcer.ztunnel());
  access.allow({ source: web, destination: api, port: 8080, methods: ['GET'], paths: ['/a'] });
  access.deny({ source: web, destination: api, port: 8080, methods: ['DELETE'] });
  access.allow({ source: web, destination: api, port: 8080, auditOnly: true });
  expect(policies(fixture)).toEqual({
    'api-allow': { selector: { matchLabels: { app: 'api' } }, action: 'ALLOW', rules: [{ from: from('web'), to: [{ operation: { ports: ['8080'] } }] }] },
  });
});

test.each([['waypoint', AccessEnforcer.waypoint()], ['ztunnel', AccessEnforcer.ztunnel()]])('fails for an egress gateway with %s', (_, enforcer) => {
  const { fixture, web, access } = shop(enforcer);
  const gateway = new EgressGateway(fixture.platform, 'egress', { mesh: fixture.mesh });
  expect(() => access.allowEgress({ source: web, hosts: ['api.example.com'], gateway })).toThrow('only sidecars follow its routes');
});

describeWithSharedData('strict schemas', () => {
  test('policies of waypoints pass', () => {
    const { fixture, web, api, access } = shop(AccessEnforcer.waypoint('my-waypoint'));
    access.allow({ source: web, destination: api, port: 8080 });
    expect(strictErrors(fixture.manifests)).toEqual([]);
  });
});
