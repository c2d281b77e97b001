import { once } from '../once';
import { System } from '../system';

/** Whether the input has several objects of a namespace with other labels: which of them is applied is not known. */
export function hasVariants(system: System, namespace: string): boolean {
  return variants(system).has(namespace);
}

const variants = once((system: System): ReadonlySet<string> => {
  const labels = new Map<string, string>();
  const found = new Set<string>();
  for (const namespace of system.all('Namespace')) {
    const text = JSON.stringify(namespace.labels);
    if ((labels.get(namespace.name) ?? text) !== text) found.add(namespace.name);
    labels.set(namespace.name, text);
  }
  return found;
});
