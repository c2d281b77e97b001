import { Manifest, asText, asTexts } from '../../../model/manifest';
import { once } from '../../../model/once';
import { clusterSpiffeIds, idsSelecting, podsId } from '../../../model/spire/entries';
import { Level } from '../../finding';
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

/** Of ClusterSPIFFEIDs that select one pod the first, and those of its manager that federate with others; many pods have the same list. */
const differing = once((ids: readonly Manifest[]): { first: Manifest; others: Manifest[] } => {
  const [first, ...others] = ids.filter(({ spec }) => spec.fallback !== true);
  const isOneManager = (other: Manifest) => asText(first.spec.className) === asText(other.spec.className);
  return { first, others: others.filter(other => isOneManager(other) && partners(first) !== partners(other)) };
});

function partners(id: { readonly spec: { readonly federatesWith?: unknown } }): string {
  return [...new Set(asTexts(id.spec.federatesWith))].sort().join(', ');
}
