import { asText } from '../../../model/manifest';
import { agentsOfServers } from '../../../model/spire/agents';
import { isUnknown, pluginsOf, psatClusters } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireClusterName: Rule = {
  id: 'SPIRE-CLUSTER-NAME',
  level: Level.ERROR,
  title: 'agent, server and controller manager name different clusters',
  why: 'attestation fails with "not configured for cluster", or no entry finds its agent',
  fix: 'use one cluster name everywhere',
  source: 'doc/plugin_server_nodeattestor_k8s_psat.md; spire-controller-manager pkg/spireentry defaultParentIDTemplate',
  check: (system, report) => {
    const known = system.servers.flatMap(server => [...psatClusters(server).keys()]);
    if (known.length === 0 || known.some(isUnknown)) return;
    for (const agent of agentsOfServers(system)) {
      for (const plugin of pluginsOf(agent, 'NodeAttestor', 'k8s_psat')) {
        const name = plugin.config.text('cluster');
        if (name === '' || isUnknown(name) || known.includes(name)) continue;
        report.in(agent.text, plugin.config.at('cluster').line, `the agent says it is in cluster "${name}", the server knows ${known.map(n => `"${n}"`).join(', ')}`);
      }
    }
    for (const manager of system.managers) {
      const name = asText(manager.value.clusterName);
      if (name === '' || name.includes('$') || known.includes(name) || manager.value.parentIDTemplate) continue;
      report.at(manager, ['clusterName'], `clusterName is "${name}", the server knows ${known.map(n => `"${n}"`).join(', ')}: entries find no agent`);
    }
  },
};
