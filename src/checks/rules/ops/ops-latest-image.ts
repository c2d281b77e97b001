import { isFilledIn } from '../../../model/filled-in';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsLatestImage: Rule = {
  id: 'OPS-LATEST-IMAGE',
  level: Level.INFO,
  title: 'an image has no version',
  why: 'what runs changes without a change in Git',
  fix: 'pin a version, better a digest',
  source: 'Kubernetes images documentation',
  check: (system, report) => {
    for (const workload of system.workloads) {
      for (const container of workload.containers) {
        if (container.image === '' || container.image === 'auto' || isFilledIn(container.image) || container.image.includes('@sha256:')) continue;
        if (!/:(?!latest(-|$))[^:/]+$/.test(container.image)) report.at(workload.manifest, [...container.path, 'image'], `${container.image} has no version`);
      }
    }
  },
};
