import { collect } from '../../../model/collect';
import { Workload } from '../../../model/kubernetes/workload';
import { Manifest } from '../../../model/manifest';
import { podLabels } from '../../../model/mesh/injection';
import { once } from '../../../model/once';
import { clusterSpiffeIds, guaranteedLabels, idsSelecting, labelsRead, templatesOf } from '../../../model/spire/entries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireIdLabel: Rule = {
  id: 'SPIRE-ID-LABEL',
  level: Level.WARNING,
  title: 'a template reads a label that a pod need not have',
  why: 'a missing label renders as "<no value>": SPIRE signs it into a DNS name, an ID or selector with it never works',
  fix: 'require the label in podSelector, or drop it from the template',
  source: 'observed: runs of spire-controller-manager 0.6.6',
  check: (system, report) => {
    for (const id of clusterSpiffeIds(system)) {
      for (const field of templatesOf(id)) {
        for (const { key, indexed } of labelsRead(field)) {
          if (guaranteedLabels(id).has(key) || /\{\{-?\s*(if|with)\b/.test(field.text)) continue;
          const given = indexed ? 'an empty text' : '"<no value>"';
          const bare = workloadsOf(system).get(id)?.find(workload => podLabels(system, workload)[key] === undefined);
          report.at(id, field.path, bare ? `${bare.manifest.kind} ${bare.name} has no label ${key}: the template gives ${given}`
            : `the label ${key} is not required by podSelector; without it the template gives ${given}`);
        }
      }
    }
  },
};

/** The workloads that each ClusterSPIFFEID selects, one of those with the same labels in one namespace. */
const workloadsOf = once((system: System): Map<Manifest, Workload[]> => {
  const found = new Map<Manifest, Workload[]>();
  const seen = new Set<readonly Manifest[]>();
  for (const workload of system.workloads) {
    const ids = idsSelecting(system, workload);
    if (seen.has(ids)) continue;
    seen.add(ids);
    for (const id of ids) {
      collect(found, id, workload);
    }
  }
  return found;
});
