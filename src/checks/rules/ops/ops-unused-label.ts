import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsUnusedLabel: Rule = {
  id: 'OPS-UNUSED-LABEL',
  level: Level.INFO,
  title: 'a label has no effect',
  why: 'no ClusterSPIFFEID selects namespaces or service accounts by it',
  fix: 'label the pods with what podSelector selects',
  source: 'spire-controller-manager pkg/spireentry',
  check: (system, report) => {
    const selected = JSON.stringify(system.all('ClusterSPIFFEID').map(id => [id.spec.namespaceSelector ?? null]));
    for (const kind of ['Namespace', 'ServiceAccount']) {
      for (const object of system.all(kind)) {
        for (const key of Object.keys(object.labels)) {
          if (/^(spire-managed|spiffe\.io\/|spire)/.test(key) && !selected.includes(`"${key}"`)) report.at(object, ['metadata', 'labels', key], `nothing selects the label ${key} of a ${kind}`);
        }
      }
    }
  },
};
