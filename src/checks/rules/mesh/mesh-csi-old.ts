import { containersOf } from '../../../model/kubernetes/containers';
import { versionOf } from '../../../model/spire/images';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshCsiOld: Rule = {
  id: 'MESH-CSI-OLD',
  level: Level.INFO,
  title: 'the SPIFFE CSI driver mounts the socket once more at each restart of the kubelet',
  why: 'releases before 0.2.12 do, until the node has too many mounts',
  fix: 'use 0.2.12 or newer',
  source: 'spiffe-csi CHANGELOG, pull request 332',
  check: (system, report) => {
    for (const { workload, container } of containersOf(system, /(^|\/)spiffe-csi-driver:/)) {
      const version = versionOf(container.image);
      if (version && version.major === 0 && (version.minor < 2 || (version.minor === 2 && version.patch < 12))) report.at(workload.manifest, [...container.path, 'image'], `${container.image} is older than 0.2.12`);
    }
  },
};
