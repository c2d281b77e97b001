import { Inside } from './inside';
import { Json, Manifest, Path, asObject, asObjects } from './manifest';
import { Text } from './text';

const CHARTS = ['spire-server', 'spire-agent', 'spiffe-csi-driver', 'spiffe-oidc-discovery-provider', 'spire-agnet'];

/** Helm values that stand in an object: as a value, or as a text of YAML. */
export interface HeldValues {
  readonly values: Inside[];
  readonly texts: Text[];
}

/** The Helm values in objects of Flux, Argo CD, k3s and kustomize, and those of dependencies in values of an umbrella chart. */
export function heldValues(manifest: Manifest): HeldValues {
  const places = placesOf(manifest);
  if (places.length === 0) return NOTHING;
  const found = places.map(path => ({ path, value: path.reduce((inner: Json, step) => inner?.[step], manifest.value) }));
  return {
    values: found.filter(({ value }) => typeof value === 'object' && value !== null).map(({ path, value }) => new Inside(manifest, path, withGlobals(manifest, value))),
    texts: found.filter(({ value }) => typeof value === 'string').map(({ path, value }) => new Text(manifest.file, value, manifest, path)),
  };
}

const NOTHING: HeldValues = { values: [], texts: [] };

function placesOf(manifest: Manifest): Path[] {
  const { group, kind, spec } = manifest;
  if (kind === 'HelmRelease' && group === 'helm.toolkit.fluxcd.io') return [['spec', 'values']];
  if (kind === 'HelmChart' && group === 'helm.cattle.io') return [['spec', 'valuesContent']];
  if (kind === 'Application' && group === 'argoproj.io') return sources(['spec'], spec);
  if (kind === 'ApplicationSet' && group === 'argoproj.io') return sources(['spec', 'template', 'spec'], asObject(asObject(spec.template).spec));
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

function sources(path: Path, spec: Json): Path[] {
  const places: Path[] = [[...path, 'source'], ...asObjects(spec.sources).map((_, i) => [...path, 'sources', i])];
  return places.flatMap(place => [[...place, 'helm', 'valuesObject'], [...place, 'helm', 'values']]);
}

/** Whether an object holds values of the charts of Istio, SPIRE or Cilium. */
function isValues(value: Json): boolean {
  return isMeshValues(asObject(value)) || isSpireValues(asObject(value)) || isCiliumValues(asObject(value));
}

export function isMeshValues(value: Json): boolean {
  return Object.keys(asObject(value.meshConfig)).length > 0 || Object.keys(asObject(value.sidecarInjectorWebhook)).length > 0;
}

/** Values of Cilium's chart that turn its SPIRE on. */
export function isCiliumValues(value: Json): boolean {
  return asObject(asObject(asObject(value.authentication).mutual).spire).enabled !== undefined;
}

export function isSpireValues(value: Json): boolean {
  const holdsCharts = (inner: Json) => CHARTS.some(key => asObject(inner)[key] !== undefined);
  return holdsCharts(value) || (asObject(value.global).spire !== undefined && !Object.values(asObject(value)).some(holdsCharts));
}
