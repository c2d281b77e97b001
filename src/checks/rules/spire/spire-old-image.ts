import { containersOf } from '../../../model/kubernetes/containers';
import { SPIRE_IMAGE, versionOf } from '../../../model/spire/images';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireOldImage: Rule = {
  id: 'SPIRE-OLD-IMAGE',
  level: Level.WARNING,
  title: 'an image of SPIRE is out of support',
  why: 'it gets no security fixes, and its configuration differs from what is documented',
  fix: 'use SPIRE 1.15',
  source: 'https://github.com/spiffe/spire/blob/main/CHANGELOG.md',
  check: (system, report) => {
    for (const { workload, container } of containersOf(system, SPIRE_IMAGE)) {
      const version = versionOf(container.image);
      if (version && version.major === 1 && version.minor < 12) report.at(workload.manifest, [...container.path, 'image'], `${container.image} is out of support`);
    }
  },
};
