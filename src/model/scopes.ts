import { collect } from './collect';
import { built } from './kustomize-build';
import { Manifest } from './manifest';
import { trustDomains } from './spire/entries';
import { System } from './system';
import { Text } from './text';

/**
 * Sorts files into clusters.
 *
 * Two files that define the same object cannot be meant for one cluster. The folders in which such files differ are
 * taken for clusters, or for groups of them, and those of one name in different places for one; what lies outside of these folders
 * belongs to each of them.
 */
export function systemsOf(written: Manifest[], files: Text[]): System[] {
  const variants = built(written, files).map(({ manifests, texts }) => sorted(manifests, texts));
  if (variants.length > 1 && haveOwnDomains(variants)) know(variants.flat());
  return variants.flat();
}

/** A folder of a cluster may be one of several clusters itself, as that of a platform in a folder of platforms. */
function sorted(manifests: Manifest[], texts: Text[]): System[] {
  const parents = parentsOfClusters(manifests);
  if (parents.size === 0) return [new System(manifests, texts)];
  const [ours, theirs] = [byScope(manifests, parents), byScope(texts, parents)];
  const inside = <T>(items: Map<string, T[]>, scope: string): T[] => [...items.get('') ?? [], ...items.get(scope) ?? []];
  const scopes = [...new Set([...ours.keys(), ...theirs.keys()])].filter(scope => scope !== '');
  const groups = scopes.map(scope => sorted(inside(ours, scope), inside(theirs, scope)));
  const systems = groups.flat();
  if (groups.every(group => group.length === 1) || haveOwnDomains(groups)) know(systems);
  for (const system of systems) system.siblings = systems;
  return systems;
}

/** Whether no trust domain is in two groups: groups that share one are the same at different times, or have nothing to do with each other. */
function haveOwnDomains(groups: readonly (readonly System[])[]): boolean {
  const domains = groups.flatMap(systems => [...new Set(systems.flatMap(trustDomains))]);
  return new Set(domains).size === domains.length;
}

/** Tells clusters of each other. */
export function know(systems: readonly System[]): void {
  for (const system of systems) system.clusters = systems;
}

/** Items by the name of the folder of their cluster, and with no name those of all clusters. */
function byScope<T extends { file: string }>(items: T[], parents: ReadonlySet<string>): Map<string, T[]> {
  const scopes = new Map<string, T[]>();
  for (const item of items) {
    const folders = foldersOf(item.file);
    const depth = folders.findIndex((_, i) => parents.has(folders.slice(0, i).join('/')));
    collect(scopes, depth < 0 ? '' : folders[depth], item);
  }
  return scopes;
}

/** The outermost folders in which the files of one object are below different folders. */
function parentsOfClusters(manifests: Manifest[]): ReadonlySet<string> {
  const seen = new Map<string, string[]>();
  const parents = new Set<string>();
  for (const manifest of manifests) {
    if (manifest.name === '') continue;
    const key = `${manifest.group}/${manifest.kind}/${manifest.namespace}/${manifest.name}`;
    const others = seen.get(key);
    if (others === undefined) {
      seen.set(key, [manifest.file]);
    } else if (!others.includes(manifest.file)) {
      for (const parent of others.slice(0, MOST_COMPARED).flatMap(other => parentOf(other, manifest.file) ?? [])) parents.add(parent);
      others.push(manifest.file);
    }
  }
  const isInner = (parent: string): boolean => [...parents].some(outer => outer !== parent && (outer === '' || parent.startsWith(`${outer}/`)));
  return new Set([...parents].filter(parent => !isInner(parent)));
}

/** Many files of one object tell nothing more than some. */
const MOST_COMPARED = 8;

/** The folder below which two files are in different folders. */
function parentOf(one: string, two: string): string | undefined {
  const [a, b] = [foldersOf(one), foldersOf(two)];
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    if (a[i] !== b[i]) return a.slice(0, i).join('/');
  }
  return undefined;
}

function foldersOf(file: string): string[] {
  return file.split('/').slice(0, -1);
}
