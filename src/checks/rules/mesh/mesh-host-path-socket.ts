import { asText } from '../../../model/manifest';
import { runsSpire } from '../../../model/spire/csi';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshHostPathSocket: Rule = {
  id: 'MESH-HOST-PATH-SOCKET',
  level: Level.WARNING,
  title: 'an application mounts SPIRE\'s socket from the node',
  why: 'a hostPath breaks the baseline standard, and with DirectoryOrCreate hides that there is no agent',
  fix: 'use a csi volume with the driver csi.spiffe.io',
  source: 'spiffe-csi README; Pod Security Standards',
  check: (system, report) => {
    for (const workload of system.workloads) {
      workload.volumes.forEach((volume, i) => {
        const path = asText(volume.hostPath?.path);
        if (/spire|spiffe/.test(path) && !/^\/var\/lib\/kubelet\//.test(path) && !runsSpire(workload)) report.at(workload.manifest, workload.at('spec', 'volumes', i), `volume ${asText(volume.name)} is ${path} of the node`);
      });
    }
  },
};
