import { containersOf } from '../../../model/kubernetes/containers';
import { selects } from '../../../model/kubernetes/selector';
import { Workload } from '../../../model/kubernetes/workload';
import { Json, asObject, asObjects, asText } from '../../../model/manifest';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsHostNetworkPolicy: Rule = {
  id: 'OPS-HOST-NETWORK-POLICY',
  level: Level.WARNING,
  title: 'a NetworkPolicy waits for agents by label, and they have no pod address',
  why: 'pods with hostNetwork come from the address of their node: the rule never matches, and agents are cut off',
  fix: 'allow the addresses of the nodes with ipBlock, or entities of Cilium',
  source: 'Kubernetes NetworkPolicy',
  check: (system, report) => {
    const agents = programs(system, 'agent').filter(({ pod }) => pod.hostNetwork === true);
    const all = agents.length > 0 ? programs(system, 'server') : [];
    for (const policy of agents.length > 0 ? system.all('NetworkPolicy') : []) {
      const servers = all.some(workload => workload.namespace === policy.namespace && selects(policy.spec.podSelector, workload.labels));
      asObjects(policy.spec.ingress).forEach((rule, i) => {
        const froms = asObjects(rule.from);
        const labels = froms.filter(from => from.podSelector !== undefined);
        const byLabel = labels.some(from => agents.some(agent => selects(asObject(from.podSelector), agent.labels)));
        if (servers && byLabel && !froms.some(from => from.ipBlock !== undefined)) report.at(policy, ['spec', 'ingress', i, 'from'], 'the agents have hostNetwork, and no ipBlock lets their nodes in');
      });
    }
    for (const policy of agents.length > 0 ? [...system.all('CiliumNetworkPolicy'), ...system.all('CiliumClusterwideNetworkPolicy')] : []) {
      const isNear = (namespace: string): boolean => policy.kind !== 'CiliumNetworkPolicy' || namespace === policy.namespace;
      const selector = plain(policy.spec.endpointSelector);
      const isOfServer = all.some(workload => isNear(workload.namespace) && selects(selector, workload.labels));
      const rules = asObjects(policy.spec.ingress);
      // entities and ranges may let the nodes in, in another rule as well
      const open = rules.filter(rule => OTHER_PEERS.some(name => rule[name] !== undefined) || rule.fromEndpoints === undefined).map(portsOf);
      if (!isOfServer) continue;
      rules.forEach((rule, i) => {
        if (open.some(ports => ports.length === 0 || portsOf(rule).length === 0 || ports.some(port => portsOf(rule).includes(port)))) return;
        const peers = asObjects(rule.fromEndpoints).filter(peer => Object.keys(peer).length > 0).map(plain);
        const byLabel = peers.some(peer => agents.some(agent => selects(peer, agent.labels)));
        if (byLabel) report.at(policy, ['spec', 'ingress', i, 'fromEndpoints'], 'the agents have hostNetwork: to Cilium they are the entities host and remote-node, whatever their labels', 'write fromEntities: [host, remote-node]');
      });
    }
  },
};

/** The workloads of SPIRE's servers or agents, by their configuration or their image. */
function programs(system: System, kind: 'server' | 'agent'): Workload[] {
  const configured = (kind === 'server' ? system.servers : system.agents).flatMap(({ workload }) => workload ?? []);
  const running = containersOf(system, kind === 'server' ? /(^|\/)spire-server[:@]/ : /(^|\/)spire-agent[:@]/).map(({ workload }) => workload);
  return [...new Set([...configured, ...running.filter(({ manifest }) => ['StatefulSet', 'Deployment', 'DaemonSet'].includes(manifest.kind))])];
}

/** The ports that a rule of Cilium is for; none where it is for all. */
function portsOf(rule: Json): string[] {
  return asObjects(rule.toPorts).flatMap(one => asObjects(one.ports).map(({ port }) => asText(port)));
}

const OTHER_PEERS = ['fromEntities', 'fromCIDR', 'fromCIDRSet', 'fromNodes', 'fromGroups'];

/** A selector of Cilium without what it says about where a label comes from, and about the namespace. */
function plain(selector: Json): Json {
  const labels = asObject(asObject(selector).matchLabels);
  const kept = Object.entries(labels).filter(([name]) => !name.includes('io.kubernetes.pod.'))
    .map(([name, value]) => [name.replace(/^(k8s|any)[:.]/, ''), value]);
  return { ...asObject(selector), matchLabels: Object.fromEntries(kept) };
}
