import * as fc from 'fast-check';
import { Call, NAMES, runs, Sentence, System } from './system';
import { AccessEnforcer } from '../../../../src';
import { ciliumAllows } from '../../../support/policies/cilium-policy';
import { networkAllows, NetworkPod } from '../../../support/policies/network-policy';

const GATEWAY: NetworkPod = { namespace: 'istio-ingress', labels: { 'app.kubernetes.io/name': 'istio-ingressgateway', 'istio': 'ingressgateway' } };
const STRANGER: NetworkPod = { namespace: 'shop', labels: { app: 'stranger' } };
const THROUGH: { [source: string]: string } = { 'token ann': 'gateway', 'token admins': 'gateway', 'token scope': 'gateway', 'token through ops': 'ops' };

/** Sources whose pods nobody knows. */
const UNKNOWN = ['ci', 'partner', 'trust domain partner', 'trust domain namesake'];

function podOf(system: System, name: string): NetworkPod | undefined {
  if (NAMES.includes(name)) {
    const { namespace, podLabels } = system.workload(name);
    return { namespace, labels: podLabels };
  }
  return { gateway: GATEWAY, stranger: STRANGER }[name];
}

/**
 * What a layer may let through that sees pods and ports only: all of a pod or namespace that some statement names as caller.
 */
function mayPass(system: System, stated: Sentence[], call: Call): boolean {
  return stated.filter((one) => !one.deny && !one.auditOnly && one.destination === call.destination && one.port === call.port).some(({ source }) =>
    UNKNOWN.includes(source) || source === call.source || THROUGH[source] === call.source
    || source === `namespace ${podOf(system, call.source)?.namespace}`);
}

test.each([
  ['NetworkPolicies let', 'NetworkPolicy', AccessEnforcer.networkPolicy, networkAllows],
  ['CiliumNetworkPolicies let', 'CiliumNetworkPolicy', AccessEnforcer.cilium, ciliumAllows],
] as const)('%s through what the statements allow, and nothing for which no statement has caller, called workload and port', (_, kind, enforcer, allows) => {
  fc.assert(fc.property(runs(), ([stated, requests]) => {
    const system = new System(stated, [enforcer()]);
    const policies = system.manifests.filter((manifest) => manifest.kind === kind);
    const closed = new Set(policies.map((policy) => policy.metadata.namespace));
    for (const call of requests.filter((one) => closed.has(podOf(system, one.destination)!.namespace))) {
      const passes = allows(policies, podOf(system, call.source), podOf(system, call.destination), call.port);
      if (system.allows(call)) {
        expect({ call, passes }).toEqual({ call, passes: true });
      } else if (passes) {
        expect({ call, mayPass: mayPass(system, stated, call) }).toEqual({ call, mayPass: true });
      }
    }
  }), { numRuns: 40 });
});

const HBONE = 15008;

/**
 * The connections by which a call arrives in ambient mode: to the waypoint of the called workload and from there, or straight.
 */
function hops(system: System, waypoint: string | undefined, { source, destination }: Call): [NetworkPod | undefined, NetworkPod][] {
  const [from, to] = [podOf(system, source), podOf(system, destination)!];
  const gate = { namespace: to.namespace, labels: { 'gateway.networking.k8s.io/gateway-name': waypoint! } };
  return waypoint === undefined ? [[from, to]] : [[from, gate], [gate, to]];
}

/**
 * Ports are one, and so are the workloads of a namespace behind a waypoint.
 */
function mayArrive(system: System, stated: Sentence[], waypoint: string | undefined, call: Call): boolean {
  const namespaceOf = (name: string) => podOf(system, name)!.namespace;
  const isBehindTheSame = (name: string) => waypoint !== undefined && namespaceOf(name) === namespaceOf(call.destination);
  return stated.filter((one) => one.destination === call.destination || isBehindTheSame(one.destination))
    .some(({ port, destination }) => mayPass(system, stated, { ...call, port, destination }));
}

test.each([
  ['NetworkPolicies let', 'NetworkPolicy', AccessEnforcer.networkPolicy, networkAllows],
  ['CiliumNetworkPolicies let', 'CiliumNetworkPolicy', AccessEnforcer.cilium, ciliumAllows],
] as const)('in ambient mode %s through what the statements allow, and probes, and no caller that no statement names', (_, kind, enforcer, allows) => {
  const ways = fc.tuple(fc.constantFrom(undefined, 'waypoint', 'gate'), fc.boolean());
  fc.assert(fc.property(runs(), ways, ([stated, requests], [waypoint, isFirst]) => {
    const ambient = waypoint === undefined ? AccessEnforcer.ztunnel() : AccessEnforcer.waypoint(waypoint);
    const system = new System(stated, isFirst ? [ambient, enforcer()] : [enforcer(), ambient]);
    const policies = system.manifests.filter((manifest) => manifest.kind === kind);
    const closed = new Set(policies.map((policy) => policy.metadata.namespace));
    const known = new Set(stated.map(({ destination }) => destination));
    for (const call of requests.filter((one) => closed.has(podOf(system, one.destination)!.namespace) && known.has(one.destination))) {
      const arrives = hops(system, waypoint, call).every(([from, to]) => allows(policies, from, to, HBONE));
      const expected = system.allows(call) || (arrives && mayArrive(system, stated, waypoint, call));
      expect({ call, arrives }).toEqual({ call, arrives: expected });
      expect(allows(policies, podOf(system, call.source), podOf(system, call.destination), call.port)).toBe(false);
      expect(allows(policies, { address: '169.254.7.127' }, podOf(system, call.destination), call.port)).toBe(true);
    }
  }), { numRuns: 40 });
});

test('Cilium denies whole ports to workloads and namespaces', () => {
  const isWhole = (one: Sentence) => !one.methods && !one.paths && !one.hosts && !one.source.startsWith('token') && !UNKNOWN.includes(one.source);
  fc.assert(fc.property(runs(isWhole), ([stated, requests]) => {
    const system = new System(stated, [AccessEnforcer.cilium()]);
    const policies = system.manifests.filter((manifest) => manifest.kind === 'CiliumNetworkPolicy');
    const isDenied = (call: Call) => system.access.decides(system.request(call)).statement?.action === 'deny';
    const denied = requests.filter((call) => podOf(system, call.source) && isDenied(call));
    expect(denied.filter((call) => ciliumAllows(policies, podOf(system, call.source), podOf(system, call.destination), call.port))).toEqual([]);
  }), { numRuns: 40 });
});
