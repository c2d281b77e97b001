import { once } from '../once';
import { System } from '../system';

/** Whether the input has several objects of a namespace with other labels: which of them is applied is not known. */
export function hasVariants(system: System, namespace: string): boolean {
  return variants(system).has(namespace);
}

/** Where no mesh tells one cluster from another, overlays may be of the same. */
const variants = once((system: System): ReadonlySet<string> => system.meshes.length > 0 ? variantsIn([system]) : variantsOfAll(system.clusters));

const variantsOfAll = once(variantsIn);

function variantsIn(systems: readonly System[]): ReadonlySet<string> {
  const labels = new Map<string, string>();
  const found = new Set<string>();
  for (const namespace of systems.flatMap(system => system.all('Namespace'))) {
    const text = JSON.stringify(namespace.labels);
    if ((labels.get(namespace.name) ?? text) !== text) found.add(namespace.name);
    labels.set(namespace.name, text);
  }
  return found;
}
