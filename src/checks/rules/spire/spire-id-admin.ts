import { isEmptySelector } from '../../../model/kubernetes/selector';
import { clusterSpiffeIds, staticEntries } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireIdAdmin: Rule = {
  id: 'SPIRE-ID-ADMIN',
  level: Level.WARNING,
  title: 'a workload may administrate SPIRE, or any pod may sign in its name',
  why: 'whoever has the SVID can make entries and mint certificates for any identity',
  fix: 'remove admin: true',
  source: 'spire-controller-manager api/v1alpha1',
  check: (system, report) => {
    for (const id of clusterSpiffeIds(system)) {
      if (id.spec.downstream === true && isEmptySelector(id.spec.podSelector) && isEmptySelector(id.spec.namespaceSelector)) {
        report.at(id, ['spec', 'downstream'], 'downstream: true for every pod: each may have a CA of the trust domain', 'select the pods of the nested server');
      }
      if (id.spec.admin === true) report.at(id, ['spec', 'admin'], 'admin: true for pods that are selected by labels');
    }
    for (const entry of staticEntries(system)) {
      if (entry.spec.admin === true && !/operator|controller|manager|spire|admin|tornjak/.test(String(entry.spec.spiffeID))) report.at(entry, ['spec', 'admin'], `admin: true for ${String(entry.spec.spiffeID)}`);
    }
  },
};
