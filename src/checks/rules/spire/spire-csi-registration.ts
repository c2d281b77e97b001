import { dirname, join } from 'node:path';
import { containersOf } from '../../../model/kubernetes/containers';
import { Container, Workload } from '../../../model/kubernetes/workload';
import { asObjects, asText } from '../../../model/manifest';
import { csiDrivers } from '../../../model/spire/csi';
import { Level } from '../../finding';
import { Report } from '../../report';
import { Rule } from '../../rule';

export const spireCsiRegistration: Rule = {
  id: 'SPIRE-CSI-REGISTRATION',
  level: Level.ERROR,
  title: 'the kubelet does not get to know the CSI driver, or is sent to a socket that is not there',
  why: 'the driver is not registered: every pod with its volume stays in ContainerCreating',
  fix: 'give kubelet-registration-path the hostPath of the folder that holds the driver\'s socket',
  source: 'kubernetes-csi node-driver-registrar README',
  check: (system, report) => {
    const drivers = new Set(csiDrivers(system).map(({ workload }) => workload));
    const registrars = containersOf(system, /node-driver-registrar/);
    for (const { workload, container } of csiDrivers(system)) {
      const registrar = registrars.find(one => one.workload === workload)?.container;
      // another program may have the registrar's place
      const isAlone = workload.containers.every(({ init, value }) => init || value === container.value);
      if (registrar) {
        compareSockets(report, workload, container, registrar);
      } else if (isAlone && madeAt(workload, container) !== undefined) {
        report.at(workload.manifest, workload.at('spec', 'containers'), 'nothing registers the driver at the kubelet', 'add the container node-driver-registrar');
      }
    }
    for (const { workload, container } of registrars.filter(one => drivers.has(one.workload))) {
      const folder = argument(container, 'plugin-registration-path') ?? '/registration';
      const place = nodePath(workload, container, `${folder}/socket`);
      if (!folder.includes('$') && !/\/plugins_registry\/socket$/.test(place ?? '')) {
        report.at(workload.manifest, [...container.path, 'volumeMounts'], `${folder} is ${place === undefined ? 'no folder of the node' : dirname(place)}: the kubelet looks into plugins_registry`,
          'mount the hostPath /var/lib/kubelet/plugins_registry at /registration');
      }
      const root = /^(.*)\/plugins\//.exec(argument(container, 'kubelet-registration-path') ?? '')?.[1];
      if (root !== undefined && place !== undefined && /\/plugins_registry\/socket$/.test(place) && place !== `${root}/plugins_registry/socket`) {
        report.at(workload.manifest, [...container.path, 'volumeMounts'], `${folder} is ${dirname(place)}, and kubelet-registration-path is below ${root}`, 'take both from the folder of the kubelet');
      }
      const [socket, registered] = ['csi-address', 'kubelet-registration-path'].map(name => argument(container, name));
      const onNode = socket === undefined ? undefined : nodePath(workload, container, socket);
      if (onNode === undefined || registered === undefined || registered.includes('$') || onNode === registered) continue;
      report.at(workload.manifest, [...container.path, 'args'], `kubelet-registration-path is ${registered}, the socket is ${onNode} of the node`);
    }
  },
};

/** The driver makes the socket, and the registrar beside it asks there. */
function compareSockets(report: Report, workload: Workload, driver: Container, registrar: Container): void {
  const [made, asked] = [argument(driver, 'csi-socket-path') ?? DEFAULT_SOCKET, argument(registrar, 'csi-address') ?? '/run/csi/socket'];
  if ([made, asked].some(path => path.includes('$'))) return;
  const [own, other] = [nodePath(workload, driver, made), nodePath(workload, registrar, asked)];
  if (own !== undefined && own === other) return;
  report.at(workload.manifest, [...registrar.path, 'args'], `csi-address is ${asked}${seen(other)}, the driver makes ${made}${seen(own)}`,
    'mount one folder of the node into both containers, and give both the same file in it');
}

const DEFAULT_SOCKET = '/spiffe-csi/csi.sock';

/** Where on the node the driver makes its socket. */
function madeAt(workload: Workload, driver: Container): string | undefined {
  return nodePath(workload, driver, argument(driver, 'csi-socket-path') ?? DEFAULT_SOCKET);
}

function seen(onNode: string | undefined): string {
  return onNode === undefined ? ' (in no folder of the node)' : ` (${onNode} of the node)`;
}

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
