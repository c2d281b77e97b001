import { collect } from '../../../model/collect';
import { Labelled } from '../../../model/kubernetes/labelled';
import { Manifest, asObject } from '../../../model/manifest';
import { workloadsWith } from '../../../model/mesh/selection';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshServiceEntrySelector: Rule = {
  id: 'MESH-SERVICE-ENTRY-SELECTOR',
  level: Level.WARNING,
  title: 'a ServiceEntry selects nothing beside it',
  why: 'it has no endpoint while the WorkloadEntries of its namespace belong to nobody: every request ends in 503',
  fix: 'write the labels of the WorkloadEntries into workloadSelector',
  source: 'istio ServiceEntry.workloadSelector',
  check: (system, report) => {
    for (const entry of system.all('ServiceEntry').filter(({ group }) => group === 'networking.istio.io')) {
      const labels = asObject(asObject(entry.spec.workloadSelector).labels);
      const near = Object.keys(labels).length > 0 ? machines(system).get(entry.namespace) ?? [] : [];
      if (near.length === 0 || labelled(near).having(labels).length > 0 || workloadsWith(system, entry.namespace, labels).length > 0) continue;
      report.at(entry, ['spec', 'workloadSelector'], `no pod and none of the WorkloadEntries ${near.map(({ name }) => name).slice(0, 3).join(', ')} has these labels`);
    }
  },
};

const labelled = once((machinesHere: Manifest[]) => new Labelled(machinesHere, one => ({ ...one.labels, ...asObject(one.spec.labels) })));

/** The WorkloadEntries of each namespace; those that a WorkloadGroup makes are not seen. */
const machines = once((system: System): Map<string, Manifest[]> => {
  const found = new Map<string, Manifest[]>();
  for (const one of system.all('WorkloadEntry')) collect(found, one.namespace, one);
  for (const { namespace } of system.all('WorkloadGroup')) found.delete(namespace);
  return found;
});
