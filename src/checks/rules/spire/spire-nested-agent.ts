import { LoadedPlugin } from '../../../model/spire/catalog';
import { Agent } from '../../../model/spire/discovery';
import { nestedServers } from '../../../model/spire/nested';
import { isUnknown, pluginsOf } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireNestedAgent: Rule = {
  id: 'SPIRE-NESTED-AGENT',
  level: Level.ERROR,
  title: 'a nested server gets no identity from the agent beside it',
  why: 'it signs nothing without one: the server does not start',
  fix: 'give UpstreamAuthority "spire" the socket and the server of the agent in the same pod, and the pod shareProcessNamespace: true for WorkloadAttestor "unix"',
  source: 'pkg/server/plugin/upstreamauthority/spire; doc/scaling_spire.md',
  check: (system, report) => {
    for (const { server, upstream, agent } of nestedServers(system)) {
      if (!agent) continue;
      for (const [key, message] of problems(upstream, agent)) report.in(server.text, upstream.config.at(key).line, message);
      const isByProcess = pluginsOf(agent, 'WorkloadAttestor', 'unix').length > 0 && pluginsOf(agent, 'WorkloadAttestor', 'k8s').length === 0;
      if (isByProcess && agent.workload!.pod.shareProcessNamespace !== true && agent.workload!.pod.hostPID !== true) {
        report.at(agent.workload!.manifest, agent.workload!.at('spec'), 'the agent knows the server by its process, and does not see it');
      }
    }
  },
};

function problems({ config }: LoadedPlugin, agent: Agent): [string, string][] {
  const own = agent.config!.agent;
  const pairs: [string, string, string, string][] = [
    ['workload_api_socket', config.text('workload_api_socket'), own.text('socket_path'), 'listens at'],
    ['server_address', shortName(config.text('server_address')), shortName(own.text('server_address')), 'is one of'],
    ['server_port', config.text('server_port'), String(own.int('server_port') ?? ''), 'calls port'],
  ];
  return pairs.filter(([, asked, given]) => asked !== '' && given !== '' && asked !== given && !isUnknown(asked + given))
    .map(([key, asked, given, verb]) => [key, `${key} is ${asked}, the agent beside the server ${verb} ${given}`]);
}

function shortName(host: string): string {
  return host.replace(/\.svc(\.cluster\.local)?$/, '');
}
