import { Json, Manifest, Path, asList, asObject, asObjects, asText } from './manifest';

/** A change that a kustomization makes to objects. */
export interface Change {
  readonly applies: (manifest: Manifest) => boolean;
  readonly change: (value: Json) => Json;
  /** Where the change gives a value; where it is not known, that is told of the object. */
  readonly origin?: (path: Path) => Place;
}

/** A line of a file. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** A patch in the form of the object that it changes; with a target it is for all objects that the target means. */
export function strategicMerge(patch: Json, target: Json, origin?: Change['origin']): Change {
  const { kind, name } = target === undefined ? { kind: patch.kind, name: asObject(patch.metadata).name } : target;
  const named = ({ metadata }: Json): Json => {
    const { name: own, namespace } = asObject(metadata);
    return { ...patch, metadata: { ...patch.metadata, name: own, namespace } };
  };
  return { applies: selector({ kind, name }), change: value => merge(value, named(value), BUILT_IN.test(asText(value.apiVersion))), origin };
}

/** A patch as a list of operations. */
export function jsonPatch(operations: Json[], target: Json, origin?: Change['origin']): Change {
  return { applies: selector(asObject(target)), change: value => operations.reduce(operate, structuredClone(value)), origin };
}

/** Names and tags of images that a kustomization sets. */
export function imageChange(images: readonly Json[]): Change {
  const renamed = (image: string): string => {
    const [, name, rest] = /^(.*?)((?::[^/:@]*)?(?:@.*)?)$/s.exec(image)!;
    const set = images.find(one => one.name === name);
    if (!set) return image;
    const tag = asText(set.digest) !== '' ? `@${asText(set.digest)}` : asText(set.newTag) !== '' ? `:${asText(set.newTag)}` : rest;
    return `${asText(set.newName) || name}${tag}`;
  };
  const visit = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, /^(initC|c)ontainers$/.test(key) && Array.isArray(inner)
      ? inner.map(container => (typeof asObject(container).image === 'string' ? { ...container, image: renamed(container.image) } : container)) : visit(inner)]));
  };
  return { applies: ({ kind }) => WORKLOADS.test(kind), change: visit };
}

/** Numbers of replicas that a kustomization sets. */
export function replicaChange({ name, count }: Json): Change {
  return { applies: manifest => /^(Deployment|StatefulSet|ReplicaSet)$/.test(manifest.kind) && manifest.name === name, change: value => ({ ...value, spec: { ...value.spec, replicas: count } }) };
}

const WORKLOADS = /^(Pod|Deployment|StatefulSet|DaemonSet|ReplicaSet|Job|CronJob)$/;

/** Targets are regular expressions that have to match the whole name. */
function selector({ kind, name, labelSelector, annotationSelector }: Json): Change['applies'] {
  const matches = (pattern: unknown, text: string): boolean => asText(pattern) === '' || whole(asText(pattern)).test(text);
  const isPlain = labelSelector === undefined && annotationSelector === undefined;
  return manifest => isPlain && matches(kind, manifest.kind) && matches(name, manifest.name);
}

/** What is no regular expression is for nothing. */
function whole(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    return /^(?!)/;
  }
}

/** The key by which the elements of a list of Kubernetes are told apart; other lists are replaced, and so are all lists of custom resources. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  volumes: ['name'],
  env: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  ports: ['containerPort', 'port'],
  imagePullSecrets: ['name'],
  secrets: ['name'],
  webhooks: ['name'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey'],
};

const BUILT_IN = /^(apps|batch|autoscaling|policy|extensions|[a-z.]+\.k8s\.io)\/|^v1$/;

function merge(value: Json, patch: Json, isBuiltIn: boolean, field = ''): Json {
  if (Array.isArray(patch)) return isBuiltIn ? mergeLists(asList(value), patch, field) : patch;
  if (typeof patch !== 'object' || patch === null) return patch;
  const base = asObject(value);
  const merged: Json = patch.$patch === 'replace' ? {} : { ...base };
  for (const [key, inner] of Object.entries(patch)) {
    if (key === '$patch' || key === '__proto__') continue;
    if (inner === null) delete merged[key];
    else merged[key] = merge(merged[key], inner, isBuiltIn, key);
  }
  return merged;
}

function mergeLists(base: Json[], patch: Json[], field: string): Json[] {
  const items = asObjects(patch);
  if (items.some(({ $patch }) => $patch === 'replace')) return items.filter(({ $patch }) => $patch !== 'replace');
  const keys = Object.hasOwn(KEYS, field) ? KEYS[field] : [];
  const key = patch.length === 0 ? undefined : keys.find(name => [...items, ...asObjects(base)].every(item => item[name] !== undefined));
  if (key === undefined) return patch;
  const isDeleted = (item: Json): boolean => items.some(one => one[key] === item[key] && one.$patch === 'delete');
  const kept = base.filter(item => !isDeleted(item)).map(item => {
    const change = items.find(one => one[key] === item[key]);
    return change ? merge(item, change, true) : item;
  });
  return [...kept, ...items.filter(item => item.$patch !== 'delete' && !base.some(one => one[key] === item[key]))];
}

function operate(value: Json, { op, path, value: given }: Json): Json {
  const steps = asText(path).split('/').slice(1).map(step => step.replace(/~1/g, '/').replace(/~0/g, '~'));
  const last = steps.pop();
  // what objects inherit is no part of a manifest
  const own = (inner: Json, step: string): Json => (inner !== undefined && inner !== null && Object.hasOwn(inner, step) ? inner[step] : undefined);
  const parent = steps.reduce(own, value);
  if (last === undefined || last === '__proto__' || typeof parent !== 'object' || parent === null) return value;
  if (op === 'remove') {
    if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else delete parent[last];
  } else if (op === 'add' && Array.isArray(parent)) {
    parent.splice(last === '-' ? parent.length : Number(last), 0, given);
  } else if (op === 'add' || op === 'replace') {
    parent[last] = given;
  }
  return value;
}
