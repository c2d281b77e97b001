import { selects } from '../../../model/kubernetes/selector';
import { asObject, asObjects } from '../../../model/manifest';
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
    const agents = system.agents.map(agent => agent.workload).filter(workload => workload?.pod.hostNetwork === true);
    for (const policy of agents.length > 0 ? system.all('NetworkPolicy') : []) {
      const workloads = system.servers.map(server => server.workload).filter(workload => workload?.namespace === policy.namespace);
      const servers = workloads.some(workload => selects(policy.spec.podSelector, workload!.labels));
      asObjects(policy.spec.ingress).forEach((rule, i) => {
        const froms = asObjects(rule.from);
        const labels = froms.filter(from => from.podSelector !== undefined);
        const byLabel = labels.some(from => agents.some(agent => selects(asObject(from.podSelector), agent!.labels)));
        if (servers && byLabel && !froms.some(from => from.ipBlock !== undefined)) report.at(policy, ['spec', 'ingress', i, 'from'], 'the agents have hostNetwork, and no ipBlock lets their nodes in');
      });
    }
  },
};
