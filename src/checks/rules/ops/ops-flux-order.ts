import { Manifest, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsFluxOrder: Rule = {
  id: 'OPS-FLUX-ORDER',
  level: Level.ERROR,
  title: 'objects of Flux wait for each other',
  why: 'none of a circle is ever applied',
  fix: 'let each depend on what comes before it only: definitions, SPIRE, identities, mesh, workloads',
  source: 'Flux: Kustomization dependsOn',
  check: (system, report) => {
    const all = [...system.all('Kustomization'), ...system.all('HelmRelease')].filter(({ group }) => /\.toolkit\.fluxcd\.io$/.test(group));
    const known = new Map(all.map(one => [keyOf(one.kind, one.namespace, one.name), one]));
    for (const one of all) {
      if (isReached(known, one)) report.at(one, ['spec', 'dependsOn'], `${one.kind} ${one.name} waits, by dependsOn, for itself`);
    }
  },
};

function keyOf(kind: string, namespace: string, name: string): string {
  return `${kind}/${namespace}/${name}`;
}

/** Whether what an object waits for waits for it. */
function isReached(known: Map<string, Manifest>, start: Manifest): boolean {
  const seen = new Set<Manifest>();
  const next = [start];
  for (let one = next.pop(); one; one = next.pop()) {
    for (const { name, namespace } of asObjects(one.spec.dependsOn)) {
      const found = known.get(keyOf(one.kind, asText(namespace) || one.namespace, asText(name)));
      if (found === start) return true;
      if (found && !seen.has(found)) next.push(found);
      if (found) seen.add(found);
    }
  }
  return false;
}
