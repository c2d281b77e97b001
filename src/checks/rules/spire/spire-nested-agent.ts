import { asObjects } from '../../../model/manifest';
import { LoadedPlugin } from '../../../model/spire/catalog';
import { Agent, Server } from '../../../model/spire/discovery';
import { nestedServers } from '../../../model/spire/nested';
import { isUnknown, mountAt, pluginsOf, sharedPath } from '../../../model/spire/queries';
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
      for (const [key, message] of problems(upstream, server, agent)) report.in(server.text, upstream.config.at(key).line, message);
      const isByProcess = pluginsOf(agent, 'WorkloadAttestor', 'unix').length > 0 && pluginsOf(agent, 'WorkloadAttestor', 'k8s').length === 0;
      if (isByProcess && agent.workload!.pod.shareProcessNamespace !== true && agent.workload!.pod.hostPID !== true) {
        report.at(agent.workload!.manifest, agent.workload!.at('spec'), 'the agent knows the server by its process, and does not see it');
      }
    }
  },
};

function problems({ config }: LoadedPlugin, server: Server, agent: Agent): [string, string][] {
  const own = agent.config!.agent;
  const settings = ['server_address', 'server_port'].map(key => ({ key, asked: config.text(key), given: key === 'server_port' ? String(own.int(key) ?? '') : own.text(key) }));
  const found = settings.filter(({ asked, given }) => asked !== '' && given !== '' && !isUnknown(asked + given) && mayDiffer(asked, given))
    .map(({ key, asked, given }): [string, string] => [key, `${key} is ${asked}, the agent beside the server calls ${given}`]);
  const [socket, listened] = [config.text('workload_api_socket'), own.text('socket_path')];
  const [asked, given] = isUnknown(socket + listened) ? [] : [sharedPath(server, socket), sharedPath(agent, listened)];
  // what is mounted there may be the socket of another agent, and a container without any mount is not shown as a whole
  const isShown = asObjects(server.container?.value.volumeMounts).length > 0;
  if (asked === undefined && given !== undefined && isShown && socket.startsWith('/') && !mountAt(server, socket)) {
    return [['workload_api_socket', `workload_api_socket is ${socket}, where the server mounts nothing; the agent beside it listens at ${listened}`], ...found];
  }
  return asked === undefined || given === undefined || asked === given ? found
    : [['workload_api_socket', `workload_api_socket is ${socket}, the agent beside the server listens at ${listened}`], ...found];
}

/** Whether two addresses or ports are of two servers; a name without its namespace may be any. */
function mayDiffer(asked: string, given: string): boolean {
  const isName = (host: string): boolean => /\.[a-z]/i.test(host);
  return /^\d+$/.test(asked) ? asked !== given : isName(asked) && isName(given) && shortName(asked) !== shortName(given);
}

function shortName(host: string): string {
  return host.replace(/\.svc(\.cluster\.local)?$/, '');
}
