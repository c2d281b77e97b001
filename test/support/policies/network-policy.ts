/**
 * A pod, as NetworkPolicies see it.
 */
export interface NetworkPod {
  readonly namespace: string;
  readonly labels: { readonly [key: string]: string };
}

/**
 * Whether NetworkPolicies let a connection between two pods through: out of the one and into the other.
 *
 * Policies are additive; a pod that none selects in a direction is open there. `undefined` is somebody outside of the cluster.
 */
export function networkAllows(policies: any[], from: NetworkPod | undefined, to: NetworkPod | undefined, port: number, protocol = 'TCP'): boolean {
  return (!from || directionAllows(policies, 'egress', from, to, port, protocol)) && (!to || directionAllows(policies, 'ingress', to, from, port, protocol));
}

function directionAllows(policies: any[], direction: 'ingress' | 'egress', pod: NetworkPod, other: NetworkPod | undefined, port: number, protocol: string): boolean {
  const type = direction === 'ingress' ? 'Ingress' : 'Egress';
  const selecting = policies.filter(({ metadata, spec }) => metadata.namespace === pod.namespace && spec.policyTypes.includes(type)
    && selects(spec.podSelector, pod.labels));
  return selecting.length === 0 || selecting.some(({ spec }) => (spec[direction] ?? []).some((rule: any) => {
    const peers: any[] = (direction === 'ingress' ? rule.from : rule.to) ?? [];
    const ports: any[] = rule.ports ?? [];
    return (peers.length === 0 || peers.some((peer) => isPeer(peer, other, pod.namespace)))
      && (ports.length === 0 || ports.some((one) => one.port === port && (one.protocol ?? 'TCP') === protocol));
  }));
}

function isPeer(peer: any, other: NetworkPod | undefined, ownNamespace: string): boolean {
  if (peer.ipBlock) {
    return other === undefined;
  }
  if (!other) {
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
