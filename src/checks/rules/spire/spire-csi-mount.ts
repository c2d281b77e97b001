import { containersOf } from '../../../model/kubernetes/containers';
import { asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireCsiMount: Rule = {
  id: 'SPIRE-CSI-MOUNT',
  level: Level.ERROR,
  title: 'the CSI driver cannot hand its mounts to other pods',
  why: 'what it mounts below the folder of the kubelet stays in its own container: pods wait for the volume, or find it empty',
  fix: 'set securityContext.privileged: true, and mountPropagation: Bidirectional on the mount of the folder of pods',
  source: 'spiffe-csi: example/config/spiffe-csi-driver.yaml',
  check: (system, report) => {
    for (const { workload, container } of containersOf(system, /(^|\/)spiffe-csi-driver[:@]/)) {
      const pods = asObjects(container.value.volumeMounts).findIndex(mount => mount.mountPropagation !== undefined || /\/pods\/?$/.test(asText(mount.mountPath)));
      const isWhole = workload.containers.some(({ image }) => /node-driver-registrar/.test(image));
      if (pods < 0 && isWhole) report.at(workload.manifest, [...container.path, 'volumeMounts'], `container ${container.name} does not mount the folder of pods of the kubelet`);
      if (pods < 0) continue;
      if (asObject(container.value.securityContext).privileged !== true) report.at(workload.manifest, container.path, `container ${container.name} is not privileged`);
      const mount = asObjects(container.value.volumeMounts)[pods];
      const folder = asText(workload.volume(asText(mount.name))?.hostPath?.path).replace(/\/$/, '');
      const place = asText(mount.mountPath).replace(/\/$/, '');
      if (folder !== '' && folder !== place) report.at(workload.manifest, [...container.path, 'volumeMounts', pods], `${folder} of the node is mounted at ${place}: the kubelet names the folders of pods as they are on the node`);
      if (mount.mountPropagation !== 'Bidirectional') report.at(workload.manifest, [...container.path, 'volumeMounts', pods], `mountPropagation of ${asText(mount.mountPath)} is ${asText(mount.mountPropagation) || 'None'}`);
    }
  },
};
