import { Manifest, asText } from '../model/manifest';
import { once } from '../model/once';

/** ClusterSPIFFEIDs that select one pod. */
export interface RivalIds {
  readonly first: Manifest;
  /** Those that differ from the first, of the same manager. */
  readonly others: Manifest[];
}

/**
 * Finds, of ClusterSPIFFEIDs that select one pod, those whose entries differ from the first one's. Fallbacks give way, and managers do not see each other's.
 * Many pods have the same list.
 */
export function rivalIds(differs: (first: Manifest, other: Manifest) => boolean): (ids: readonly Manifest[]) => RivalIds {
  return once((ids: readonly Manifest[]) => {
    const [first, ...others] = ids.filter(({ spec }) => spec.fallback !== true);
    return { first, others: others.filter(other => asText(first.spec.className) === asText(other.spec.className) && differs(first, other)) };
  });
}
