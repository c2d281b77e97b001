import { egressPolicies, leadsOutside, leadsTo } from './network-policy';
import { selectedPods } from './selected-pods';
import { targetOf } from './service';
import { Workload } from './workload';
import { Manifest, asList, asObject, asObjects, asText } from '../manifest';
import { onceIn } from '../once';
import { System } from '../system';

/** Whether NetworkPolicies keep pods of a namespace from a host, as far as the input shows where it is. */
export function isCutOff(system: System, policies: readonly Manifest[], namespace: string, host: string, port: number): boolean {
  if (policies.length === 0 || host === '' || /^(localhost|127\.|\[?::1)/.test(host)) return false;
  const service = serviceAt(system, namespace, host);
  if (service === undefined) return isClosedOutside(policies, port);
  const entry = service && asObjects(service.spec.ports).find(one => Number(one.port) === port);
  const hasSelector = service !== false && Object.keys(asObject(service.spec.selector)).length > 0;
  const pods = entry && hasSelector ? selectedPods(system, service.namespace, { matchLabels: service.spec.selector }) : [];
  const targets = pods.map(pod => ({ pod, target: entry && targetOf(entry, pod) }));
  // where its pods listen is not to be seen: then only what opens nothing beside DNS closes it
  const isUnseen = targets.length === 0 || targets.some(({ pod, target }) => target === undefined || pod.pod.hostNetwork === true);
  if (isUnseen) return policies.every(opensDnsOnly);
  return !policies.some(policy => targets.some(({ pod, target }) => leadsTo(system, policy, pod, target!)));
}

/** Hosts outside are many, and differ in their port only. */
const isClosedOutside = onceIn((policies: readonly Manifest[], port: number): boolean => !policies.some(policy => leadsOutside(policy, port)));

/** The policies that limit whom the pods of a workload reach; none where a proxy or the node calls in their place. */
export function egressOf(system: System, workload: Workload): Manifest[] {
  const isProxied = workload.containers.some(({ value }) => asObjects(value.env).some(({ name }) => isProxyVariable(asText(name))));
  return workload.pod.hostNetwork === true || isProxied ? [] : egressPolicies(system, workload);
}

/** Whether a variable makes programs call by way of a proxy. */
export function isProxyVariable(name: string): boolean {
  return /^https?_proxy$/i.test(name);
}

/** The host and port that a URL leads to. */
export function addressOf(url: string): { readonly host: string; readonly port: number } | undefined {
  const [, scheme, host, port] = /^(https?):\/\/([^/:@]+)(?::(\d+))?(?=\/|$)/i.exec(url) ?? [];
  return host === undefined ? undefined : { host, port: Number(port ?? (scheme.toLowerCase() === 'https' ? 443 : 80)) };
}

/** The Service that a host is; false where it is one that is not in the input, undefined where it is outside of the cluster. */
function serviceAt(system: System, namespace: string, host: string): Manifest | false | undefined {
  const [name, second, kind, ...rest] = host.split('.');
  const found = system.find('Service', second ?? namespace, name);
  const isInside = second === undefined || kind === 'svc' || (kind === undefined && (found !== undefined || system.labelsOf(second) !== undefined));
  if (!isInside || /^\d/.test(host) || (kind === 'svc' && rest.length > 0 && rest[0] !== 'cluster')) return undefined;
  return found && asText(found.spec.type) !== 'ExternalName' ? found : false;
}

function opensDnsOnly(policy: Manifest): boolean {
  return asObjects(policy.spec.egress).every(rule => asList(rule.ports).length > 0
    && asObjects(rule.ports).every(one => one.protocol === 'UDP' || (Number(one.port) === 53 && one.endPort === undefined)));
}
