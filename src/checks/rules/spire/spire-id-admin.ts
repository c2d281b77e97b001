import { isEmptySelector } from '../../../model/kubernetes/selector';
import { Json, asObject } from '../../../model/manifest';
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
    for (const values of system.spireValues) {
      const root = ['spire-server', 'controllerManager', 'identities', 'clusterSPIFFEIDs'];
      const ids = asObject(root.reduce((value: Json, key) => asObject(value)[key], values.value));
      for (const name of Object.keys(ids)) {
        const isOfChart = ['child-servers', 'spire-ha-agent', 'spire-identity-exchange'].some(known => name === known || asObject(ids[name]).type === known);
        if (asObject(ids[name]).admin === true && !isOfChart) report.at(values, [...root, name, 'admin'], `admin: true for the pods of identity ${name}`);
      }
    }
    for (const entry of staticEntries(system)) {
      if (entry.spec.admin === true && !/operator|controller|manager|spire|admin|tornjak/.test(String(entry.spec.spiffeID))) report.at(entry, ['spec', 'admin'], `admin: true for ${String(entry.spec.spiffeID)}`);
    }
  },
};
