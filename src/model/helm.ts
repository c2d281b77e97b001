import { partOf } from './chart-parts';
import { Embedded } from './embedded';
import { Inside } from './inside';
import { Layered, setValues } from './layered';
import { Json, Manifest, Path, asObject, asObjects } from './manifest';
import { readManifests } from './reader';
import { Text } from './text';

/** Helm values that stand in an object: as a value, or as a text of YAML. */
export interface HeldValues {
  readonly values: Manifest[];
  readonly texts: Text[];
}

/** The Helm values in objects of Flux, Argo CD, k3s and kustomize, and those of dependencies in values of an umbrella chart. */
export function heldValues(manifest: Manifest): HeldValues {
  const set = argoSources(manifest).flatMap(place => withParameters(manifest, place));
  const places = placesOf(manifest).filter(path => !set.some(({ place }) => place.every((step, i) => path[i] === step)));
  if (set.length + places.length === 0) return NOTHING;
  const found = places.map(path => ({ path, value: at(manifest, path) }));
  return {
    values: [...found.filter(({ value }) => typeof value === 'object' && value !== null).map(({ path, value }) => new Inside(manifest, path, withGlobals(manifest, value))),
      ...set.map(({ values }) => values)],
    texts: found.filter(({ value }) => typeof value === 'string').map(({ path, value }) => new Text(manifest.file, value, manifest, path)),
  };
}

const NOTHING: HeldValues = { values: [], texts: [] };

/** The same values, with those in texts read. */
export function heldDocuments(manifest: Manifest): Manifest[] {
  const { values, texts } = heldValues(manifest);
  return [...values, ...texts.flatMap(text => readManifests(text.file, text.text).manifests.map(inner => new Embedded(text, inner)))];
}

function at(manifest: Manifest, path: Path): Json {
  return path.reduce((inner: Json, step) => inner?.[step], manifest.value);
}

/** The values of a source of Argo CD that sets parameters over them. */
function withParameters(manifest: Manifest, place: Path): { place: Path; values: Manifest }[] {
  const helm = asObject(at(manifest, [...place, 'helm']));
  const set = setValues(helm.parameters, [...place, 'helm', 'parameters']);
  if (set.length === 0) return [];
  const text = new Text(manifest.file, typeof helm.values === 'string' ? helm.values : '', manifest, [...place, 'helm', 'values']);
  const inner = text.text === '' || helm.valuesObject !== undefined ? undefined : readManifests(text.file, text.text).manifests[0];
  const base = helm.valuesObject === undefined ? inner && new Embedded(text, inner) : new Inside(manifest, [...place, 'helm', 'valuesObject'], asObject(helm.valuesObject));
  return [{ place, values: new Layered(manifest, [...place, 'helm'], base, set) }];
}

function placesOf(manifest: Manifest): Path[] {
  const { group, kind } = manifest;
  if (kind === 'HelmRelease' && group === 'helm.toolkit.fluxcd.io') return [['spec', 'values']];
  if (kind === 'HelmChart' && group === 'helm.cattle.io') return [['spec', 'valuesContent']];
  const sources = argoSources(manifest);
  if (sources.length > 0) return sources.flatMap(place => [[...place, 'helm', 'valuesObject'], [...place, 'helm', 'values']]);
  if (kind === 'Kustomization' && group !== 'kustomize.toolkit.fluxcd.io') return asObjects(manifest.value.helmCharts).map((_, i) => ['helmCharts', i, 'valuesInline']);
  return kind === '' && manifest.apiVersion === '' ? chartsIn(manifest.value).map(key => [key]) : [];
}

/** The keys of an umbrella chart's values that hold values of one of the charts; `services` is what docker-compose calls its own. */
function chartsIn(value: Json): string[] {
  return isValues(value) ? [] : Object.keys(asObject(value)).filter(key => key !== 'services' && isValues(value[key]));
}

/** What is global in the values of an umbrella chart is so in those of the charts below it. */
function withGlobals(manifest: Manifest, value: Json): Json {
  return manifest.kind === '' && manifest.value.global !== undefined ? { global: manifest.value.global, ...value } : value;
}

/** Where an Application, or the template of an ApplicationSet, has its sources. */
export function argoSources({ kind, group, spec }: Manifest): Path[] {
  if (group !== 'argoproj.io' || (kind !== 'Application' && kind !== 'ApplicationSet')) return [];
  const [path, inner]: [Path, Json] = kind === 'Application' ? [['spec'], spec] : [['spec', 'template', 'spec'], asObject(asObject(spec.template).spec)];
  return [[...path, 'source'], ...asObjects(inner.sources).map((_, i) => [...path, 'sources', i])];
}

/** Whether an object holds values of the charts of Istio, SPIRE or Cilium. */
function isValues(value: Json): boolean {
  return isMeshValues(asObject(value)) || isSpireValues(asObject(value)) || isCiliumValues(asObject(value));
}

export function isMeshValues(value: Json): boolean {
  return Object.keys(asObject(value.meshConfig)).length > 0 || Object.keys(asObject(value.sidecarInjectorWebhook)).length > 0;
}

/** What Istio's charts have below `global`. */
const GLOBAL_OF_ISTIO = ['meshID', 'network', 'multiCluster', 'istioNamespace', 'caAddress', 'proxy', 'hub', 'tag'];

/** Values that are for the charts of Istio, and of which no mesh can be told alone. */
export function isPartOfMeshValues(value: Json): boolean {
  const { pilot, global } = asObject(value);
  const isOfIstio = Object.keys(asObject(pilot)).length > 0 || GLOBAL_OF_ISTIO.some(key => asObject(global)[key] !== undefined);
  return isOfIstio && !isMeshValues(asObject(value));
}

/** Values of Cilium's chart that turn its SPIRE on. */
export function isCiliumValues(value: Json): boolean {
  return asObject(asObject(asObject(value.authentication).mutual).spire).enabled !== undefined;
}

export function isSpireValues(value: Json): boolean {
  const holdsCharts = (inner: Json) => Object.keys(asObject(inner)).some(key => partOf(key) !== undefined || key === 'spire-agnet');
  return holdsCharts(value) || (asObject(value.global).spire !== undefined && !Object.values(asObject(value)).some(holdsCharts));
}
