import { Manifest, asText } from '../../../model/manifest';
import { once } from '../../../model/once';
import { clusterSpiffeIds, idsSelecting, podsId } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireIdOverlap: Rule = {
  id: 'SPIRE-ID-OVERLAP',
  level: Level.WARNING,
  title: 'two ClusterSPIFFEIDs give different IDs to one pod',
  why: 'which of its SVIDs a proxy gets as "default" is a coin toss, and may change when an entry is made anew',
  fix: 'let one ClusterSPIFFEID select the pod, or mark one as fallback',
  source: 'observed: runs of SPIRE 1.15.3, SDS',
  check: (system, report) => {
    if (clusterSpiffeIds(system).length < 2) return;
    for (const workload of system.workloads) {
      const { first, others } = differing(idsSelecting(system, workload));
      for (const other of others) {
        const [a, b] = [podsId(system, first, workload), podsId(system, other, workload)];
        if (a !== undefined && b !== undefined && a !== b) report.at(other, ['spec', 'spiffeIDTemplate'], `${workload.manifest.kind} ${workload.name} gets ${b} here and ${a} from ${first.name}`);
      }
    }
  },
};

/** Of ClusterSPIFFEIDs that select one pod the first, and those of its manager that may give another ID; many pods have the same list. */
const differing = once((ids: readonly Manifest[]): { first: Manifest; others: Manifest[] } => {
  const [first, ...others] = ids.filter(({ spec }) => spec.fallback !== true);
  const isOneManager = (other: Manifest) => asText(first.spec.className) === asText(other.spec.className);
  return { first, others: others.filter(other => isOneManager(other) && other.spec.spiffeIDTemplate !== first.spec.spiffeIDTemplate) };
});
