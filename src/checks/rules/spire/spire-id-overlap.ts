import { collect } from '../../../model/collect';
import { Manifest, asTexts } from '../../../model/manifest';
import { clusterSpiffeIds, idsSelecting, podsId, sampleOf, selectorsOf, templatesOf } from '../../../model/spire/entries';
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
    const told = new Set<Manifest>();
    for (const workload of system.workloads) {
      const { first, others } = differing(idsSelecting(system, workload));
      for (const other of others) {
        const [a, b] = [podsId(system, first, workload), podsId(system, other, workload)];
        if (a === undefined || b === undefined || a === b) continue;
        told.add(other);
        report.at(other, ['spec', 'spiffeIDTemplate'], `${workload.manifest.kind} ${workload.name} gets ${b} here and ${a} from ${first.name}`);
      }
    }
    // what has the same selectors takes the same pods, whether there are any in the input or not
    const bySelectors = new Map<string, Manifest[]>();
    for (const id of clusterSpiffeIds(system)) collect(bySelectors, selectorsOf(id), id);
    for (const { first, others } of [...bySelectors.values()].filter(ids => ids.length > 1).map(differing)) {
      for (const other of others.filter(one => !told.has(one) && areDifferent(first, one))) report.at(other, ['spec', 'spiffeIDTemplate'], `it selects the pods that have another ID from ${first.name}`);
    }
  },
};

/** Whether two ClusterSPIFFEIDs give different IDs to any pod; of one name they are for different clusters. */
function areDifferent(one: Manifest, other: Manifest): boolean {
  const [a, b] = [one, other].map(id => templatesOf(id)[0]?.template).map(template => template && sampleOf(template));
  return one.name !== other.name && a !== undefined && b !== undefined && a !== b;
}

/** Whether each ID is for containers of its own. */
function areOfContainers(...ids: Manifest[]): boolean {
  const containers = ids.map(({ spec }) => asTexts(spec.workloadSelectorTemplates).filter(text => /^k8s:container-(name|image):/.test(text)).join());
  return containers.every(text => text !== '') && new Set(containers).size === ids.length;
}

const differing = rivalIds((first, other) => other.spec.spiffeIDTemplate !== first.spec.spiffeIDTemplate && !areOfContainers(first, other));
