import { basename, dirname, join, normalize } from 'node:path';
import { collect } from './collect';
import { Generated } from './generated';
import { fileOf, isKustomization, patchFilesOf, resourceFiles } from './kustomize';
import { labelChanges } from './kustomize-labels';
import { Change, imageChange, jsonPatch, replicaChange, strategicMerge } from './kustomize-patches';
import { Source, replacementChanges } from './kustomize-replacements';
import { Json, Manifest, Path, asList, asObject, asObjects, asText, asTexts } from './manifest';
import { Patched } from './patched';
import { readManifests } from './reader';
import { Text } from './text';

/** What is to be looked at together. */
export interface Built {
  readonly manifests: Manifest[];
  readonly texts: Text[];
}

/** More overlays than this are no variants of one cluster. */
const MOST_VARIANTS = 50;

/**
 * What kustomize makes of the files of the input, as far as it matters: namespaces, patches, and ConfigMaps and Secrets out of files.
 *
 * Where several overlays take the same base, there is one result for each name of an overlay, such as `dev` and `prod`.
 */
export function built(manifests: Manifest[], texts: Text[]): Built[] {
  const kustomizations = manifests.filter(isKustomization);
  if (kustomizations.length === 0) return [{ manifests, texts }];
  const tree = new Tree(kustomizations);
  const variants = tree.variants();
  if (variants.length === 0 || variants.length > MOST_VARIANTS) return [buildOne(manifests, texts, tree, tree.roots)];
  return variants.map(roots => {
    const left = tree.onlyOf(tree.roots.filter(root => !roots.includes(root)), roots);
    return buildOne(manifests.filter(manifest => !left.has(fileOf(manifest))), texts.filter(({ file }) => !left.has(normalize(file))), tree, roots);
  });
}

function buildOne(manifests: Manifest[], texts: Text[], tree: Tree, roots: readonly Manifest[]): Built {
  const contents = contentsOf(manifests, texts);
  const input = { contents, byFile: patchManifests(manifests), objects: sourcesOf(manifests), deliveries: deliveriesOf(manifests) };
  const builds = tree.builds(roots, input);
  const kustomizations = manifests.filter(isKustomization);
  const used = new Set(kustomizations.flatMap(patchFilesOf));
  const own = kustomizations.flatMap(kustomization => generatedBy(kustomization, builds.get(fileOf(kustomization))?.namespace, contents, used));
  return {
    manifests: [...manifests.map(manifest => ({ manifest, file: fileOf(manifest) })).filter(({ file }) => !used.has(file))
      .map(({ manifest, file }) => changed(manifest, builds.get(file))), ...merged(own)],
    texts: texts.filter(({ file }) => !used.has(normalize(file))),
  };
}

/** What the kustomizations above a file do to its objects. */
interface Build {
  readonly root: Manifest;
  readonly namespace: string;
  readonly changes: readonly Change[];
}

function changed(manifest: Manifest, build: Build | undefined): Manifest {
  if (!build || manifest.kind === '' || manifest.apiVersion === '' || isKustomization(manifest)) return manifest;
  const changes = build.changes.filter(change => change.applies(manifest));
  const value = changes.reduce((before: Json, { change }) => change(before), manifest.value);
  const placed = build.namespace === '' ? value : inNamespace(value, build.namespace);
  return placed === manifest.value ? manifest : new Patched(manifest, placed, changes);
}

const CLUSTER_WIDE = new RegExp('^(Cluster.*|Namespace|Node|CustomResourceDefinition|CSIDriver|StorageClass|PersistentVolume|PriorityClass|RuntimeClass|IngressClass|GatewayClass'
  + '|APIService|(Validating|Mutating)(Webhook|Admission).*|Istio|IstioCNI|IstioRevision.*|ZTunnel)$');

/** Puts an object into a namespace; what is for the whole cluster stays so, and the service accounts of the build go with it. */
function inNamespace(value: Json, namespace: string): Json {
  const subjects = value.subjects === undefined ? {} : {
    subjects: asObjects(value.subjects).map(subject => (subject.kind === 'ServiceAccount' && subject.namespace === undefined ? { ...subject, namespace } : subject)),
  };
  if (!CLUSTER_WIDE.test(asText(value.kind))) return { ...value, ...subjects, metadata: { ...value.metadata, namespace } };
  return value.subjects === undefined ? value : { ...value, ...subjects };
}

/** Which kustomization takes what. */
class Tree {
  public readonly roots: readonly Manifest[];
  private readonly byFolder: ReadonlyMap<string, Manifest>;

