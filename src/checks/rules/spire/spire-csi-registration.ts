import { join } from 'node:path';
import { containersOf } from '../../../model/kubernetes/containers';
import { Container, Workload } from '../../../model/kubernetes/workload';
import { asObjects, asText } from '../../../model/manifest';
import { csiDrivers } from '../../../model/spire/csi';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireCsiRegistration: Rule = {
  id: 'SPIRE-CSI-REGISTRATION',
  level: Level.ERROR,
  title: 'the kubelet is sent to a socket of the CSI driver that is not there',
  why: 'the driver is not registered: every pod with its volume stays in ContainerCreating',
  fix: 'give kubelet-registration-path the hostPath of the folder that holds the driver\'s socket',
  source: 'kubernetes-csi node-driver-registrar README',
  check: (system, report) => {
    const drivers = new Set(csiDrivers(system).map(({ workload }) => workload));
    for (const { workload, container } of containersOf(system, /node-driver-registrar/).filter(one => drivers.has(one.workload))) {
      const [socket, registered] = ['csi-address', 'kubelet-registration-path'].map(name => argument(container, name));
      const onNode = socket === undefined ? undefined : nodePath(workload, container, socket);
      if (onNode === undefined || registered === undefined || registered.includes('$') || onNode === registered) continue;
      report.at(workload.manifest, [...container.path, 'args'], `kubelet-registration-path is ${registered}, the socket is ${onNode} of the node`);
    }
  },
};

function argument(container: Container, name: string): string | undefined {
  const at = container.args.findIndex(arg => arg === `-${name}` || arg === `--${name}`);
  return at >= 0 ? container.args[at + 1] : container.args.map(arg => /^--?([\w-]+)=(.*)$/.exec(arg)).find(match => match?.[1] === name)?.[2];
}

/** A path of a container on the node, where a hostPath volume holds it. */
function nodePath(workload: Workload, container: Container, path: string): string | undefined {
  const mount = asObjects(container.value.volumeMounts).find(({ mountPath, subPath }) => subPath === undefined && path.startsWith(`${asText(mountPath).replace(/\/$/, '')}/`));
  const host = mount && asText(workload.volume(asText(mount.name))?.hostPath?.path);
  return host ? join(host, path.slice(asText(mount.mountPath).length)) : undefined;
}
