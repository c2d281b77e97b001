import { Workload } from '../model/kubernetes/workload';
import { wantsSpire } from '../model/mesh/injection';
import { socketFile } from '../model/mesh/mesh';
import { once } from '../model/once';
import { DEFAULT_AGENT_SOCKET } from '../model/spire/agent';
import { agentsOfNodes } from '../model/spire/agents';
import { csiDrivers } from '../model/spire/csi';
import { Agent } from '../model/spire/discovery';
import { isUnknown } from '../model/spire/queries';
import { System } from '../model/system';

/** An agent whose socket has a name that no proxy looks for. */
export interface SocketMismatch {
  readonly agent: Agent;
  readonly line: number;
  readonly message: string;
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
  return namedAgents(system).filter(({ name }) => !wanted.includes(name))
    .map(({ agent, line, name }) => ({ agent, line, message: `the agent makes "${name}", proxies look for "${wanted.join('", "')}"` }));
});

/** The pods that ask for SPIRE's socket by another name than all agents give it, while others ask rightly. */
export function podSocketMismatches(system: System): PodSocketMismatch[] {
  if (!areNamesKnown(system) || socketMismatches(system).length > 0) return [];
  const names = namedAgents(system).map(({ name }) => name);
  if (names.length === 0 || meshSockets(system).some(name => names.includes(name))) return [];
  return system.workloads.filter(workload => wantsSpire(system, workload) && !podSockets(workload).some(name => names.includes(name))).map(workload =>
    ({ workload, message: `its proxy looks for "${(podSockets(workload)[0] ?? meshSockets(system)[0])}", the agents make "${names.join('", "')}"` }));
}

function areNamesKnown(system: System): boolean {
  if (system.agents.length === 0 || system.meshes.length === 0 || system.meshes.every(mesh => mesh.form === 'values')) return false;
  // Something else in the folder may be a link to the socket.
  return csiDrivers(system).length === 0
    || !system.workloads.some(workload => workload.containers.some(container => container.name === 'ensure-alternate-names' || container.script.includes('ln -s')));
}

function namedAgents(system: System): { agent: Agent; line: number; name: string }[] {
  return agentsOfNodes(system).flatMap(agent => {
    const config = agent.config?.agent;
    const path = config?.text('socket_path') || DEFAULT_AGENT_SOCKET;
    return !config || isUnknown(path) ? [] : [{ agent, line: config.at('socket_path').line, name: path.slice(path.lastIndexOf('/') + 1) }];
  });
}

function meshSockets(system: System): string[] {
  return [...new Set(system.meshes.map(socketFile))];
}

/** Names that single pods set for their own proxy. */
function podSockets(workload: Workload): string[] {
  const match = /WORKLOAD_IDENTITY_SOCKET_FILE["']?\s*:\s*["']?([\w.-]+)/.exec(workload.annotations['proxy.istio.io/config'] ?? '');
  return match ? [match[1]] : [];
}
