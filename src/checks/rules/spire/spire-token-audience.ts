import { asObjects, asText } from '../../../model/manifest';
import { agentsOfServers } from '../../../model/spire/agents';
import { isUnknown, pluginsOf, psatClusters } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireTokenAudience: Rule = {
  id: 'SPIRE-TOKEN-AUDIENCE',
  level: Level.ERROR,
  title: 'the agent\'s token is for another audience than the server wants',
  why: 'attestation fails: "token audiences is invalid for the target audiences"',
  fix: 'give the projected token one of the server\'s audiences',
  source: 'observed: runs of SPIRE 1.15.3, k8s_psat',
  check: (system, report) => {
    for (const agent of agentsOfServers(system)) {
      const plugin = pluginsOf(agent, 'NodeAttestor', 'k8s_psat')[0];
      if (!plugin || !agent.workload) continue;
      const clusters = system.servers.flatMap(server => [...psatClusters(server)]).filter(([name]) => name === plugin.config.text('cluster'));
      const audiences = clusters.flatMap(([, config]) => (config.has('audience') ? config.texts('audience') : ['spire-server']));
      // An empty list stands for the audience of the API server, whose name nobody says.
      if (clusters.length === 0 || clusters.some(([, config]) => config.texts('audience').some(isUnknown))) continue;
      agent.workload.volumes.forEach((volume, i) => asObjects(volume.projected?.sources).forEach((source, j) => {
        const token = source.serviceAccountToken;
        if (!token || audiences.includes(asText(token.audience)) || (audiences.length === 0 && asText(token.audience) !== 'spire-server') || !plugin.config.text('token_path').endsWith(asText(token.path)) && plugin.config.has('token_path')) return;
        report.at(agent.workload!.manifest, agent.workload!.at('spec', 'volumes', i, 'projected', 'sources', j),
          `the token is for "${asText(token.audience)}", the server wants ${audiences.map(name => `"${name}"`).join(', ') || 'the audience of the API server'}`);
      }));
    }
  },
};
