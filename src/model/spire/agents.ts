import { DEFAULT_AGENT_SOCKET } from './agent';
import { Agent } from './discovery';
import { isUnknown, volumeAt } from './queries';
import { asObjects } from '../manifest';
import { once } from '../once';
import { System } from '../system';

/**
 * The agents whose server may be in the input: those that call it by a name of this cluster.
 *
 * An agent beside a nested server calls the root server, which is often in another cluster: nothing here has to agree with it.
 */
export const agentsOfServers = once((system: System): Agent[] => system.agents.filter(agent => !callsElsewhere(system, agent)));

/** The agents that serve the pods of their node, and not only the containers beside them. */
export const agentsOfNodes = once((system: System): Agent[] => system.agents.filter(agent => !isSharedInPod(agent)));

function callsElsewhere(system: System, agent: Agent): boolean {
  const address = agent.config?.agent.text('server_address') ?? '';
  if (address === '' || isUnknown(address)) return false;
  if (/^\d+(\.\d+){3}$|:/.test(address)) return !/^(127\.|::1$)/.test(address);
  const [, namespace, kind] = address.split('.');
  if (namespace === undefined || kind === 'svc') return false;
  return kind !== undefined || (system.labelsOf(namespace) === undefined && !system.manifests.some(manifest => manifest.namespace === namespace));
}

function isSharedInPod(agent: Agent): boolean {
  const { workload, container } = agent;
  if (!workload || !container || workload.manifest.kind === 'DaemonSet') return false;
  const path = agent.config?.agent.text('socket_path') || DEFAULT_AGENT_SOCKET;
  const volume = isUnknown(path) ? undefined : volumeAt(agent, path);
  return volume !== undefined && volume.hostPath === undefined && workload.containers.some(other =>
    other.value !== container.value && asObjects(other.value.volumeMounts).some(mount => mount.name === volume.name));
}
