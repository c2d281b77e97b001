import { clusterSpiffeIds, idsSelecting, podsId } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { rivalIds } from '../../rival-ids';
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

const differing = rivalIds((first, other) => other.spec.spiffeIDTemplate !== first.spec.spiffeIDTemplate);
