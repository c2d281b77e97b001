import { ApiObject } from 'cdk8s';
import * as fc from 'fast-check';
import { Call, NAMES, PORTS, runs, Sentence, System, widened } from './system';
import { AccessEnforcer, Stage } from '../../../../src';
import { istioAllows } from '../../../support/policies/istio-authorization';

const policiesOf = (system: System) => system.manifests.filter((manifest) => manifest.kind === 'AuthorizationPolicy');
const isHttpOnly = (one: Sentence) => one.methods !== undefined || one.paths !== undefined || one.hosts !== undefined || one.source.startsWith('token');

/**
 * ztunnel never sees a request: all are bytes to it.
 */
function byZtunnel(system: System, policies: any[], call: Call, identity = system.identity(call.source)?.uri): boolean {
  const { namespace, podLabels: labels } = system.workload(call.destination);
  return istioAllows(policies, { namespace, labels }, { identity, port: call.port });
}

test('ztunnel lets through what the statements allow, and says the same where they end at ports', () => {
  fc.assert(fc.property(runs(), runs((one) => !isHttpOnly(one) && !one.auditOnly), ([all, some], [plain, others]) => {
    const system = new System(all, [AccessEnforcer.ztunnel()]);
    const policies = policiesOf(system);
    expect(some.filter((call) => system.allows(call) && !byZtunnel(system, policies, call))).toEqual([]);
    const wide = new System(widened(all), [AccessEnforcer.ztunnel()]);
    expect(some.filter((call) => byZtunnel(system, policies, call) && !wide.allows(call))).toEqual([]);
    const exact = new System(plain, [AccessEnforcer.ztunnel()]);
    const written = policiesOf(exact);
    others.forEach((call) => expect({ call, allowed: byZtunnel(exact, written, call) }).toEqual({ call, allowed: exact.allows(call) }));
  }), { numRuns: 40 });
});

/**
 * The waypoint decides by the policies for the Service, then the pods take the connection from it.
 */
function byWaypoint(system: System, policies: any[], call: Call): boolean {
  const { namespace } = system.workload(call.destination);
  const bound = policies.filter(({ spec, metadata }) => metadata.namespace === namespace
    && spec.targetRefs?.some((ref: any) => ref.name === call.destination))
    .map(({ spec: { targetRefs, ...spec }, ...rest }) => ({ ...rest, spec }));
  const unbound = policies.filter(({ spec }) => !spec.targetRefs);
  // policies without targetRefs, such as the mesh-wide default deny, are none of a waypoint's; the pods have to be closed by themselves
  const atWaypoint = istioAllows(bound, { namespace, labels: {} },
    { identity: system.identity(call.source)?.uri, port: call.port, http: call.http, claims: call.claims });
  return atWaypoint && byZtunnel(system, unbound, call, `spiffe://example.org/ns/${namespace}/sa/waypoint`);
}

function waypointSystem(stated: Sentence[]): System {
  const system = new System(stated, [AccessEnforcer.waypoint()]);
  const chart = system.fixture.platform.chart(Stage.APPS, 'services');
  NAMES.forEach((name) => new ApiObject(chart, name, {
    apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: system.workload(name).namespace }, spec: { selector: { app: name }, ports: [] },
  }));
  return system;
}

test('a waypoint lets through what the statements allow, and says the same where they are about one port', () => {
  fc.assert(fc.property(runs(), runs((one) => !one.deny && !one.auditOnly && one.port === 8080), ([all, some], [onePort, others]) => {
    const system = waypointSystem(all);
    const policies = policiesOf(system);
    expect(some.filter((call) => system.allows(call) && !byWaypoint(system, policies, call))).toEqual([]);
    const undenied = new System(all.filter((one) => !one.deny), [AccessEnforcer.ztunnel()]);
    const atSomePort = (call: Call) => PORTS.some((port) => undenied.allows({ ...call, port }));
    expect(some.filter((call) => byWaypoint(system, policies, call) && !atSomePort(call))).toEqual([]);
    const exact = waypointSystem(onePort);
    const written = policiesOf(exact);
    others.forEach((call) => expect({ call, allowed: byWaypoint(exact, written, call) }).toEqual({ call, allowed: exact.allows(call) }));
  }), { numRuns: 40 });
});
