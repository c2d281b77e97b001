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
 * taken for clusters; what lies above those folders belongs to each of them.
 */
export function systemsOf(written: Manifest[], files: Text[]): System[] {
  const variants = built(written, files).map(({ manifests, texts }) => sorted(manifests, texts));
  const domains = variants.map(systems => [...new Set(systems.flatMap(trustDomains))]).flat();
  // variants of one trust domain are the same cluster at different times, and none expects anything of the other
  if (variants.length > 1 && new Set(domains).size === domains.length) know(variants.flat());
  return variants.flat();
}

function sorted(manifests: Manifest[], texts: Text[]): System[] {
  const depth = splitDepth(manifests);
  if (depth === undefined) return [new System(manifests, texts)];
  const ours = byScope(manifests, depth);
  const theirs = byScope(texts, depth);
  const inside = <T>(items: Map<string, T[]>, scope: string): T[] => [...items.get('') ?? [], ...items.get(scope) ?? []];
  const scopes = new Set([...ours.keys(), ...theirs.keys()]);
  const systems = [...scopes].filter(scope => scope !== '').map(scope => new System(inside(ours, scope), inside(theirs, scope)));
  know(systems);
  return systems;
}

/** Tells clusters of each other. */
export function know(systems: readonly System[]): void {
  for (const system of systems) system.clusters = systems;
}

/** Items by the folder they are under, and with no name those above all folders. */
function byScope<T extends { file: string }>(items: T[], depth: number): Map<string, T[]> {
  const scopes = new Map<string, T[]>();
  for (const item of items) {
    const folders = foldersOf(item.file);
    const scope = folders.length > depth ? folders.slice(0, depth + 1).join('/') : '';
    collect(scopes, scope, item);
  }
  return scopes;
}

function splitDepth(manifests: Manifest[]): number | undefined {
  const seen = new Map<string, string>();
  let depth: number | undefined;
  for (const manifest of manifests) {
    if (manifest.name === '') continue;
    const key = `${manifest.group}/${manifest.kind}/${manifest.namespace}/${manifest.name}`;
    const other = seen.get(key);
    if (other === undefined) seen.set(key, manifest.file);
    else if (other !== manifest.file) depth = Math.min(depth ?? Infinity, differAt(other, manifest.file) ?? Infinity);
  }
  return depth === Infinity ? undefined : depth;
}

function differAt(one: string, two: string): number | undefined {
  const [a, b] = [foldersOf(one), foldersOf(two)];
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    if (a[i] !== b[i]) return i;
  }
  return undefined;
}

function foldersOf(file: string): string[] {
  return file.split('/').slice(0, -1);
}
