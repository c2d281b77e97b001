import { Selecting } from './labelled';
import { selects, wantedLabels } from './selector';
import { containerPort } from './service';
import { Workload } from './workload';
import { collect } from '../collect';
import { Json, Manifest, asList, asObject, asObjects } from '../manifest';
import { once, onceIn } from '../once';
import { System } from '../system';

/** The NetworkPolicies that limit who reaches the pods of a workload. */
export function ingressPolicies(system: System, workload: Workload): Manifest[] {
  return policiesFor(system, workload).filter(({ spec }) => spec.policyTypes === undefined || asList(spec.policyTypes).includes('Ingress'));
}

/** The NetworkPolicies that limit whom the pods of a workload reach. */
export function egressPolicies(system: System, workload: Workload): Manifest[] {
  return policiesFor(system, workload).filter(limitsEgress);
}

/** Whether a NetworkPolicy limits whom its pods reach. */
export function limitsEgress({ spec }: Manifest): boolean {
  return spec.policyTypes === undefined ? spec.egress !== undefined : asList(spec.policyTypes).includes('Egress');
}

function policiesFor(system: System, { namespace, labels }: Workload): readonly Manifest[] {
  return inNamespace(system, namespace).of(labels);
}

const inNamespace = onceIn((system: System, namespace: string) => new Selecting(byNamespace(system).get(namespace) ?? [],
  policy => wantedLabels(policy.spec.podSelector), (policy, labels) => selects(policy.spec.podSelector, labels)));

const byNamespace = once((system: System): Map<string, Manifest[]> => {
  const policies = new Map<string, Manifest[]>();
  for (const policy of system.all('NetworkPolicy').filter(({ group }) => group === 'networking.k8s.io')) collect(policies, policy.namespace, policy);
  return policies;
});

/** Whether a policy lets callers from outside of the cluster, or from before it, reach a port. */
export function opensToOutside(policy: Manifest, workload: Workload, port: number): boolean {
  return asObjects(policy.spec.ingress).some(rule => opensPort(rule, port, workload) && isForOutside(rule));
}

/** Whether a policy lets pods reach a port outside of the cluster, somewhere at least. */
export function leadsOutside(policy: Manifest, port: number): boolean {
  return asObjects(policy.spec.egress).some(rule => opensPort(rule, port)
    && (asList(rule.to).length === 0 || asObjects(rule.to).some(peer => peer.ipBlock !== undefined)));
}

/** Whether a policy lets its pods reach those of a workload at a port. */
export function leadsTo(system: System, policy: Manifest, called: Workload, port: number): boolean {
  return asObjects(policy.spec.egress).some(rule => opensPort(rule, port, called) && hasPeer(system, policy, rule.to, called));
}

/** Whether a policy lets the pods of a caller reach those of the called workload, which are its own, at a port. */
export function admits(system: System, policy: Manifest, caller: Workload, called: Workload, port: number): boolean {
  return asObjects(policy.spec.ingress).some(rule => opensPort(rule, port, called) && hasPeer(system, policy, rule.from, caller));
}

/** Policies of other kinds may open what NetworkPolicies close. */
export function hasOtherPolicies(system: System): boolean {
  return OTHERS.some(kind => system.all(kind).length > 0);
}

const OTHERS = ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy', 'AdminNetworkPolicy', 'GlobalNetworkPolicy'];

function hasPeer(system: System, policy: Manifest, peers: Json, workload: Workload): boolean {
  if (asList(peers).length === 0) return true;
  return asObjects(peers).some(peer => {
    // the address of a pod may be in a range
    if (peer.ipBlock !== undefined) return true;
    const isNear = peer.namespaceSelector === undefined ? policy.namespace === workload.namespace
      : mayBeLabelled(system, peer.namespaceSelector, workload.namespace) || system.selectsNamespace(peer.namespaceSelector, workload.namespace);
    return isNear && (peer.podSelector === undefined || selects(peer.podSelector, workload.labels));
  });
}

/** Whether a namespace that is not in the input may have the labels of a selector; its name it has for certain. */
function mayBeLabelled(system: System, selector: Json, namespace: string): boolean {
  const { matchLabels, matchExpressions } = asObject(selector);
  const keys = [...Object.keys(asObject(matchLabels)), ...asObjects(matchExpressions).map(({ key }) => key)];
  return system.labelsOf(namespace) === undefined && (namespace === '' || keys.some(key => key !== 'kubernetes.io/metadata.name'));
}

/** Whether a rule of a policy is for a port of TCP; a port by name is one of the called workload. */
export function opensPort(rule: Json, port: number, workload?: Workload): boolean {
  const ports = asObjects(rule.ports);
  return ports.length === 0 || ports.filter(({ protocol = 'TCP' }) => protocol === 'TCP').some(one => {
    if (one.port === undefined) return true;
    const first = typeof one.port === 'number' ? one.port : workload && containerPort(workload, String(one.port));
    return first !== undefined && first <= port && port <= (typeof one.endPort === 'number' ? one.endPort : first);
  });
}

/** A load balancer comes with addresses; what stands before the pods inside of the cluster is in another namespace. */
function isForOutside(rule: Json): boolean {
  const from = asObjects(rule.from);
  return from.length === 0 || from.some(peer => peer.ipBlock !== undefined || Object.keys(asObject(peer)).includes('namespaceSelector'));
}

/** Whether a policy lets anybody at all reach a port of its pods. */
export function opensToAnybody(policy: Manifest, workload: Workload, port: number): boolean {
  return asObjects(policy.spec.ingress).some(rule => opensPort(rule, port, workload));
}

/** Whether a policy lets in who is no pod, such as the API server. */
export function opensToNodes(policy: Manifest, workload: Workload, port: number): boolean {
  return asObjects(policy.spec.ingress).some(rule => opensPort(rule, port, workload)
    && (asList(rule.from).length === 0 || asObjects(rule.from).some(peer => peer.ipBlock !== undefined)));
}
