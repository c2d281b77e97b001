import { asObject, asText } from '../../../model/manifest';
import { isUnknown } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const ciliumDelegate: Rule = {
  id: 'CILIUM-DELEGATE',
  level: Level.ERROR,
  title: 'a SPIRE of its own does not serve Cilium',
  why: 'Cilium\'s agent asks for the SVIDs of pods over the admin socket, its operator makes entries: each has to be named, else every handshake fails',
  fix: 'add spiffe://<trust domain>/cilium-agent to authorized_delegates of the agents, and spiffe://<trust domain>/cilium-operator to admin_ids of the server',
  source: 'cilium install/kubernetes/cilium/templates/spire; SPIRE doc/spire_agent.md',
  check: (system, report) => {
    const isOwn = system.ciliumValues.some(({ value }) => {
      const spire = asObject(asObject(asObject(value.authentication).mutual).spire);
      return spire.enabled === true && asObject(spire.install).enabled === false;
    });
    const agents = isOwn ? system.agents : [];
    const isClosed = agents.every(({ config }) => config !== undefined && config.agent.text('admin_socket_path') === '');
    for (const { config, text } of isClosed ? agents.slice(0, 1) : []) report.in(text, config!.file.at('agent').line, 'no agent has an admin_socket_path, at which Cilium asks');
    for (const { config, text } of agents) {
      const delegates = config?.agent.texts('authorized_delegates') ?? [];
      const isKnown = config !== undefined && asText(config.agent.text('admin_socket_path')) !== '' && !delegates.some(isUnknown);
      if (isKnown && !delegates.some(id => id.endsWith('/cilium-agent'))) report.in(text, config.file.at('agent').line, 'authorized_delegates does not have cilium-agent');
    }
    for (const { config, text } of isOwn && system.servers.length === 1 ? system.servers : []) {
      const admins = config?.server.texts('admin_ids') ?? [];
      if (config && !admins.some(isUnknown) && !admins.some(id => id.endsWith('/cilium-operator'))) report.in(text, config.file.at('server').line, 'admin_ids does not have cilium-operator');
    }
  },
};
