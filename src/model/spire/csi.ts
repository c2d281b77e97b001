import { DEFAULT_AGENT_SOCKET } from './agent';
import { CSI_DRIVER_IMAGE } from './images';
import { mountAt } from './queries';
import { containersOf } from '../kubernetes/containers';
import { Container, Workload } from '../kubernetes/workload';
import { Json, asObjects, asText } from '../manifest';
import { once } from '../once';
import { System } from '../system';

/** A pod that hands out the Workload API socket. */
export interface CsiDriver {
  readonly workload: Workload;
  readonly container: Container;
  /** The folder it is told to hand out; undefined where it cannot be told. */
  readonly folder?: string;
  /** The volume that the folder is in. */
  readonly volume?: Json;
  /** The folder of the node it mounts into pods; undefined where it cannot be told. */
  readonly hostFolder?: string;
}

/** The SPIFFE CSI drivers of a system. */
export const csiDrivers = once((system: System): CsiDriver[] => containersOf(system, /spiffe-csi/)
  .filter(({ container }) => /workload-api-socket-dir/.test(container.script) || CSI_DRIVER_IMAGE.test(container.image))
  .map(({ workload, container }) => ({ workload, container, ...folderOf(workload, container) })));

function folderOf(workload: Workload, container: Container): Pick<CsiDriver, 'folder' | 'volume' | 'hostFolder'> {
  const args = Workload.args(container);
  const at = args.findIndex(arg => /^--?workload-api-socket-dir$/.test(arg));
  const inline = args.map(arg => /^--?workload-api-socket-dir=(.*)$/.exec(arg)?.[1]).find(value => value !== undefined);
  const folder = (inline ?? (at >= 0 ? args[at + 1] : undefined))?.replace(/\/$/, '');
  if (folder === undefined || folder.includes('$')) return {};
  const covering = asObjects(container.value.volumeMounts).filter(candidate => {
    const path = asText(candidate.mountPath).replace(/\/$/, '');
    return folder === path || folder.startsWith(`${path}/`);
  });
  const mount = covering.sort((a, b) => asText(b.mountPath).length - asText(a.mountPath).length)[0];
  const volume = mount && workload.volume(asText(mount.name));
  if (!volume?.hostPath) return { folder, volume };
  return { folder, volume, hostFolder: asText(volume.hostPath.path).replace(/\/$/, '') + folder.slice(asText(mount.mountPath).replace(/\/$/, '').length) };
}

/** Whether a driver shares an emptyDir with an agent of its own pod, which works until the pod is replaced. */
export function isPodsOwn(system: System, { workload, volume }: CsiDriver): boolean {
  return volume?.emptyDir !== undefined && system.agents.some(agent => agent.workload === workload
    && mountAt(agent, agent.config?.agent.text('socket_path') || DEFAULT_AGENT_SOCKET)?.name === volume.name);
}

/** Whether a pod belongs to SPIRE itself. */
export function runsSpire(workload: Workload): boolean {
  return workload.containers.some(container => /spire-(server|(ha-)?agent)|spiffe-csi-driver|spire-controller-manager|oidc-discovery-provider/.test(container.image));
}
