import { isInRange, isPod, NetworkEnd, NetworkPod } from './network-policy';

/**
 * Whether CiliumNetworkPolicies let a connection through. A denial wins; a pod that none selects in a direction is open there.
 */
export function ciliumAllows(policies: any[], from: NetworkEnd, to: NetworkEnd, port: number): boolean {
  return (!isPod(from) || directionAllows(policies, 'egress', from, to, port)) && (!isPod(to) || directionAllows(policies, 'ingress', to, from, port));
}

function directionAllows(policies: any[], direction: 'ingress' | 'egress', pod: NetworkPod, other: NetworkEnd, port: number): boolean {
  const side = direction === 'ingress' ? 'from' : 'to';
  const selecting = policies.filter(({ metadata, spec }) => metadata.namespace === pod.namespace && selects(spec.endpointSelector.matchLabels, pod));
  const matching = (field: string) => selecting.flatMap(({ spec }) => spec[field] ?? []).some((rule: any) => matches(rule, side, other, port));
  const isLimited = selecting.some(({ spec }) => spec[direction]?.length > 0 || spec[`${direction}Deny`]?.length > 0);
  return !matching(`${direction}Deny`) && (!isLimited || matching(direction));
}

function matches(rule: any, side: string, other: NetworkEnd, port: number): boolean {
  const known = [`${side}Endpoints`, `${side}Entities`, `${side}CIDR`, 'toFQDNs', 'toPorts'];
  if (Object.keys(rule).some((key) => !known.includes(key))) {
    throw new Error(`unknown rule ${JSON.stringify(rule)}`);
  }
  const isPeer = rule[`${side}Entities`]?.includes('all')
    || rule[`${side}CIDR`]?.some((cidr: string) => isInRange(other, cidr))
    || rule[`${side}Endpoints`]?.some(({ matchLabels }: any) => isPod(other) && selects(matchLabels, other));
  return isPeer === true && rule.toPorts.some((one: any) => one.ports.some((each: any) => isPort(each, port)));
}

function isPort({ port: first, endPort: last, protocol }: any, port: number): boolean {
  return Number(first) <= port && port <= (last ?? Number(first)) && protocol === 'TCP';
}

function selects(matchLabels: { [key: string]: string } = {}, pod: NetworkPod): boolean {
  const labels: { [key: string]: string } = { ...pod.labels, 'k8s:io.kubernetes.pod.namespace': pod.namespace };
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
}