  constructor(kustomizations: readonly Manifest[]) {
    this.byFolder = new Map(kustomizations.map(kustomization => [dirname(fileOf(kustomization)), kustomization]));
    const inner = new Set(kustomizations.flatMap(kustomization => this.below(kustomization)));
    this.roots = kustomizations.filter(kustomization => !inner.has(kustomization));
  }

  /** The roots of each variant, where several roots take the same file; none where none do. */
  public variants(): Manifest[][] {
    const takers = new Map<string, Manifest[]>();
    for (const root of this.roots) {
      for (const file of this.filesOf(root)) collect(takers, file, root);
    }
    const rivals = new Set([...takers.values()].filter(roots => roots.length > 1).flat());
    const nameOf = (root: Manifest): string => basename(dirname(fileOf(root)));
    const names = [...new Set([...rivals].map(nameOf))];
    return names.map(name => this.roots.filter(root => !rivals.has(root) || nameOf(root) === name));
  }

  /** The files that some roots take, and none of the others. */
  public onlyOf(roots: readonly Manifest[], others: readonly Manifest[]): Set<string> {
    const kept = new Set(others.flatMap(root => [...this.filesOf(root)]));
    return new Set(roots.flatMap(root => [...this.filesOf(root)]).filter(file => !kept.has(file)));
  }

  /** The build that each file is in; none where several builds take it, as each makes something else of it. */
  public builds(roots: readonly Manifest[], input: Input): Map<string, Build> {
    const found = new Map<string, Build | undefined>();
    const visit = (kustomization: Manifest, { root, namespace: outer, changes: after }: Build, seen: Set<Manifest>): void => {
      // kustomize takes nothing twice
      if (seen.has(kustomization)) return;
      seen.add(kustomization);
      const own = [...changesOf(kustomization, input), ...after];
      const namespace = outer || asText(kustomization.value.namespace);
      // a component changes what the kustomization that takes it has, as if it were written there
      const inner = this.componentsOf(kustomization).flatMap(component => this.changesWithin(component, input));
      const build = { root, namespace, changes: [...inner, ...own] };
      for (const file of [fileOf(kustomization), ...resourceFiles(kustomization)]) {
        found.set(file, found.has(file) && found.get(file)?.root !== root ? undefined : build);
      }
      for (const child of this.resourcesOf(kustomization)) visit(child, build, seen);
      for (const component of this.componentsOf(kustomization)) visit(component, { root, namespace, changes: own }, seen);
    };
    for (const root of roots) visit(root, { root, namespace: '', changes: deliveredChanges(root, input) }, new Set());
    return new Map([...found].flatMap(([file, build]): [string, Build][] => (build ? [[file, build]] : [])));
  }

  private filesOf(kustomization: Manifest, seen: Set<string> = new Set()): Set<string> {
    if (seen.has(fileOf(kustomization))) return seen;
    for (const file of [fileOf(kustomization), ...resourceFiles(kustomization), ...patchFilesOf(kustomization)]) seen.add(file);
    for (const child of this.below(kustomization)) this.filesOf(child, seen);
    return seen;
  }

  private below(kustomization: Manifest): Manifest[] {
    return [...this.resourcesOf(kustomization), ...this.componentsOf(kustomization)];
  }

  private resourcesOf(kustomization: Manifest): Manifest[] {
    return resourceFiles(kustomization).flatMap(path => this.byFolder.get(normalize(path)) ?? []);
  }

  private componentsOf(kustomization: Manifest): Manifest[] {
    return componentFiles(kustomization).flatMap(path => this.byFolder.get(normalize(path)) ?? []);
  }

  /** What a component changes, and those that it takes. */
  private changesWithin(component: Manifest, input: Input, above: readonly Manifest[] = []): Change[] {
    const inner = this.componentsOf(component).filter(one => one !== component && !above.includes(one));
    return [...inner.flatMap(one => this.changesWithin(one, input, [...above, component])), ...changesOf(component, input)];
  }
}

function componentFiles(kustomization: Manifest): string[] {
  return asTexts(kustomization.value.components).map(path => join(dirname(kustomization.file), path));
}

/** What the files of the input hold. */
type Contents = ReadonlyMap<string, { readonly text: string }>;

/** What kustomizations take from. */
interface Input {
  readonly contents: Contents;
  readonly byFile: ReadonlyMap<string, readonly Manifest[]>;
  readonly objects: () => readonly Source[];
  readonly deliveries: readonly Delivery[];
}

