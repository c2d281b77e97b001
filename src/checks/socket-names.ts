import { Report } from './report';
import { isFilledIn } from '../model/filled-in';
import { Workload } from '../model/kubernetes/workload';
import { spireProxies } from '../model/mesh/injection';
import { socketFile, statedSocketFile } from '../model/mesh/mesh';
import { isWhole } from '../model/mesh/whole-values';
import { once } from '../model/once';
import { DEFAULT_AGENT_SOCKET } from '../model/spire/agent';
import { agentsOfNodes } from '../model/spire/agents';
import { spireChart } from '../model/spire/charts';
import { csiDrivers } from '../model/spire/csi';
import { OPENSHIFT_SOCKET, operatedAgents } from '../model/spire/openshift';
import { isUnknown } from '../model/spire/queries';
import { System } from '../model/system';

/** An agent, or what makes agents, whose socket has a name that no proxy looks for. */
export interface SocketMismatch {
  tell(report: Report): void;
}

/** What an agent calls its socket, and links to it. */
interface NamedAgent {
  readonly names: string[];
  tell(report: Report, message: string): void;
}

/** A pod whose proxy looks for a socket that no agent makes. */
export interface PodSocketMismatch {
  readonly workload: Workload;
  readonly message: string;
}

/** The agents whose socket Istio's proxies do not find. */
export const socketMismatches = once((system: System): SocketMismatch[] => {
  if (!areNamesKnown(system)) return [];
  const wanted = [...new Set([...meshSockets(system), ...system.workloads.flatMap(podSockets)])];
  return namedAgents(system).filter(({ names }) => !names.some(name => wanted.includes(name)))
    .map(({ names, tell }) => ({ tell: report => tell(report, `the agent makes "${names.join('", "')}", proxies look for "${wanted.join('", "')}"`) }));
});

/** The pods that ask for SPIRE's socket by another name than all agents give it, while others ask rightly. */
export function podSocketMismatches(system: System): PodSocketMismatch[] {
  if (!areNamesKnown(system) || socketMismatches(system).length > 0) return [];
  const names = namedAgents(system).flatMap(agent => agent.names);
  const isRight = (name: string): boolean => names.includes(name);
  if (names.length === 0) return [];
  // what a pod says itself counts before what the mesh says
  const isLost = (own: string[]): boolean => (own.length > 0 ? !own.some(isRight) : !meshSockets(system).some(isRight));
  return spireProxies(system).filter(workload => isLost(podSockets(workload))).map(workload =>
    ({ workload, message: `its proxy looks for "${(podSockets(workload)[0] ?? meshSockets(system)[0])}", the agents make "${names.join('", "')}"` }));
}

function areNamesKnown(system: System): boolean {
  // A file of values may be a part of them only.
  const isStated = system.meshes.some(mesh => mesh.form !== 'values' || statedSocketFile(mesh) !== '' || isWhole(mesh));
  if (namedAgents(system).length === 0 || !isStated || meshSockets(system).some(isFilledIn)) return false;
  // Something else in the folder may be a link to the socket.
  return csiDrivers(system).length === 0
    || !system.workloads.some(workload => workload.containers.some(container => container.name === 'ensure-alternate-names' || container.script.includes('ln -s')));
}

function namedAgents(system: System): NamedAgent[] {
  const chart = spireChart(system);
  const made = chart?.sockets ? [{ names: chart.sockets, tell: (report: Report, message: string) => report.at(chart.values, ['spire-agent', 'socketAlternate', 'names'], message) }] : [];
  const operated = operatedAgents(system).map(manifest => ({
    names: [OPENSHIFT_SOCKET],
    tell: (report: Report, message: string) => report.at(manifest, ['kind'], message, `set WORKLOAD_IDENTITY_SOCKET_FILE to ${OPENSHIFT_SOCKET}`),
  }));
  return [...made, ...operated, ...agentsOfNodes(system).flatMap(agent => {
    const config = agent.config?.agent;
    const path = config?.text('socket_path') || DEFAULT_AGENT_SOCKET;
    if (!config || isUnknown(path)) return [];
    return [{ names: [path.slice(path.lastIndexOf('/') + 1)], tell: (report: Report, message: string) => report.in(agent.text, config.at('socket_path').line, message) }];
  })];
}

function meshSockets(system: System): string[] {
  return [...new Set(system.meshes.map(socketFile))];
}

/** Names that single pods set for their own proxy. */
function podSockets(workload: Workload): string[] {
  const match = /WORKLOAD_IDENTITY_SOCKET_FILE["']?\s*:\s*["']?([\w.-]+)/.exec(workload.annotations['proxy.istio.io/config'] ?? '');
  return match ? [match[1]] : [];
}
