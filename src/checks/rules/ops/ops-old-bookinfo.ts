import { containersOf } from '../../../model/kubernetes/containers';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsOldBookinfo: Rule = {
  id: 'OPS-OLD-BOOKINFO',
  level: Level.WARNING,
  title: 'an image is no longer published under this name',
  why: 'bookinfo\'s images moved, and old ones have known faults',
  fix: 'use registry.istio.io/release/examples-bookinfo-*:1.20.3',
  source: 'istio samples/bookinfo',
  check: (system, report) => {
    for (const { workload, container } of containersOf(system, /examples-bookinfo-[\w-]+:1\.1[0-7]\./)) {
      report.at(workload.manifest, [...container.path, 'image'], `${container.image} is out of date`);
    }
  },
};
