import { isEmptySelector } from '../../../model/kubernetes/selector';
import { Json, Manifest, asText } from '../../../model/manifest';
import { clusterSpiffeIds, idsSelecting, podsId } from '../../../model/spire/entries';
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
  // of one template, what takes all pods takes those of the others as well
  const byTemplate = new Map<string, Manifest>();
  for (const id of ids.filter(takesAll)) {
    const template = asText(id.spec.spiffeIDTemplate);
    const first = byTemplate.get(template);
    if (first) add(first, id);
    else byTemplate.set(template, id);
  }
  return pairs;
}

function takesAll({ spec }: Manifest): boolean {
  return isEmptySelector(spec.podSelector) && isEmptySelector(spec.namespaceSelector);
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
