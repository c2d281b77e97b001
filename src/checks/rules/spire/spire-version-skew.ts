import { agentsOfServers } from '../../../model/spire/agents';
import { versionOf } from '../../../model/spire/images';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireVersionSkew: Rule = {
  id: 'SPIRE-VERSION-SKEW',
  level: Level.ERROR,
  title: 'agent and server versions do not go together',
  why: 'an agent must not be newer than its server, and not more than one minor version older',
  fix: 'upgrade the server first, then the agents',
  source: 'doc/upgrading.md',
  check: (system, report) => {
    for (const server of system.servers) {
      const ours = server.container && versionOf(server.container.image);
      for (const agent of ours ? agentsOfServers(system) : []) {
        const theirs = agent.container && versionOf(agent.container.image);
        if (!theirs || theirs.major !== ours!.major || agent.workload === undefined) continue;
        const newer = theirs.minor > ours!.minor || (theirs.minor === ours!.minor && theirs.patch > ours!.patch);
        if (newer) report.at(agent.workload.manifest, [...agent.container!.path, 'image'], `the agent ${agent.container!.image} is newer than the server ${server.container!.image}`);
        else if (ours!.minor - theirs.minor > 1) report.at(agent.workload.manifest, [...agent.container!.path, 'image'], `the agent ${agent.container!.image} is ${ours!.minor - theirs.minor} minor versions behind the server ${server.container!.image}`);
      }
    }
  },
};
