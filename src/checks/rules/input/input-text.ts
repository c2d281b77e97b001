import { isOfCluster } from '../../../model/kubernetes/whole';
import { Container, Workload } from '../../../model/kubernetes/workload';
import { Json, Manifest, Path, asList, asObject, asObjects, asText } from '../../../model/manifest';
import { once } from '../../../model/once';
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

function textsOf(manifest: Manifest): Place[] {
  const { kind, group, value } = manifest;
  if (group === 'kustomize.config.k8s.io') return ['commonAnnotations', 'commonLabels'].flatMap(field => valuesOf(manifest, value[field], [field]));
  const found = metadataOf(manifest, value?.metadata, ['metadata']);
  if (group !== '') return found;
  if (kind === 'ConfigMap') return [...found, ...valuesOf(manifest, value.data, ['data'])];
  if (kind === 'Secret') return [...found, ...valuesOf(manifest, value.stringData, ['stringData'])];
  return kind === 'Service' ? [...found, ...valuesOf(manifest, asObject(value.spec).selector, ['spec', 'selector'])] : found;
}

function textsOfPod({ manifest, template, pod, containers, path: at }: Workload): Place[] {
  return [
    // of a Pod the metadata are those of the object
    ...at.length === 0 ? [] : metadataOf(manifest, template?.metadata, [...at, 'metadata']),
    ...valuesOf(manifest, pod.nodeSelector, [...at, 'spec', 'nodeSelector']),
    ...containers.flatMap(container => textsOfContainer(manifest, container)),
  ];
}

function textsOfContainer(manifest: Manifest, { value, path }: Container): Place[] {
  const found: Place[] = [];
  asObjects(value.env).forEach(({ name, value: text }, i) => {
    if (isDoubtful(text)) found.push({ manifest, path: [...path, 'env', i, 'value'], value: text, name: asText(name) });
  });
  for (const field of ['command', 'args']) {
    asList(value[field]).forEach((text, i) => {
      if (isDoubtful(text)) found.push({ manifest, path: [...path, field, i], value: text, name: `${field}[${i}]` });
    });
  }
  return found;
}

function metadataOf(manifest: Manifest, metadata: Json, path: Path): Place[] {
  const { labels, annotations } = asObject(metadata);
  return [...valuesOf(manifest, labels, [...path, 'labels']), ...valuesOf(manifest, annotations, [...path, 'annotations'])];
}

function valuesOf(manifest: Manifest, record: Json, path: Path): Place[] {
  const object = asObject(record);
  return Object.keys(object).filter(key => isDoubtful(object[key])).map(key => ({ manifest, path: [...path, key], value: object[key] as unknown }));
}

/** Whether a value is no text, or is one that YAML 1.1 may take for a boolean: few are. */
function isDoubtful(value: unknown): boolean {
  return typeof value === 'number' || isBoolean(value);
}

function isNoText(manifest: Manifest, path: Path, value: unknown): boolean {
  return typeof value !== 'string' || isBare(manifest, path, value);
}

/** Whether a word that YAML 1.1 takes for a boolean stands without quotes. */
function isBare(manifest: Manifest, path: Path, word: string): boolean {
  const line = linesOf(manifest)[manifest.lineOf(path) - manifest.firstLine] ?? '';
  const key = String(path[path.length - 1]).replace(/[^\w-]/g, '\\$&');
  return new RegExp(`(?:^|[\\s{,"'])${key}["']?:\\s+${word}\\s*(?:[,}#]|$)`).test(line);
}

const linesOf = once((manifest: Manifest) => manifest.text.split('\n'));
