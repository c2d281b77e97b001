import { Embedded } from './embedded';
import { argoSources } from './helm';
import { Inside } from './inside';
import { Layered } from './layered';
import { Json, Manifest, Path, asObject, asText } from './manifest';

/** The chart that Helm values in an object of Flux, Argo CD, k3s or kustomize are for. */
export interface HeldChart {
  readonly name: string;
  /** The version as it is written, which may be a range; empty where it is not said. */
  readonly version: string;
  /** The object, and where its version stands in it. */
  readonly manifest: Manifest;
  readonly path: Path;
}

/** The object that the values stand in; undefined where they are a file. */
export function holderOf(values: Manifest): Manifest | undefined {
  if (values instanceof Embedded) return values.outer.manifest;
  if (values instanceof Layered) return values.outer;
  if (!(values instanceof Inside)) return undefined;
  return values.outer.kind === '' ? holderOf(values.outer) : values.outer;
}

/** Whether values stand in the object that makes a release of them, and not in a file or ConfigMap beside others. */
export function isInRelease(values: Manifest): boolean {
  return !/^(|ConfigMap|Secret)$/.test(holderOf(values)?.kind ?? '');
}

/** Where the values stand in their object. */
export function placeOf(values: Manifest): Path {
  if (values instanceof Embedded) return values.outer.path;
  if (values instanceof Layered) return values.place;
  if (!(values instanceof Inside)) return [];
  return [...placeOf(values.outer), ...values.place];
}

/** The chart of some Helm values, as far as the object that they stand in tells. */
export function heldChart(values: Manifest): HeldChart | undefined {
  const manifest = holderOf(values);
  const [at, name, version] = (manifest && chartPath(manifest, placeOf(values))) ?? [];
  if (!manifest || !at) return undefined;
  const chart: Json = asObject(at.reduce((inner: Json, step) => inner?.[step], manifest.value));
  // a chart may be named with its repository
  return { name: asText(chart[name!]).replace(/^.*\//, ''), version: asText(chart[version!]), manifest, path: [...at, version!] };
}

/** Where an object names the chart of the values at a place in it, and what it calls name and version. */
function chartPath(manifest: Manifest, place: Path): [at: Path, name: string, version: string] | undefined {
  const source = argoSources(manifest).find(path => path.every((step, i) => place[i] === step));
  if (source) return [source, 'chart', 'targetRevision'];
  switch (manifest.kind) {
    case 'HelmRelease': return [['spec', 'chart', 'spec'], 'chart', 'version'];
    case 'HelmChart': return [['spec'], 'chart', 'version'];
    case 'Kustomization': return [place.slice(0, 2), 'name', 'version'];
    default: return undefined;
  }
}
