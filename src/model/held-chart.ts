import { Embedded } from './embedded';
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

/** The chart of some Helm values, as far as the object that they stand in tells. */
export function heldChart(values: Manifest): HeldChart | undefined {
  const [manifest, place] = values instanceof Inside ? [values.outer, values.place]
    : values instanceof Layered ? [values.outer, [...values.place, 'parameters']]
      : values instanceof Embedded ? [values.outer.manifest, values.outer.path] : [undefined, []];
  return manifest && chartAt(manifest, place);
}

/** The chart of the Helm values at a place of an object. */
export function chartAt(manifest: Manifest, place: Path): HeldChart | undefined {
  const [at, names] = chartPath(manifest, place);
  if (!at) return undefined;
  const chart: Json = asObject(at.reduce((inner: Json, step) => inner?.[step], manifest.value));
  const [name, version] = names;
  return { name: asText(chart[name]), version: asText(chart[version]), manifest, path: [...at, version] };
}

/** Where an object names the chart of the values at a place in it, and what it calls name and version. */
function chartPath({ kind }: Manifest, place: Path): [Path | undefined, readonly string[]] {
  if (kind === 'HelmRelease') return [['spec', 'chart', 'spec'], ['chart', 'version']];
  if (kind === 'HelmChart') return [['spec'], ['chart', 'version']];
  if (kind === 'Application' || kind === 'ApplicationSet') return [place.slice(0, -2), ['chart', 'targetRevision']];
  return kind === 'Kustomization' ? [place.slice(0, -1), ['name', 'version']] : [undefined, []];
}
