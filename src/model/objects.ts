import { Json, Manifest, Path, WHOLE, Written } from './manifest';

/** How deep lists may be in lists; one that holds itself by an alias has no end. */
const MAX_LISTS = 8;

/** The objects of a document: those in a List, each on its own. */
export function objectsOf(file: string, written: Written, value: Json, root: Path = WHOLE): Manifest[] {
  if (typeof value !== 'object' || value === null) return [];
  if (typeof value.kind === 'string' && value.kind.endsWith('List') && Array.isArray(value.items) && root.length < 2 * MAX_LISTS) {
    return value.items.flatMap((item: Json, i: number) => objectsOf(file, written, item, [...root, 'items', i]));
  }
  return [new Manifest(file, written, value, root)];
}
