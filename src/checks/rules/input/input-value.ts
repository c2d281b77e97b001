import { collect } from '../../../model/collect';
import { fileModeAt } from '../../../model/kubernetes/file-mode';
import { isOfCluster, isPatch, isWhole } from '../../../model/kubernetes/whole';
import { Json, Manifest, Path } from '../../../model/manifest';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { KINDS } from '../../refusals/kubernetes/kinds';
import { isNamedAsUsual, metadataJudges } from '../../refusals/kubernetes/metadata';
import { Problem, problemsOf } from '../../refusals/places';
import { Rule } from '../../rule';
import { SchemaFault, schemaFaults } from '../../schema-faults';
import { nameOf } from '../../schemas/notation';

export const inputValue: Rule = {
  id: 'INPUT-VALUE',
  level: Level.ERROR,
  title: 'an object of Kubernetes has a name, a label, a number or a word that the API server refuses, or fields that exclude each other',
  why: 'the API server refuses the object, and a sync of GitOps stops there',
  fix: 'write a value that is taken',
  source: 'Kubernetes 1.37: pkg/apis/*/validation',
  check: (system, report) => {
    const told = faultsByObject(system);
    for (const manifest of system.manifests) {
      if (!isOfCluster(manifest) || isPatch(system, manifest)) continue;
      for (const [path, message] of problems(manifest)) {
        if (MISSING.test(message) && !isWhole(system, manifest)) continue;
        if (!told.get(manifest)?.some(fault => isToldBy(fault, path)) && !isTakenMode(manifest, path)) report.at(manifest, path, `${nameOf(path)} ${message}`);
      }
    }
  },
};

// what a piece of an object need not have
const MISSING = /^has (no|none) /;

function problems(manifest: Manifest): Problem[] {
  const judges = KINDS[`${manifest.apiVersion}/${manifest.kind}`];
  const found = judges !== undefined || isNamedAsUsual(manifest) ? problemsOf(metadataJudges(manifest), manifest.value, []) : [];
  return judges === undefined ? found : [...found, ...problemsOf(judges, manifest.value, [])];
}

const faultsByObject = once((system: System): ReadonlyMap<Manifest, readonly SchemaFault[]> => {
  const found = new Map<Manifest, SchemaFault[]>();
  for (const fault of schemaFaults(system)) collect(found, fault.manifest, fault);
  return found;
});

/** Whether INPUT-SCHEMA tells what is wrong at a place, or around it. */
function isToldBy({ path, kind }: SchemaFault, place: Path): boolean {
  return path.every((step, i) => place[i] === step) && (kind !== 'missing field' || path.length === place.length);
}

/** Whether a mode of a file is right as kubectl reads it. */
function isTakenMode(manifest: Manifest, path: Path): boolean {
  if (!MODES.includes(String(path[path.length - 1]))) return false;
  const mode: Json = path.reduce((value: Json, step) => value[step], manifest.value);
  return typeof mode === 'number' && fileModeAt(manifest, path, mode) !== mode;
}

const MODES = ['mode', 'defaultMode'];
