import { selectsLabels } from '../kubernetes/selector';
import { Workload } from '../kubernetes/workload';
import { Manifest, asObject, asText } from '../manifest';
import { once } from '../once';
import { System } from '../system';

/** The namespaces whose policies are for the whole mesh. */
export const rootNamespaces = once((system: System): Set<string> =>
  new Set(['istio-system', ...system.meshes.map(mesh => asText(mesh.config.value.rootNamespace)).filter(name => name !== '')]));

/** Whether a policy names gateways or waypoints by reference. */
export function hasTarget(policy: Manifest): boolean {
  return policy.spec.targetRef !== undefined || policy.spec.targetRefs !== undefined;
}

/** Whether a policy is for some workloads only. */
export function hasSelector(policy: Manifest): boolean {
  return hasTarget(policy) || Object.keys(asObject(asObject(policy.spec.selector).matchLabels)).length > 0;
}

/** The workloads a policy is for, as far as labels tell; those of all namespaces where it stands in the root namespace. */
export function selectedBy(system: System, policy: Manifest): Workload[] {
  const known = selections(system);
  const found = known.get(policy) ?? select(system, policy);
  known.set(policy, found);
  return found;
}

const selections = once((_: System): Map<Manifest, Workload[]> => new Map());

function select(system: System, policy: Manifest): Workload[] {
  if (hasTarget(policy)) return [];
  const near = rootNamespaces(system).has(policy.namespace) ? system.workloads : system.workloadsIn(policy.namespace);
  return near.filter(workload => selectsLabels(asObject(policy.spec.selector).matchLabels, workload.labels));
}

/** The workloads that a policy is for in its own namespace, by labels alone. */
export function selectedBeside(system: System, policy: Manifest): readonly Workload[] {
  const known = neighbours(system);
  const labels = asObject(policy.spec.selector).matchLabels;
  const found = known.get(policy) ?? system.workloadsIn(policy.namespace).filter(workload => selectsLabels(labels, workload.labels));
  known.set(policy, found);
  return found;
}

const neighbours = once((_: System): Map<Manifest, readonly Workload[]> => new Map());

/** Whether nobody without a certificate reaches the workloads of a namespace, as far as PeerAuthentications without selector tell. */
export function isStrict(system: System, namespace: string): boolean {
  const own = wideModes(system).get(namespace);
  return own ? own.includes('STRICT') : [...rootNamespaces(system)].some(root => wideModes(system).get(root)?.includes('STRICT'));
}

/** The modes that PeerAuthentications without selector set, by namespace. */
const wideModes = once((system: System): Map<string, string[]> => {
  const modes = new Map<string, string[]>();
  for (const policy of system.all('PeerAuthentication').filter(one => one.group === 'security.istio.io' && !hasSelector(one))) {
    const mode = asText(asObject(policy.spec.mtls).mode);
    if (mode !== '' && mode !== 'UNSET') modes.set(policy.namespace, [...modes.get(policy.namespace) ?? [], mode]);
  }
  return modes;
});
