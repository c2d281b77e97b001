import { Json, Manifest, asText } from '../../../model/manifest';
import { clusterSpiffeIds, idsSelecting, podsId, selectorsOf } from '../../../model/spire/entries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireIdMasked: Rule = {
  id: 'SPIRE-ID-MASKED',
  level: Level.WARNING,
  title: 'two ClusterSPIFFEIDs make the same entry, and differ in what it should have',
  why: 'the entry of the older one is made, the other is masked: its lifetime, DNS names and federations are lost',
  fix: 'let one ClusterSPIFFEID select the pods, or mark the wider one as fallback',
  source: 'observed: runs of spire-controller-manager 0.6.6, status.entriesMasked',
  check: (system, report) => {
    for (const [id, other] of maskedPairs(system)) report.at(id, ['spec'], `its entries are those of ${other.name}, which has another ${differences(id, other).join(', ')}`);
  },
};

function maskedPairs(system: System): Map<Manifest, Manifest> {
  const pairs = new Map<Manifest, Manifest>();
  const add = (one: Manifest, other: Manifest): void => {
    if (isSameEntry(one, other) && differences(one, other).length > 0 && !pairs.has(other)) pairs.set(other, one);
  };
  const ids = clusterSpiffeIds(system);
  for (const workload of ids.length > 1 ? system.workloads : []) {
    const [first, ...rest] = idsSelecting(system, workload);
    for (const other of rest) {
      const [a, b] = [first, other].map(id => podsId(system, id, workload));
      if (a !== undefined && a === b) add(first, other);
    }
  }
  // what has the same selectors takes the same pods, whether there are any in the input or not
  const byTemplate = new Map<string, Manifest>();
  for (const id of ids) {
    const key = `${asText(id.spec.spiffeIDTemplate)}\n${selectorsOf(id)}`;
    const first = byTemplate.get(key);
    // of one name they are for different clusters
    if (first && first.name !== id.name) add(first, id);
    else if (!first) byTemplate.set(key, id);
  }
  return pairs;
}

function isSameEntry(one: Manifest, other: Manifest): boolean {
  return [one, other].every(({ spec }) => spec.fallback !== true)
    && ['className', 'workloadSelectorTemplates'].every(field => isSame(one.spec[field], other.spec[field]));
}

function differences(one: Manifest, other: Manifest): string[] {
  const fields = ['ttl', 'jwtTtl', 'federatesWith', 'dnsNameTemplates', 'autoPopulateDNSNames', 'hint', 'admin', 'downstream'];
  return fields.filter(field => !isSame(one.spec[field], other.spec[field]));
}

function isSame(one: Json, other: Json): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}
