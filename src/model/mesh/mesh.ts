import { isMeshValues } from '../helm';
import { laidOver } from '../laid-over';
import { Json, Manifest, Path, asList, asObject, asObjects, asRecord, asText, asTexts } from '../manifest';
import { Text } from '../text';

/** A part of a manifest: where it stands and what it is. */
export interface Part {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly value: Json;
}

/** One installation of Istio, whatever the form it was written in. */
export interface Mesh {
  readonly manifest: Manifest;
  readonly form: 'IstioOperator' | 'Istio' | 'ConfigMap' | 'values';
  readonly config: Part;
  /** Helm values; empty for a ConfigMap. */
  readonly values: Part;
  /** Environment of istiod and where each variable stands. */
  readonly env: { name: string; value: string; path: Path }[];
  readonly templates: Map<string, Text>;
  readonly trustDomain: string;
}

const BUILT_IN_PROVIDERS = ['prometheus', 'stackdriver', 'envoy'];

/** Reads a mesh out of an IstioOperator, a Sail Istio, a mesh ConfigMap or Helm values. */
export function readMesh(manifest: Manifest, embedded: Manifest | undefined): Mesh | undefined {
  if (manifest.kind === 'IstioOperator') return { ...build(manifest, 'IstioOperator', ['spec', 'meshConfig'], ['spec', 'values']), ...operatorConfig(manifest) };
  if (manifest.kind === 'Istio' && manifest.group === 'sailoperator.io') return build(manifest, 'Istio', ['spec', 'values', 'meshConfig'], ['spec', 'values']);
  if (manifest.kind === 'ConfigMap' && embedded) return build(embedded, 'ConfigMap', [], []);
  const isValues = manifest.kind === '' && manifest.apiVersion === '' && isMeshValues(manifest.value);
  return isValues ? meshOfValues(manifest) : undefined;
}

/** The mesh that Helm values of istiod give. */
export function meshOfValues(manifest: Manifest): Mesh {
  return build(manifest, 'values', ['meshConfig'], []);
}

/** The mesh configuration of an IstioOperator, which may stand among the values as well: those win. */
function operatorConfig(manifest: Manifest): Pick<Mesh, 'config' | 'trustDomain'> | undefined {
  const [own, given] = [part(manifest, ['spec', 'meshConfig']), part(manifest, ['spec', 'values', 'meshConfig'])];
  if (Object.keys(asObject(given.value)).length === 0) return undefined;
  const config = Object.keys(asObject(own.value)).length === 0 ? given : { ...own, value: laidOver(own.value, given.value) };
  return { config, trustDomain: trustDomainOf(config) };
}

function trustDomainOf({ value }: Part): string {
  return asText(value.trustDomain) || 'cluster.local';
}

function build(manifest: Manifest, form: Mesh['form'], configPath: Path, valuesPath: Path): Mesh {
  const config = part(manifest, configPath);
  const values = form === 'ConfigMap' ? { manifest, path: [], value: {} } : part(manifest, valuesPath);
  return {
    manifest,
    form,
    config,
    values,
    env: environment(manifest, form, values),
    templates: templatesOf(values),
    trustDomain: trustDomainOf(config),
  };
}

export function part(manifest: Manifest, path: Path): Part {
  return { manifest, path, value: path.reduce((value: Json, step) => asObject(value)[step], manifest.value) ?? {} };
}

function environment(manifest: Manifest, form: Mesh['form'], values: Part): Mesh['env'] {
  const found: Mesh['env'] = [];
  for (const path of [['pilot', 'env'], ...form === 'values' ? [['env']] : []]) {
    const env = path.reduce((value: Json, step) => asObject(value)[step], values.value);
    for (const [name, value] of Object.entries(asRecord(env))) found.push({ name, value, path: [...values.path, ...path, name] });
  }
  const list = asObject(asObject(asObject(manifest.spec.components).pilot).k8s).env;
  asObjects(list).forEach((env, i) => found.push({
    name: asText(env.name), value: asText(env.value), path: ['spec', 'components', 'pilot', 'k8s', 'env', i],
  }));
  return found;
}

function templatesOf(values: Part): Map<string, Text> {
  const templates = asObject(asObject(values.value.sidecarInjectorWebhook).templates);
  return new Map(Object.keys(templates).filter(name => typeof templates[name] === 'string').map(name => {
    const path = [...values.path, 'sidecarInjectorWebhook', 'templates', name];
    return [name, new Text(values.manifest.fileAt(path), templates[name], values.manifest, path)];
  }));
}

/** The names a policy or a Telemetry may use as provider. */
export function providersOf(mesh: Mesh): string[] {
  return [...BUILT_IN_PROVIDERS, ...asObjects(mesh.config.value.extensionProviders).map(provider => asText(provider.name))];
}

/** Trust domains whose peers the mesh lets in without making them its own. */
export function acceptedDomains(mesh: Mesh): string[] {
  return asObjects(mesh.config.value.caCertificates).flatMap(ca => asTexts(ca.trustDomains));
}

export function aliasesOf(mesh: Mesh): string[] {
  return asTexts(asList(mesh.config.value.trustDomainAliases));
}

/** The trust domains of the peers that a mesh lets in: its own, its aliases, and those of others. */
export function domainsOf(mesh: Mesh): string[] {
  return [mesh.trustDomain, ...aliasesOf(mesh), ...acceptedDomains(mesh)];
}

/** The trust domains of the peers that meshes let in; undefined where that is not known, as one of them does not say its own. */
export function knownDomains(meshes: readonly Mesh[]): Set<string> | undefined {
  const isStated = meshes.length > 0 && meshes.every(mesh => mesh.config.value.trustDomain !== undefined);
  return isStated ? new Set(meshes.flatMap(domainsOf)) : undefined;
}

/** The file name of the SPIRE socket that sidecars look for. */
export function socketFile(mesh: Mesh): string {
  return statedSocketFile(mesh) || 'socket';
}

/** The same as a mesh states it, empty where it does not. */
export function statedSocketFile(mesh: Mesh): string {
  return asText(asObject(asObject(mesh.config.value.defaultConfig).proxyMetadata).WORKLOAD_IDENTITY_SOCKET_FILE);
}

/** Whether a template or an overlay of this mesh brings in SPIRE's socket. */
export function usesSpire(mesh: Mesh): boolean {
  return [...mesh.templates.values()].some(template => /csi\.spiffe\.io|spire|spiffe/.test(template.text));
}
