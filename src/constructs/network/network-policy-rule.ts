import { NetworkPeer } from './network-peer';
import { namespaceSelector } from '../labels';

/**
 * A port of a connection.
 */
export interface NetworkPort {
  readonly port: number;
  /** The last port of a range that begins with `port`. */
  readonly endPort?: number;
  readonly protocol?: string;
}

/**
 * Connections of a direction that are allowed.
 */
export interface NetworkRule {
  /** The other ends; `undefined` is anybody, and an empty list is refused, since Kubernetes reads it as anybody. */
  readonly peers: NetworkPeer[] | undefined;
  /** The ports of the called pods; never empty, since Kubernetes reads it as all. */
  readonly ports: NetworkPort[];
  /** DNS names at the other end, for layers that follow DNS; the others read the peers. */
  readonly hosts?: string[];
  /** What Cilium calls the other end, where it has a name of its own for it; the others read the peers. */
  readonly entity?: string;
}

/**
 * Rules in the words of NetworkPolicy. Rules for the same peers are joined, in the order in which peers first came.
 *
 * @param side the field for the other end: `from` or `to`
 */
export function networkRulesJson(side: 'from' | 'to', rules: NetworkRule[]): any[] {
  const joined = new Map<string, { peers: any[] | undefined; ports: Map<string, any> }>();
  for (const { peers, ports } of rules) {
    if (peers?.length === 0 || ports.length === 0) {
      throw new Error(`a network rule has an empty list of ${ports.length === 0 ? 'ports' : 'peers'}, which Kubernetes reads as no limit`);
    }
    const json = peers?.map(peerJson);
    const key = JSON.stringify(json ?? 'anybody');
    const rule = joined.get(key) ?? { peers: json, ports: new Map() };
    joined.set(key, rule);
    ports.forEach(({ port, endPort, protocol }) => rule.ports.set(`${protocol ?? 'TCP'} ${port} ${endPort}`, {
      protocol: protocol ?? 'TCP', port, ...(endPort === undefined ? {} : { endPort }),
    }));
  }
  return [...joined.values()].map(({ peers, ports }) => ({ ...(peers ? { [side]: peers } : {}), ports: [...ports.values()] }));
}

function peerJson({ _facts: facts }: NetworkPeer): any {
  if (facts.kind === 'ipBlock') {
    return { ipBlock: { cidr: facts.cidr } };
  }
  if (facts.kind === 'all-pods') {
    return { namespaceSelector: {} };
  }
  return {
    namespaceSelector: namespaceSelector(facts.namespace),
    ...(Object.keys(facts.podLabels).length > 0 ? { podSelector: { matchLabels: facts.podLabels } } : {}),
  };
}
