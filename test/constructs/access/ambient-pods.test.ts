import { AmbientPods } from '../../../src/constructs/access/ambient-pods';
import { Fixture } from '../istio/fixture';

function pods() {
  const fixture = new Fixture();
  const [web, api] = ['web', 'api'].map((name) => fixture.mesh.enroll(fixture.deployment(name)));
  return { web, api, ambient: AmbientPods.of(fixture.mesh), again: () => AmbientPods.of(fixture.mesh) };
}

test('a mesh has one, and nothing is ambient that nobody said', () => {
  const { web, ambient, again } = pods();
  expect(again()).toBe(ambient);
  expect([ambient.areUsed, ambient.has(web), ambient.waypointOf(web)]).toEqual([false, false, undefined]);
});

test('workloads behind a waypoint of one name have the same one, which Istio labels', () => {
  const { web, api, ambient } = pods();
  ambient.add(web, 'gate');
  ambient.add(api, 'gate');
  expect(ambient.waypointOf(api)).toBe(ambient.waypointOf(web));
  expect(ambient.waypointOf(web)).toMatchObject({
    namespace: 'shop', principal: 'example.org/ns/shop/sa/gate', matchLabels: { 'gateway.networking.k8s.io/gateway-name': 'gate' },
  });
});

test('who asks is told once, before or after it is said', () => {
  const { web, api, ambient } = pods();
  const told: string[] = [];
  ambient.onUse(() => told.push('use'));
  ambient.onWaypoint(web, ({ name }) => told.push(`first ${name}`));
  ambient.onWaypoint(api, ({ name }) => told.push(`never ${name}`));
  ambient.add(web, 'gate');
  ambient.add(web, 'gate');
  ambient.add(api);
  ambient.onWaypoint(web, ({ name }) => told.push(`second ${name}`));
  ambient.onUse(() => told.push('use later'));
  expect(told).toEqual(['use', 'first gate', 'second gate', 'use later']);
});