/** What Argo CD or Flux changes in a folder before it applies it. */
interface Delivery {
  readonly manifest: Manifest;
  readonly folder: string;
  readonly patches: Json;
  /** Where the object has them. */
  readonly place: Path;
}

function deliveriesOf(manifests: readonly Manifest[]): Delivery[] {
  return manifests.flatMap(manifest => {
    const { kind, group, spec } = manifest;
    if (kind === 'Kustomization' && group === 'kustomize.toolkit.fluxcd.io') return [{ manifest, folder: normalize(asText(spec.path)), patches: spec.patches, place: ['spec', 'patches'] }];
    if (kind !== 'Application' || group !== 'argoproj.io') return [];
    const sources: [Json, Path][] = [[spec.source, ['spec', 'source']], ...asObjects(spec.sources).map((source, i): [Json, Path] => [source, ['spec', 'sources', i]])];
    return sources.filter(([source]) => asObject(source).path !== undefined).map(([{ path, kustomize }, place]) => ({
      manifest, folder: normalize(asText(path)), patches: asObject(kustomize).patches, place: [...place, 'kustomize', 'patches'],
    }));
  });
}

/** The changes to a kustomization that the one object makes which delivers it. */
function deliveredChanges(root: Manifest, input: Input): Change[] {
  const folder = dirname(fileOf(root));
  const [one, ...more] = input.deliveries.filter(delivery => folder === delivery.folder.replace(/\/$/, '') || folder.endsWith(`/${delivery.folder.replace(/\/$/, '')}`));
  if (!one || more.length > 0) return [];
  return asObjects(one.patches).flatMap(({ patch, target }, i) => patchesIn(one.manifest, [...one.place, i, 'patch'], asText(patch), target));
}

/** The objects that replacements can take values from, ConfigMaps that are generated of literals among them. */
function sourcesOf(manifests: readonly Manifest[]): () => readonly Source[] {
  const generators = manifests.filter(isKustomization).flatMap(({ value }) => asObjects(value.configMapGenerator));
  return () => [...manifests, ...generators.map(({ name, namespace, literals }) => ({
    kind: 'ConfigMap',
    name: asText(name),
    namespace: asText(namespace),
    value: { data: literalsOf(literals), metadata: { name } },
  }))];
}

function literalsOf(literals: Json): Json {
  return Object.fromEntries(asTexts(literals).map(text => [text.replace(/=.*$/s, ''), text.replace(/^[^=]*=/, '')]));
}

/** The replacements of a kustomization, and those in files that it names. */
function replacementsOf(kustomization: Manifest, contents: Contents): Json[] {
  return asObjects(kustomization.value.replacements).flatMap(one => {
    const text = one.path === undefined ? '' : contents.get(join(dirname(fileOf(kustomization)), asText(one.path)))?.text ?? '';
    return text === '' ? [one] : listIn(kustomization.file, text);
  });
}

