import { asObjects, asText } from '../../../model/manifest';
import { isUnknown, mountAt, pluginsOf, volumeAt } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireTokenMissing: Rule = {
  id: 'SPIRE-TOKEN-MISSING',
  level: Level.ERROR,
  title: 'the agent has no projected token to attest with',
  why: 'the token file is not there: "unable to load token", the agent never attests',
  fix: 'mount a projected serviceAccountToken volume at the folder of token_path',
  source: 'doc/plugin_agent_nodeattestor_k8s_psat.md',
  check: (system, report) => {
    for (const agent of system.agents) {
      const plugin = pluginsOf(agent, 'NodeAttestor', 'k8s_psat')[0];
      if (!plugin || !agent.workload || !agent.container) continue;
      const path = plugin.config.text('token_path') || '/var/run/secrets/tokens/spire-agent';
      if (isUnknown(path)) continue;
      const volume = volumeAt(agent, path);
      const sources = asObjects(volume?.projected?.sources).filter(source => source.serviceAccountToken);
      const tokens = sources.map(source => asText(source.serviceAccountToken.path));
      // what is mounted below a sub path of the volume is not to be told
      const mount = mountAt(agent, path);
      const inside = path.slice(asText(mount?.mountPath).replace(/\/$/, '').length + 1);
      if (volume?.secret) {
        report.at(agent.workload.manifest, [...agent.container.path, 'volumeMounts'], `the token at ${path} is out of a Secret: it is bound to no pod, and the server refuses it`);
        continue;
      }
      if (volume && (!volume.projected || tokens.includes(inside) || (tokens.length > 0 && mount?.subPath !== undefined))) continue;
      if (tokens.length > 0) {
        report.at(agent.workload.manifest, [...agent.container.path, 'volumeMounts'], `token_path is ${path}, the projected token is called ${tokens.join(', ')}`);
        continue;
      }
      report.at(agent.workload.manifest, [...agent.container.path, 'volumeMounts'], `nothing mounts a service account token at ${path}`);
    }
  },
};
