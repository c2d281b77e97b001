import { dirname, join, normalize } from 'node:path';
import { Manifest, asList, asObjects, asText, asTexts } from './manifest';
import { once } from './once';
import type { System } from './system';

const FILE = /(^|\/)kustomization\.ya?ml$|(^|\/)Kustomization$/;

/** Whether an object is a kustomization or a component. */
export function isKustomization({ kind, group, apiVersion, file }: Manifest): boolean {
  return ['Kustomization', 'Component'].includes(kind) ? group === 'kustomize.config.k8s.io' : kind === '' && apiVersion === '' && FILE.test(file);
}

/** The kustomizations and components of the input; kustomize takes its own file without apiVersion and kind too. */
export const kustomizationsOf = once((system: System): Manifest[] => [
  ...[...system.all('Kustomization'), ...system.all('Component')].filter(({ group }) => group === 'kustomize.config.k8s.io'),
  ...system.all('').filter(({ apiVersion, file }) => apiVersion === '' && FILE.test(file)),
]);

/** The files that a kustomization names, from where the paths of the input start. */
function filesBeside(kustomization: Manifest, names: readonly string[]): string[] {
  return names.filter(name => name !== '').map(name => join(dirname(kustomization.file), name));
}

/** The files whose objects a kustomization takes. */
export function resourceFiles(kustomization: Manifest): string[] {
  return filesBeside(kustomization, asTexts(kustomization.value.resources));
}

/** The files that kustomize merges into others: they need not be whole. */
export const patchFiles = once((system: System): ReadonlySet<string> => new Set(kustomizationsOf(system).flatMap(patchFilesOf)));

/** The files of the patches of a kustomization. */
export function patchFilesOf(kustomization: Manifest): string[] {
  const { patches, patchesStrategicMerge, patchesJson6902 } = kustomization.value;
  const paths = [...asObjects(patches), ...asObjects(patchesJson6902)].map(({ path }) => asText(path));
  // patches were a list of files once
  const files = [...asList(patches).filter(patch => typeof patch === 'string'), ...asTexts(patchesStrategicMerge)].map(asText);
  return filesBeside(kustomization, [...paths, ...files.filter(text => !text.includes('\n'))]);
}

/** The file of an object, written as the files of kustomizations are. */
export function fileOf(manifest: Manifest): string {
  return normalize(manifest.file);
}

/** The files whose objects a kustomization takes, and those that it takes take. */
export function filesBelow(system: System, kustomization: Manifest, seen: Set<string> = new Set()): Set<string> {
  const taken = resourceFiles(kustomization).map(file => normalize(file).replace(/\/$/, '')).filter(file => !seen.has(file));
  for (const file of taken) seen.add(file);
  for (const inner of kustomizationsOf(system).filter(one => taken.includes(dirname(fileOf(one))))) filesBelow(system, inner, seen);
  return seen;
}