/** The elements of a text that is a list, or one of them: a list is no document of its own. */
function listIn(file: string, text: string): Json[] {
  const isList = /^\s*(-|\[)/.test(text.replace(/^(\s*#.*\n)+/, ''));
  const { operations } = asObject(readManifests(file, `operations:\n${text.replace(/^/gm, '  ')}`).manifests[0]?.value);
  return isList ? asObjects(operations) : [asObject(operations)];
}

function changesOf(kustomization: Manifest, { contents, objects, byFile }: Input): Change[] {
  const { patches, patchesStrategicMerge, patchesJson6902, replicas, images } = kustomization.value;
  const placed = (field: string, list: Json): Json[] => asObjects(list).map((one, i) => ({ ...one, place: [field, i, 'patch'] }));
  const all = [...placed('patches', patches), ...placed('patchesJson6902', patchesJson6902),
    ...asTexts(patchesStrategicMerge).map((text, i) => (text.includes('\n') ? { patch: text, place: ['patchesStrategicMerge', i] } : { path: text }))];
  const changes = all.flatMap(({ patch, path, target, place }: Json) => {
    const file = join(dirname(fileOf(kustomization)), asText(path));
    return asText(patch) === '' ? patchesOfFile(file, byFile.get(file) ?? [], contents.get(file)?.text ?? '', target)
      : patchesIn(kustomization, place, asText(patch), target);
  });
  const sets = asList(images).length > 0 ? [imageChange(asObjects(images))] : [];
  const replacements = replacementsOf(kustomization, contents);
  const written = replacements.length > 0 ? replacementChanges(replacements, objects()) : [];
  return [...changes, ...asObjects(replicas).map(replicaChange), ...sets, ...written, ...labelChanges(kustomization)];
}

const LIST = /^\s*(-(?!--)|\[)/;

/** The patches in a file; of a file of several documents the text is not whole. */
function patchesOfFile(file: string, manifests: readonly Manifest[], text: string, target: Json): Change[] {
  if (LIST.test(text)) return target === undefined ? [] : [jsonPatch(listIn(file, text), target, () => ({ file, line: 1 }))];
  const read = manifests.some(({ kind }) => kind !== '') ? manifests : readManifests(file, text).manifests;
  return merges(read, target, manifest => path => ({ file: manifest.file, line: manifest.lineOf(path) }));
}

/** The patches that are written into an object. */
function patchesIn(outer: Manifest, place: Path, text: string, target: Json): Change[] {
  const first = (): number => outer.lineOfText(place);
  if (LIST.test(text)) return target === undefined ? [] : [jsonPatch(listIn(outer.file, text), target, () => ({ file: outer.file, line: first() }))];
  const { manifests } = readManifests(outer.file, text);
  return merges(manifests, target, manifest => path => ({ file: outer.file, line: first() + manifest.lineOf(path) - 1 }));
}

function merges(patches: readonly Manifest[], target: Json, originOf: (patch: Manifest) => Change['origin']): Change[] {
  return patches.filter(({ value }) => typeof value?.kind === 'string' || target !== undefined).map(patch => strategicMerge(patch.value, target, originOf(patch)));
}

/** The objects in files of patches. */
function patchManifests(manifests: readonly Manifest[]): Map<string, Manifest[]> {
  const files = new Map(manifests.filter(isKustomization).flatMap(patchFilesOf).map((file): [string, Manifest[]] => [normalize(file), []]));
  for (const manifest of files.size > 0 ? manifests : []) files.get(fileOf(manifest))?.push(manifest);
  return files;
}

/** Each file of the input that can be in a ConfigMap. */
function contentsOf(manifests: Manifest[], texts: Text[]): Contents {
  const own = texts.filter(text => text.manifest === undefined);
  const contents = new Map<string, { readonly text: string }>(own.map(text => [normalize(text.file), text]));
  for (const manifest of manifests) {
    const file = fileOf(manifest);
    // of several documents in one file each has its part of the text
    if (manifest.firstLine === 1 && !contents.has(file)) contents.set(file, manifest);
  }
  return contents;
}

function generatedBy(kustomization: Manifest, namespace: string | undefined, contents: Contents, used: Set<string>): Generated[] {
  const kinds = [['configMapGenerator', 'ConfigMap', 'data'], ['secretGenerator', 'Secret', 'stringData']] as const;
  return kinds.flatMap(([field, kind, data]) => asObjects(kustomization.value[field]).map((generator, i) => {
    const files = new Map(asTexts(generator.files).map(text => fileEntry(kustomization, text)));
    const values: Json = literalsOf(generator.literals);
    for (const [key, file] of files) {
      // what is not in the input is there nevertheless
      values[key] = contents.get(file)?.text ?? null;
      if (contents.has(file)) used.add(file);
    }
    const metadata = { name: asText(generator.name), namespace: namespace || asText(generator.namespace) };
    return new Generated(kustomization, [field, i] as Path, { apiVersion: 'v1', kind, metadata, [data]: values }, files, asText(generator.behavior).replace('create', ''));
  }));
}

/** The generated objects, with what an overlay puts into that of its base. */
function merged(generated: readonly Generated[]): Generated[] {
  const byName = new Map<string, Generated[]>();
  for (const one of generated) collect(byName, `${one.kind}/${one.name}`, one);
  return [...byName.values()].flatMap(all => {
    const [[base, ...bases], [overlay, ...overlays]] = [all.filter(({ behavior }) => behavior === ''), all.filter(({ behavior }) => behavior !== '')];
    // of several each is for something else
    return base && overlay && bases.length + overlays.length === 0 ? [base.with(overlay)] : all;
  });
}

/** The key that a file has in a ConfigMap, and the file. */
function fileEntry(kustomization: Manifest, text: string): [string, string] {
  const [, key, path] = /^(?:([^=]+)=)?(.*)$/s.exec(text)!;
  return [key ?? path.replace(/^.*\//, ''), join(dirname(fileOf(kustomization)), path)];
}
