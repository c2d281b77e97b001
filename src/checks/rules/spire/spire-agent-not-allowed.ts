import { agentsOfServers } from '../../../model/spire/agents';
import { isUnknown, pluginsOf, psatClusters } from '../../../model/spire/queries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireAgentNotAllowed: Rule = {
  id: 'SPIRE-AGENT-NOT-ALLOWED',
  level: Level.ERROR,
  title: 'the agent\'s service account is not in the server\'s list',
  why: 'the server refuses the agent with PermissionDenied, the agent exits',
  fix: 'add the agent\'s namespace:name to service_account_allow_list',
  source: 'pkg/server/plugin/nodeattestor/k8spsat/psat.go Attest',
  check: (system, report) => {
    const allowed = allowLists(system);
    for (const agent of agentsOfServers(system)) {
      const cluster = pluginsOf(agent, 'NodeAttestor', 'k8s_psat')[0]?.config.text('cluster');
      const accounts = cluster === undefined ? undefined : allowed.get(cluster);
      if (!agent.workload || !accounts) continue;
      const account = `${agent.workload.namespace}:${agent.workload.serviceAccount}`;
      if (accounts.has(account) || [...accounts].some(isUnknown)) continue;
      report.at(agent.workload.manifest, agent.workload.at('spec', 'serviceAccountName'), `the agent runs as ${account}, the server allows ${[...accounts].slice(0, 3).join(', ') || 'nobody'}`);
    }
  },
};

/** The service accounts that the servers allow, by cluster. */
function allowLists(system: System): Map<string, Set<string>> {
  const lists = new Map<string, Set<string>>();
  for (const [name, config] of system.servers.flatMap(server => [...psatClusters(server)])) {
    const accounts = lists.get(name) ?? new Set();
    lists.set(name, accounts);
    config.texts('service_account_allow_list').forEach(account => accounts.add(account));
  }
  return lists;
}
