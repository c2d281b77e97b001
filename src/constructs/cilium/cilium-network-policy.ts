import { ApiObject, Chart, Lazy } from 'cdk8s';
import { labels } from '../labels';
import { NetworkPeer } from '../network/network-peer';
import { NetworkRule } from '../network/network-policy-rule';

/**
 * The pods that a policy is for, and who may talk to them and whom they may talk to.
 */
export interface CiliumNetworkPolicyOptions {
  readonly name: string;
  readonly namespace: string;
  readonly podLabels: { readonly [key: string]: string };
  /** Without it, incoming connections are not limited. It is read at the synthesis, so that rules may follow. */
  readonly ingress?: NetworkRule[];
  /** Without it, outgoing connections are not limited. It is read at the synthesis, so that rules may follow. */
  readonly egress?: NetworkRule[];
  /** Incoming connections that are refused, whatever allows them. */
  readonly denied?: NetworkRule[];
}

const NAMESPACE = 'k8s:io.kubernetes.pod.namespace';
const DNS_PORT = 53;

/**
 * Defines a CiliumNetworkPolicy. A direction with an empty list of rules is closed.
 *
 * Rules end at ports: what proxies of a mesh send is encrypted, and a rule for HTTP would break it.
 */
export function defineCiliumNetworkPolicy(chart: Chart, options: CiliumNetworkPolicyOptions): ApiObject {
  const { name, namespace, podLabels, ingress, egress, denied } = options;
  const rules = (side: 'from' | 'to', list: NetworkRule[]) => Lazy.any({ produce: () => ciliumRules(side, list) });
  return new ApiObject(chart, `ciliumnetworkpolicy-${name}`, {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name, namespace, labels: labels(name, namespace) },
    spec: {
      endpointSelector: Object.keys(podLabels).length > 0 ? { matchLabels: podLabels } : {},
      ...(ingress ? { ingress: rules('from', ingress) } : {}),
      ...(egress ? { egress: rules('to', egress) } : {}),
      ...(denied ? { ingressDeny: Lazy.any({ produce: () => ciliumDenials(denied) }) } : {}),
    },
  });
}

/**
 * An empty rule closes a direction; an empty list would leave it open.
 */
function ciliumRules(side: 'from' | 'to', rules: NetworkRule[]): any[] {
  const json = rules.flatMap((rule) => ciliumRule(side, rule));
  const distinct = new Map(json.map((rule) => [JSON.stringify(rule), rule]));
  return distinct.size > 0 ? [...distinct.values()] : [{}];
}

function ciliumDenials(rules: NetworkRule[]): any[] | undefined {
  const json = rules.flatMap((rule) => ciliumRule('from', rule));
  return json.length > 0 ? json : undefined;
}

function ciliumRule(side: 'from' | 'to', { peers, ports, hosts, entity }: NetworkRule): any[] {
  const toPorts = [{
    ports: ports.map(({ port, endPort, protocol }) => ({ port: String(port), endPort, protocol: protocol ?? 'TCP' })),
    // names are learned from answers that Cilium sees
    ...(side === 'to' && ports.some(({ port, protocol }) => port === DNS_PORT && protocol === 'UDP') ? { rules: { dns: [{ matchPattern: '*' }] } } : {}),
  }];
  if (hosts) {
    return [{ toFQDNs: hosts.map((matchName) => ({ matchName })), toPorts }];
  }
  if (!peers || entity) {
    return [{ [`${side}Entities`]: [entity ?? 'all'], toPorts }];
  }
  return peers.map((peer) => ({ ...peerJson(side, peer), toPorts }));
}

function peerJson(side: 'from' | 'to', { _facts: facts }: NetworkPeer): any {
  switch (facts.kind) {
    case 'ipBlock': return { [`${side}CIDR`]: [facts.cidr] };
    case 'all-pods': return { [`${side}Entities`]: ['cluster'] };
    case 'pods': return { [`${side}Endpoints`]: [{ matchLabels: { [NAMESPACE]: facts.namespace, ...facts.podLabels } }] };
  }
}
