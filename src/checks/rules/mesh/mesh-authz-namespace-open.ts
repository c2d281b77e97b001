import { servicesOf } from '../../../model/kubernetes/service';
import { Workload } from '../../../model/kubernetes/workload';
import { Manifest, asList } from '../../../model/manifest';
import { isInjected, templatesOf } from '../../../model/mesh/injection';
import { authorizationPolicies } from '../../../model/mesh/policy';
import { hasSelector, hasTarget, rootNamespaces, selectedBy } from '../../../model/mesh/selection';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzNamespaceOpen: Rule = {
  id: 'MESH-AUTHZ-NAMESPACE-OPEN',
  level: Level.WARNING,
  title: 'a namespace of the mesh has no default deny, and others have',
  why: 'a workload that no AuthorizationPolicy selects lets in everybody: who has any identity of the mesh may call it',
  fix: 'add an AuthorizationPolicy with spec: {} to the namespace, or to the root namespace, and one for each allowed call',
  source: 'istio.io: AuthorizationPolicy, implicit enablement',
  check: (system, report) => {
    const policies = authorizationPolicies(system).filter(isInForce);
    const closed = policies.filter(policy => !hasSelector(policy) && (policy.spec.action ?? 'ALLOW') === 'ALLOW' && asList(policy.spec.rules).length === 0);
    const roots = rootNamespaces(system);
    if (closed.length === 0 || policies.some(policy => roots.has(policy.namespace) && !hasSelector(policy)) || policies.some(hasTarget)) return;
    const guarded = new Set(closed.map(({ namespace }) => namespace));
    const open = openWorkloads(system, policies, workload => !guarded.has(workload.namespace) && !roots.has(workload.namespace));
    const others = [...guarded].slice(0, 3).join(', ');
    for (const [namespace, workload] of open) {
      const where = system.find('Namespace', '', namespace) ?? workload.manifest;
      report.at(where, ['metadata', 'name'], `namespace ${namespace} has no default deny, as ${others} has: everybody of the mesh may call ${workload.name}`);
    }
  },
};

/** What decides; an audit and a trial let everybody pass. */
function isInForce({ spec, annotations }: Manifest): boolean {
  return spec.action !== 'AUDIT' && annotations['istio.io/dry-run'] !== 'true';
}

/** The first workload of each namespace that is called and that no policy is for. */
function openWorkloads(system: System, policies: readonly Manifest[], isWanted: (workload: Workload) => boolean): Map<string, Workload> {
  const selections = new Set(policies.map(policy => selectedBy(system, policy)));
  const selected = new Set([...selections].flatMap(workloads => [...workloads]));
  const open = new Map<string, Workload>();
  for (const workload of system.workloads) {
    if (open.has(workload.namespace) || selected.has(workload) || !isWanted(workload)) continue;
    const isGateway = templatesOf(workload).some(name => /gateway/.test(name)) || workload.containers.some(({ name, args }) => name === 'istio-proxy' && args.includes('router'));
    if (!isGateway && isInjected(system, workload) && servicesOf(system, workload).length > 0) open.set(workload.namespace, workload);
  }
  return open;
}
