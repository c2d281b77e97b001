import { collect } from '../collect';
import { Labelled } from '../kubernetes/labelled';
import { Workload } from '../kubernetes/workload';
import { Json, Manifest, asObject, asText } from '../manifest';
import { once, onceIn } from '../once';
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
export function selectedBy(system: System, policy: Manifest): readonly Workload[] {
  if (hasTarget(policy)) return [];
  return rootNamespaces(system).has(policy.namespace) ? workloadsEverywhere(system, labelsOf(policy)) : selectedBeside(system, policy);
}

/** The workloads that a policy is for in its own namespace, by labels alone. */
export function selectedBeside(system: System, policy: Manifest): readonly Workload[] {
  return workloadsWith(system, policy.namespace, labelsOf(policy));
}

/** The workloads of a namespace that have some labels; the same list for the same labels. */
export function workloadsWith(system: System, namespace: string, labels: Json): readonly Workload[] {
  return inNamespace(system, namespace).having(labels);
}

/** The workloads of all namespaces that have some labels; the same list for the same labels. */
export function workloadsEverywhere(system: System, labels: Json): readonly Workload[] {
  return everywhere(system).having(labels);
}

const everywhere = once((system: System) => new Labelled(system.workloads, workload => workload.labels));

const inNamespace = onceIn((system: System, namespace: string) => new Labelled(system.workloadsIn(namespace), workload => workload.labels));

function labelsOf(policy: Manifest): Json {
  return asObject(policy.spec.selector).matchLabels;
}

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
    if (mode !== '' && mode !== 'UNSET') collect(modes, policy.namespace, mode);
  }
  return modes;
});
