import { collect } from '../collect';
import { once } from '../once';
import { System } from '../system';

/** The names of the Services of each namespace. */
export const serviceNames = once((system: System): ReadonlyMap<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const { group, namespace, name } of system.all('Service')) if (group === '') collect(found, namespace, name);
  return found;
});

/** The namespaces of the Services of each name. */
export const serviceNamespaces = once((system: System): ReadonlyMap<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const { group, namespace, name } of system.all('Service')) if (group === '') collect(found, name, namespace);
  return found;
});
