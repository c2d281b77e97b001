import { isOfCluster } from '../../../model/kubernetes/whole';
import { Container, Workload } from '../../../model/kubernetes/workload';
import { Json, Manifest, Path, WHOLE, asList, asObject, asObjects, asText } from '../../../model/manifest';
import { writtenLine } from '../../../model/written-line';
import { isBoolean } from '../../../model/yaml-boolean';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const inputText: Rule = {
  id: 'INPUT-TEXT',
  level: Level.ERROR,
  title: 'a number or a boolean stands where Kubernetes wants text',
  why: 'labels, annotations, data of ConfigMaps, variables and arguments are texts: the API server refuses the object',
  fix: 'write the value in quotes',
  source: 'Kubernetes API: ObjectMeta, ConfigMap, EnvVar, Container; sigs.k8s.io/yaml, which takes yes, no, on and off for booleans',
  check: (system, report) => {
    const ofObjects = system.manifests.filter(isOfCluster).flatMap(textsOf);
    for (const { manifest, path, value, name } of [...ofObjects, ...system.workloads.flatMap(textsOfPod)]) {
      if (isNoText(manifest, path, value)) report.at(manifest, path, `${name ?? path[path.length - 1]} is ${value}, which is no text`, `write "${value}" in quotes`);
    }
  },
};

interface Place {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly value: unknown;
  /** What it is called, where that is not the last step to it. */
  readonly name?: string;
}

function textsOf(manifest: Manifest): readonly Place[] {
  const { kind, group, value } = manifest;
  if (group === 'kustomize.config.k8s.io') return valuesOf(manifest, value, WHOLE, ['commonAnnotations', 'commonLabels']);
  const found = valuesOf(manifest, asObject(value?.metadata), METADATA, FIELDS_OF_METADATA);
  if (group !== '') return found;
  if (kind === 'ConfigMap') return [...found, ...valuesOf(manifest, value, WHOLE, ['data'])];
  if (kind === 'Secret') return [...found, ...valuesOf(manifest, value, WHOLE, ['stringData'])];
  return kind === 'Service' ? [...found, ...valuesOf(manifest, asObject(value.spec), ['spec'], ['selector'])] : found;
}

const METADATA: Path = ['metadata'];
const FIELDS_OF_METADATA = ['labels', 'annotations'];

function textsOfPod({ manifest, template, pod, containers, path: at }: Workload): readonly Place[] {
  const found = [...valuesOf(manifest, pod, [...at, 'spec'], ['nodeSelector']), ...containers.flatMap(container => textsOfContainer(manifest, container))];
  // of a Pod the metadata are those of the object
  return at.length === 0 ? found : [...valuesOf(manifest, asObject(template?.metadata), [...at, 'metadata'], FIELDS_OF_METADATA), ...found];
}

function textsOfContainer(manifest: Manifest, container: Container): readonly Place[] {
  const { env, command, args } = container.value;
  const isSure = !asObjects(env).some(({ value }) => isDoubtful(value)) && !asList(command).some(isDoubtful) && !asList(args).some(isDoubtful);
  if (isSure) return NONE;
  const variables = asObjects(env).map(({ name, value }, i) => ({ manifest, path: [...container.path, 'env', i, 'value'], value, name: asText(name) }));
  const words = ['command', 'args'].flatMap(field => asList(container.value[field])
    .map((value, i) => ({ manifest, path: [...container.path, field, i], value, name: `${field}[${i}]` })));
  return [...variables, ...words].filter(({ value }) => isDoubtful(value));
}

/** The doubtful values in fields of an object; nearly all objects have none. */
function valuesOf(manifest: Manifest, owner: Json, path: Path, fields: readonly string[]): readonly Place[] {
  if (!fields.some(field => Object.values(asObject(owner[field])).some(isDoubtful))) return NONE;
  return fields.flatMap(field => Object.entries(asObject(owner[field])).filter(([, value]) => isDoubtful(value))
    .map(([key, value]) => ({ manifest, path: [...path, field, key], value })));
}

const NONE: readonly Place[] = [];

/** Whether a value is no text, or is one that YAML 1.1 may take for a boolean: few are. */
function isDoubtful(value: unknown): boolean {
  return typeof value === 'number' || isBoolean(value);
}

function isNoText(manifest: Manifest, path: Path, value: unknown): boolean {
  return typeof value !== 'string' || isBare(manifest, path, value);
}

/** Whether a word that YAML 1.1 takes for a boolean stands without quotes. */
function isBare(manifest: Manifest, path: Path, word: string): boolean {
  const key = String(path[path.length - 1]).replace(/[^\w-]/g, '\\$&');
  return new RegExp(`(?:^|[\\s{,"'])${key}["']?:\\s+${word}\\s*(?:[,}#]|$)`).test(writtenLine(manifest, path));
}
