import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { fileOf, kustomizationsOf } from '../../../model/kustomize';
import { Manifest } from '../../../model/manifest';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const inputRepeatedObject: Rule = {
  id: 'INPUT-REPEATED-OBJECT',
  level: Level.WARNING,
  title: 'an object is defined twice, with different content',
  why: 'kubectl applies both, and what was written first is undone; kustomize and Helm refuse it',
  fix: 'remove one, or give it another name or namespace',
  source: 'Kubernetes: object names and IDs',
  check: (system, report) => {
    const names = repeatedNames(system);
    const objects = system.manifests.filter(manifest => names.has(manifest.name) && isNamed(manifest));
    const seen = new Map<string, Manifest>();
    for (const manifest of objects) {
      const key = `${manifest.file}\n${keyOf(manifest)}`;
      const first = seen.get(key);
      if (!first) seen.set(key, manifest);
      else if (differ(first, manifest)) report.at(manifest, ['metadata', 'name'], `${manifest.kind} ${manifest.name} is defined already on line ${first.lineOf(['kind'])}`);
    }
    for (const [first, second] of besideEachOther(system, objects)) {
      report.at(second, ['metadata', 'name'], `${second.kind} ${second.name} is defined already in ${first.file}`);
    }
  },
};

/** The names that several objects of one kind and namespace have: most objects are not looked at further. */
function repeatedNames(system: System): Set<string> {
  const [seen, repeated] = [new Set<string>(), new Set<string>()];
  for (const { kind, namespace, name } of system.manifests) {
    const key = `${kind}/${namespace}/${name}`;
    if (seen.has(key)) repeated.add(name);
    else seen.add(key);
  }
  return repeated;
}

function isNamed({ name, apiVersion }: Manifest): boolean {
  return name !== '' && apiVersion !== '';
}

function keyOf({ group, kind, namespace, name }: Manifest): string {
  return `${group}/${kind}/${namespace}/${name}`;
}

function differ(first: Manifest, second: Manifest): boolean {
  return !isHook(first) && !isHook(second) && !isDeepStrictEqual(first.value, second.value);
}

/** Helm makes objects of hooks anew each time; they are no part of what stays. */
function isHook(manifest: Manifest): boolean {
  return manifest.annotations['helm.sh/hook'] !== undefined;
}

/** Objects that two files of one folder define, unless kustomize decides which files belong together. */
function besideEachOther(system: System, objects: Manifest[]): [Manifest, Manifest][] {
  const ofKustomize = new Set(kustomizationsOf(system).map(manifest => dirname(fileOf(manifest))));
  const folders = new Map<string, string>();
  const folderOf = (manifest: Manifest): string => {
    const file = fileOf(manifest);
    const folder = folders.get(file) ?? dirname(file);
    folders.set(file, folder);
    return folder;
  };
  const places = new Map<string, Manifest[]>();
  const counts = (manifest: Manifest): boolean => manifest.kind !== 'Service' && !ofKustomize.has(folderOf(manifest));
  // A Service of one name is how alternatives offer the same.
  for (const manifest of objects.filter(counts)) {
    const place = `${folderOf(manifest)}\n${keyOf(manifest)}`;
    const beside = places.get(place);
    if (!beside) places.set(place, [manifest]);
    else if (beside.every(({ file }) => file !== manifest.file)) beside.push(manifest);
  }
  const repeated = [...places.values()].filter(beside => beside.length > 1);
  if (repeated.length === 0) return [];
  const [shared, sizes] = [byFile(repeated.flat()), byFile(system.manifests.filter(isNamed).filter(counts))];
  // Alternatives, as in the samples of Istio, are several, or have little of their own.
  const isPart = ({ file }: Manifest): boolean => 2 * shared.get(file)! <= sizes.get(file)!;
  return repeated.flatMap(([first, second, ...more]): [Manifest, Manifest][] =>
    more.length === 0 && differ(first, second) && isPart(first) && isPart(second) ? [[first, second]] : []);
}

/** How many objects each file has. */
function byFile(objects: Manifest[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { file } of objects) counts.set(file, (counts.get(file) ?? 0) + 1);
  return counts;
}
