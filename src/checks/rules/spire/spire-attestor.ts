import { agentsOfServers } from '../../../model/spire/agents';
import { Agent, Server } from '../../../model/spire/discovery';
import { isUnknown, pluginsOf } from '../../../model/spire/queries';
import { trustDomainName } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireAttestor: Rule = {
  id: 'SPIRE-ATTESTOR',
  level: Level.ERROR,
  title: 'the agent attests its node in a way that the server does not know',
  why: '"could not find node attestor type": the agent never gets an identity',
  fix: 'give server and agent the same NodeAttestor',
  source: 'pkg/server/api/agent/v1/service.go',
  check: (system, report) => {
    for (const agent of agentsOfServers(system)) {
      const [attestor, ...others] = pluginsOf(agent, 'NodeAttestor');
      const servers = system.servers.filter(server => domainOf(server) === domainOf(agent));
      // the server takes join tokens without a plugin, and an agent takes one attestor only
      if (!attestor || others.length > 0 || attestor.name === 'join_token' || hasJoinToken(agent) || servers.length === 0) continue;
      // of a configuration that is refused no plugin is known
      const known = servers.map(({ config }) => config && config.plugins.length > 0 ? config.plugins.filter(({ type }) => type === 'NodeAttestor').map(({ name }) => name) : undefined);
      if (known.some(names => names === undefined || names.includes(attestor.name))) continue;
      const names = [...new Set(known.flatMap(list => list!))];
      report.in(agent.text, attestor.position.line, `the agent has the NodeAttestor "${attestor.name}", the server ${names.length > 0 ? `"${names.join('", "')}"` : 'none'}`);
    }
  },
};

function domainOf({ config }: Server | Agent): string {
  const block = config?.kind === 'server' ? config.server : config?.kind === 'agent' ? config.agent : undefined;
  const name = block?.text('trust_domain') ?? '';
  return isUnknown(name) ? '' : trustDomainName(name);
}

function hasJoinToken(agent: Agent): boolean {
  return ['join_token', 'join_token_file'].some(name => (agent.config?.agent.text(name) ?? '') !== '');
}
