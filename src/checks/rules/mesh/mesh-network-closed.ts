import { admits, egressPolicies, hasOtherPolicies, ingressPolicies, leadsTo } from '../../../model/kubernetes/network-policy';
import { servicePorts } from '../../../model/kubernetes/service';
import { runningAs } from '../../../model/kubernetes/service-accounts';
import { Workload } from '../../../model/kubernetes/workload';
import { Manifest, asObjects } from '../../../model/manifest';
import { domainsOf } from '../../../model/mesh/mesh';
import { authorizationPolicies, identityOf, principalsOf } from '../../../model/mesh/policy';
import { selectedBy } from '../../../model/mesh/selection';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshNetworkClosed: Rule = {
  id: 'MESH-NETWORK-CLOSED',
  level: Level.WARNING,
  title: 'an AuthorizationPolicy lets a caller in whom NetworkPolicies keep out',
  why: 'the call fails without an answer: both layers have to let it through',
  fix: 'open the port of the workload for the caller in its NetworkPolicies, both ingress and egress, or take the caller out of the policy',
  source: 'Kubernetes NetworkPolicy; istio AuthorizationPolicy',
  check: (system, report) => {
    if (system.all('NetworkPolicy').length === 0 || hasOtherPolicies(system) || system.meshes.length === 0) return;
    const domains = system.meshes.flatMap(domainsOf);
    for (const policy of authorizationPolicies(system).filter(isInForce)) {
      for (const { principal, path } of principalsOf(policy).filter(one => !one.path.some(step => /^not/.test(String(step))))) {
        const callers = callersOf(system, principal, domains);
        for (const called of callers.length > 0 ? selectedBy(system, policy) : []) {
          if (!callers.every(caller => isClosed(system, caller, called))) continue;
          report.at(policy, path, `"${principal}" may call, and no NetworkPolicy lets it reach a port of ${called.namespace}/${called.name}`);
        }
      }
    }
  },
};

/** Whether a policy lets callers in, and is no trial of what may come. */
function isInForce({ spec, annotations }: Manifest): boolean {
  return (spec.action ?? 'ALLOW') === 'ALLOW' && annotations['istio.io/dry-run'] !== 'true';
}

/** The workloads of this cluster that have an identity of the mesh. */
function callersOf(system: System, principal: string, domains: readonly string[]): readonly Workload[] {
  const caller = identityOf(principal);
  if (!caller || !domains.includes(caller.trustDomain)) return [];
  return runningAs(system, caller.namespace, caller.serviceAccount);
}

/** The port of a workload of ambient meshes, at which all calls arrive. */
const HBONE = 15008;

function isClosed(system: System, caller: Workload, called: Workload): boolean {
  if (caller === called || [caller, called].some(({ pod }) => pod.hostNetwork === true)) return false;
  const [egress, ingress] = [egressPolicies(system, caller), ingressPolicies(system, called)];
  if (egress.length + ingress.length === 0) return false;
  const known = portsOf(system, called);
  if (known.length === 0) return false;
  return ![...known, HBONE].some(port => (egress.length === 0 || egress.some(policy => leadsTo(system, policy, called, port)))
    && (ingress.length === 0 || ingress.some(policy => admits(system, policy, caller, called, port))));
}

function portsOf(system: System, workload: Workload): number[] {
  const known = ports(system);
  const targets = (): number[] => servicePorts(system, workload).flatMap(({ target }) => target ?? []);
  const found = known.get(workload)
    ?? [...targets(), ...workload.containers.flatMap(({ value }) => asObjects(value.ports).map(({ containerPort }) => Number(containerPort)))];
  known.set(workload, found);
  return found;
}

const ports = once((_: System): Map<Workload, number[]> => new Map());
