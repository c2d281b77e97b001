import { asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshCsiSubPath: Rule = {
  id: 'MESH-CSI-SUB-PATH',
  level: Level.WARNING,
  title: 'one file of the SPIFFE CSI volume is mounted',
  why: 'the socket is bound once, when the container starts: after a restart of the agent the container holds a socket that nobody listens on',
  fix: 'mount the volume as a folder, without subPath, and name the socket in the folder',
  source: 'spiffe-csi: the driver mounts a directory',
  check: (system, report) => {
    for (const workload of system.workloads) {
      const ours = workload.volumes.filter(volume => volume.csi?.driver === 'csi.spiffe.io').map(volume => volume.name);
      for (const container of ours.length > 0 ? workload.containers : []) {
        asObjects(container.value.volumeMounts).forEach((mount, i) => {
          const part = asText(mount.subPath) || asText(mount.subPathExpr);
          if (part !== '' && ours.includes(mount.name)) report.at(workload.manifest, [...container.path, 'volumeMounts', i], `subPath ${part} of volume ${mount.name}`);
        });
      }
    }
  },
};
