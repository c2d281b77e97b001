import { BlockList, isIPv6 } from 'node:net';

/**
 * A pod, as NetworkPolicies see it.
 */
export interface NetworkPod {
  readonly namespace: string;
  readonly labels: { readonly [key: string]: string };
}

/**
 * Somebody at an address, who is no pod.
 */
export interface NetworkAddress {
  readonly address: string;
}

/** Where somebody outside of the cluster is, of whom nothing is said. */
const OUTSIDE: NetworkAddress = { address: '198.51.100.7' };

/**
 * The other end of a connection; `undefined` is somebody outside of the cluster.
 */
export type NetworkEnd = NetworkPod | NetworkAddress | undefined;

export function isPod(end: NetworkEnd): end is NetworkPod {
  return end !== undefined && 'labels' in end;
}

/**
 * Whether somebody who is no pod is in a range.
 */
export function isInRange(end: NetworkEnd, cidr: string): boolean {
  const { address } = end && !isPod(end) ? end : OUTSIDE;
  const [network, bits] = cidr.split('/');
  const list = new BlockList();
  list.addSubnet(network, Number(bits), isIPv6(network) ? 'ipv6' : 'ipv4');
  return !isPod(end) && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/**
 * Whether NetworkPolicies let a connection through: out of the one pod and into the other.
 *
 * Policies are additive; a pod that none selects in a direction is open there.
 */
export function networkAllows(policies: any[], from: NetworkEnd, to: NetworkEnd, port: number, protocol = 'TCP'): boolean {
  return (!isPod(from) || directionAllows(policies, 'egress', from, to, port, protocol)) && (!isPod(to) || directionAllows(policies, 'ingress', to, from, port, protocol));
}

function directionAllows(policies: any[], direction: 'ingress' | 'egress', pod: NetworkPod, other: NetworkEnd, port: number, protocol: string): boolean {
  const type = direction === 'ingress' ? 'Ingress' : 'Egress';
  const selecting = policies.filter(({ metadata, spec }) => metadata.namespace === pod.namespace && spec.policyTypes.includes(type)
    && selects(spec.podSelector, pod.labels));
  return selecting.length === 0 || selecting.some(({ spec }) => (spec[direction] ?? []).some((rule: any) => {
    const peers: any[] = (direction === 'ingress' ? rule.from : rule.to) ?? [];
    const ports: any[] = rule.ports ?? [];
    return (peers.length === 0 || peers.some((peer) => isPeer(peer, other, pod.namespace)))
      && (ports.length === 0 || ports.some((one) => one.port <= port && port <= (one.endPort ?? one.port) && (one.protocol ?? 'TCP') === protocol));
  }));
}

function isPeer(peer: any, other: NetworkEnd, ownNamespace: string): boolean {
  if (peer.ipBlock) {
    return isInRange(other, peer.ipBlock.cidr);
  }
  if (!isPod(other)) {
    return false;
  }
  const inNamespace = peer.namespaceSelector
    ? selects(peer.namespaceSelector, { 'kubernetes.io/metadata.name': other.namespace })
    : other.namespace === ownNamespace;
  return inNamespace && (!peer.podSelector || selects(peer.podSelector, other.labels));
}

function selects(selector: any, labels: { readonly [key: string]: string }): boolean {
  if (selector.matchExpressions) {
    throw new Error('matchExpressions are not known here');
  }
  return Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
}
