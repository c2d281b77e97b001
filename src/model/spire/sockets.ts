import { join } from 'node:path';
import { DEFAULT_AGENT_SOCKET } from './agent';
import { agentsOfNodes } from './agents';
import { spireChart } from './charts';
import { Agent } from './discovery';
import { OPENSHIFT_SOCKET, operatedAgents } from './openshift';
import { isUnknown, sharedPath } from './queries';
import { collect } from '../collect';
import { scriptsOf } from '../kubernetes/containers';
import { Container, Workload } from '../kubernetes/workload';
import { Json, asObjects, asText } from '../manifest';
import { once } from '../once';
import { System } from '../system';

/** What the sockets of all agents are called; none where one is not to be told, or something else in the folder may be a link to it. */
export const socketNames = once((system: System): string[] => {
  const made = spireChart(system)?.sockets;
  if (made) return made;
  const paths = nodeAgents(system).map(socketOf);
  const names = [...paths.map(path => path?.slice(path.lastIndexOf('/') + 1)), ...operatedAgents(system).map(() => OPENSHIFT_SOCKET)];
  if (paths.includes(undefined) || names.length > 0 && hasLinks(system)) return [];
  return [...new Set(names.map(name => name!))];
});

/** Why nothing listens at a path of a container; undefined where something does, or that cannot be told. */
export function socketProblem(system: System, workload: Workload, container: Container, path: string): string | undefined {
  const mount = mountOf(container, path);
  if (!mount) return 'nothing is mounted there';
  const volume = workload.volume(asText(mount.name));
  if (asText(volume?.csi?.driver) === 'csi.spiffe.io') {
    const names = socketNames(system);
    const file = path.slice(asText(mount.mountPath).replace(/\/$/, '').length + 1);
    return names.length > 0 && !names.includes(file) ? `the agents make "${names.join('", "')}"` : undefined;
  }
  if (volume?.emptyDir) return problemInPod(system, workload, container, path, volume);
  const asked = volume?.hostPath && join(asText(volume.hostPath.path), asText(mount.subPath), path.slice(asText(mount.mountPath).length));
  const made = asked === undefined ? [] : nodePaths(system);
  return made.length > 0 && mount.subPathExpr === undefined && !made.includes(asked!) ? `it is ${asked} of the node, where the agents make ${made.join(', ')}` : undefined;
}

/** The mount of a container that a path is in, or that it is. */
export function mountOf(container: Container, path: string): Json | undefined {
  return asObjects(container.value.volumeMounts).filter(({ mountPath }) => `${path}/`.startsWith(`${asText(mountPath).replace(/\/$/, '')}/`))
    .sort((a, b) => asText(b.mountPath).length - asText(a.mountPath).length)[0];
}

function problemInPod(system: System, workload: Workload, container: Container, path: string, { name }: Json): string | undefined {
  const [agent, ...more] = agentsByPod(system).get(workload) ?? [];
  const socket = agent && socketOf(agent);
  if (!agent?.container || more.length > 0 || socket === undefined || agent.container.value === container.value) return undefined;
  const mounts = (one: Container): boolean => asObjects(one.value.volumeMounts).some(mount => mount.name === name);
  const own = agent.container.value;
  // another container may make the socket in a folder that the agent does not have
  const isOther = (one: Container): boolean => one.value !== container.value && one.value !== own;
  if (!mounts(agent.container) && workload.containers.some(one => isOther(one) && mounts(one))) return undefined;
  const [made, asked] = [sharedPath(agent, socket), sharedPath({ ...agent, container }, path)];
  return asked !== undefined && made !== asked ? `the agent in its pod makes ${socket}${made === undefined ? ', in no folder of the pod' : ''}` : undefined;
}

/** Where the agents of all nodes make their sockets; nothing where one is not to be told. */
const nodePaths = once((system: System): string[] => {
  const paths = nodeAgents(system).map(agent => {
    const socket = socketOf(agent);
    return agent.workload?.manifest.kind === 'DaemonSet' && socket !== undefined ? sharedPath(agent, socket) : undefined;
  });
  return spireChart(system) || paths.some(path => path === undefined || !path.startsWith('/')) || hasLinks(system) ? [] : [...new Set(paths.map(path => path!))];
});

/** The path of an agent's socket; undefined where it is not to be told. */
function socketOf({ config }: Agent): string | undefined {
  const path = config && (config.agent.text('socket_path') || DEFAULT_AGENT_SOCKET);
  return path === undefined || isUnknown(path) ? undefined : path;
}

/** The agents of nodes, without files beside the manifests: one may be for a machine of its own. */
function nodeAgents(system: System): Agent[] {
  return agentsOfNodes(system).filter(({ text }) => text.manifest);
}

const agentsByPod = once((system: System): Map<Workload, Agent[]> => {
  const found = new Map<Workload, Agent[]>();
  for (const agent of system.agents) if (agent.workload) collect(found, agent.workload, agent);
  return found;
});

/** Whether something may make another name for a socket. */
function hasLinks(system: System): boolean {
  return scriptsOf(system).some(({ container }) => container.args.some(arg => arg.includes('ln -s')))
    || system.workloads.some(({ containers }) => containers.some(({ name }) => name === 'ensure-alternate-names'));
}
