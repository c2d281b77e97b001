import { collect } from '../collect';
import { Manifest } from '../manifest';
import { onceIn } from '../once';
import { System } from '../system';

/** The objects of a kind in each namespace; the kind with its API group before it, as in policy.linkerd.io/Server. */
export const byNamespace = onceIn((system: System, kind: string): ReadonlyMap<string, readonly Manifest[]> => {
  const [group, name] = kind.split('/');
  const found = new Map<string, Manifest[]>();
  for (const object of system.all(name).filter(one => one.group === group)) collect(found, object.namespace, object);
  return found;
});

const namesOf = onceIn((system: System, place: string): ReadonlySet<string> => {
  const [group, kind, namespace] = place.split('/');
  return new Set((byNamespace(system, `${group}/${kind}`).get(namespace) ?? []).map(({ name }) => name));
});

/** The names of others of its kind beside an object that is not there; undefined where it is there, and where none is seen: they may all be elsewhere. */
export function othersThan(system: System, group: string, kind: string, namespace: string, name: string): string[] | undefined {
  const known = namesOf(system, `${group}/${kind}/${namespace}`);
  return known.size === 0 || known.has(name) ? undefined : [...known].slice(0, 3);
}
