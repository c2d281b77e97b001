import { dirname, join, normalize } from 'node:path';
import { Generated } from './generated';
import { InNamespace } from './in-namespace';
import { fileOf, isKustomization, resourceFiles } from './kustomize';
import { Json, Manifest, Path, asObjects, asText, asTexts } from './manifest';
import { Text } from './text';

/** What kustomize makes of the files of the input, as far as it matters: namespaces, and ConfigMaps and Secrets out of files. */
export function built(manifests: Manifest[], texts: Text[]): { manifests: Manifest[]; texts: Text[] } {
  const kustomizations = manifests.filter(isKustomization);
  if (kustomizations.length === 0) return { manifests, texts };
  const namespaces = namespacesOf(kustomizations);
  const contents = contentsOf(manifests, texts);
  const used = new Set<string>();
  const generated = kustomizations.flatMap(kustomization => generatedBy(kustomization, namespaces.get(fileOf(kustomization)), contents, used));
  return {
    manifests: [...manifests.filter(manifest => !used.has(fileOf(manifest))).map(manifest => placed(manifest, namespaces)), ...generated],
    texts: texts.filter(({ file }) => !used.has(normalize(file))),
  };
}

function placed(manifest: Manifest, namespaces: ReadonlyMap<string, string>): Manifest {
  const namespace = namespaces.get(fileOf(manifest)) ?? '';
  const isOwn = namespace === '' || manifest.namespace === namespace || manifest.kind === '' || manifest.apiVersion === '' || isKustomization(manifest);
  if (isOwn || (isClusterWide(manifest) && manifest.value.subjects === undefined)) return manifest;
  return new InNamespace(manifest, isClusterWide(manifest) ? '' : namespace, namespace);
}

const CLUSTER_WIDE = /^(Cluster.*|Namespace|Node|CustomResourceDefinition|CSIDriver|StorageClass|PersistentVolume|PriorityClass|RuntimeClass|IngressClass|GatewayClass|APIService|(Validating|Mutating).*|Istio.*|ZTunnel)$/;

function isClusterWide({ kind }: Manifest): boolean {
  return CLUSTER_WIDE.test(kind);
}

/** The namespace that each file of objects, and each kustomization, is put into; none where several builds put it into different ones. */
function namespacesOf(kustomizations: Manifest[]): Map<string, string> {
  const byFolder = new Map(kustomizations.map(kustomization => [dirname(fileOf(kustomization)), kustomization]));
  const below = (kustomization: Manifest): Manifest[] => [...resourceFiles(kustomization), ...componentFiles(kustomization)].flatMap(path => byFolder.get(normalize(path)) ?? []);
  const inner = new Set(kustomizations.flatMap(below));
  const found = new Map<string, string | undefined>();
  const visit = (kustomization: Manifest, outer: string, seen: ReadonlySet<Manifest>): void => {
    if (seen.has(kustomization)) return;
    const namespace = outer || asText(kustomization.value.namespace);
    for (const file of [fileOf(kustomization), ...resourceFiles(kustomization)]) {
      if (!found.has(file)) found.set(file, namespace);
      else if (found.get(file) !== namespace) found.set(file, undefined);
    }
    for (const child of below(kustomization)) visit(child, namespace, new Set([...seen, kustomization]));
  };
  for (const root of kustomizations.filter(kustomization => !inner.has(kustomization))) visit(root, '', new Set());
  return new Map([...found].flatMap(([file, namespace]): [string, string][] => (namespace ? [[file, namespace]] : [])));
}

function componentFiles(kustomization: Manifest): string[] {
  return asTexts(kustomization.value.components).map(path => join(dirname(kustomization.file), path));
}

/** The text of each file of the input that can be in a ConfigMap. */
function contentsOf(manifests: Manifest[], texts: Text[]): Map<string, string> {
  const contents = new Map(texts.filter(text => text.manifest === undefined).map(({ file, text }): [string, string] => [normalize(file), text]));
  for (const manifest of manifests) {
    const file = fileOf(manifest);
    // of several documents in one file each has its part of the text
    if (manifest.firstLine === 1 && !contents.has(file)) contents.set(file, manifest.text);
  }
  return contents;
}

function generatedBy(kustomization: Manifest, namespace: string | undefined, contents: ReadonlyMap<string, string>, used: Set<string>): Manifest[] {
  const kinds = [['configMapGenerator', 'ConfigMap', 'data'], ['secretGenerator', 'Secret', 'stringData']] as const;
  return kinds.flatMap(([field, kind, data]) => asObjects(kustomization.value[field]).map((generator, i) => {
    const files = new Map(asTexts(generator.files).map(text => fileEntry(kustomization, text)));
    const values: Json = Object.fromEntries(asTexts(generator.literals).map(text => [text.replace(/=.*$/s, ''), text.replace(/^[^=]*=/, '')]));
    for (const [key, file] of files) {
      // what is not in the input is there nevertheless
      values[key] = contents.get(file) ?? null;
      if (contents.has(file)) used.add(file);
    }
    const metadata = { name: asText(generator.name), namespace: namespace ?? asText(generator.namespace) };
    return new Generated(kustomization, [field, i] as Path, { apiVersion: 'v1', kind, metadata, [data]: values }, files);
  }));
}

/** The key that a file has in a ConfigMap, and the file. */
function fileEntry(kustomization: Manifest, text: string): [string, string] {
  const [, key, path] = /^(?:([^=]+)=)?(.*)$/s.exec(text)!;
  return [key ?? path.replace(/^.*\//, ''), join(dirname(fileOf(kustomization)), path)];
}
