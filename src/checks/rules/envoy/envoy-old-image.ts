import { containersOf } from '../../../model/kubernetes/containers';
import { versionOf } from '../../../model/spire/images';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyOldImage: Rule = {
  id: 'ENVOY-OLD-IMAGE',
  level: Level.WARNING,
  title: 'an image of Envoy is out of support',
  why: 'it gets no security fixes, and SPIRE is tested with the latest five releases',
  fix: 'use a release from 1.33 on',
  source: 'doc/supported_integrations.md',
  check: (system, report) => {
    for (const { workload, container } of containersOf(system, /(^|\/)envoy(-distroless|-contrib)?:/)) {
      const version = versionOf(container.image);
      if (version && version.major === 1 && version.minor < 33) report.at(workload.manifest, [...container.path, 'image'], `${container.image} is out of support`);
    }
  },
};
