import type { ISpire } from '../spire-ref';

const ROOTS = new WeakMap<ISpire, ISpire>();

/**
 * Says which server signs the CA of a nested one.
 */
export function nestBelow(root: ISpire, nested: ISpire): void {
  ROOTS.set(nested, root);
}

/**
 * SPIRE with the root of a trust domain: that above a nested server, any other one itself.
 */
export function rootOf(spire: ISpire): ISpire {
  return ROOTS.get(spire) ?? spire;
}
