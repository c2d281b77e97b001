import { asTexts } from '../../../model/manifest';
import { clusterSpiffeIds, idsSelecting, podsId } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { rivalIds } from '../../rival-ids';
import { Rule } from '../../rule';

export const fedIdOverlap: Rule = {
  id: 'FED-ID-OVERLAP',
  level: Level.WARNING,
  title: 'two ClusterSPIFFEIDs give one ID to a pod, and federate with different trust domains',
  why: 'the controller manager makes one entry of the two, the older one: foreign bundles come and go with the order of creation',
  fix: 'let one ClusterSPIFFEID select the pod',
  source: 'spire-controller-manager pkg/spireentry/reconciler.go, entriesMasked',
  check: (system, report) => {
    if (clusterSpiffeIds(system).length < 2) return;
    for (const workload of system.workloads) {
      const { first, others } = differing(idsSelecting(system, workload));
      for (const other of others) {
        const [a, b] = [podsId(system, first, workload), podsId(system, other, workload)];
        if (a === undefined || a !== b) continue;
        report.at(other, ['spec', 'podSelector'], `${workload.manifest.kind} ${workload.name} gets ${a} from ${first.name} as well, which federates with ${partners(first) || 'nobody'}, and this one with ${partners(other) || 'nobody'}`);
      }
    }
  },
};

const differing = rivalIds((first, other) => partners(first) !== partners(other));

function partners(id: { readonly spec: { readonly federatesWith?: unknown } }): string {
  return [...new Set(asTexts(id.spec.federatesWith))].sort().join(', ');
}
