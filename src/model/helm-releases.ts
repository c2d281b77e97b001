import { holderOf, placeOf } from './held-chart';
import { kustomizationsOf } from './kustomize';
import { Json, Manifest, Path, asObject, asObjects, asText } from './manifest';
import { System } from './system';

/** A release of SPIRE's chart, as far as the input tells. */
export interface Release {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly name: string;
  /** Empty where it is not to be seen. */
  readonly namespace: string;
  /** Undefined where they are no object. */
  readonly values?: Json;
}

/** The releases of the chart spire that Flux, Argo CD and kustomize make. */
export function releasesOf(system: System): Release[] {
  const flux = system.all('HelmRelease').filter(({ spec }) => asObject(asObject(spec.chart).spec).chart === 'spire').map(manifest => {
    const { releaseName, targetNamespace, values } = manifest.spec;
    const own = asText(targetNamespace) === '' ? manifest.name : `${asText(targetNamespace)}-${manifest.name}`;
    return { manifest, path: releaseName === undefined ? ['metadata', 'name'] : ['spec', 'releaseName'], name: asText(releaseName) || own, namespace: asText(targetNamespace) || manifest.namespace, values };
  });
  const argo = system.all('Application').filter(({ group }) => group === 'argoproj.io').flatMap(manifest => {
    const sources: [Path, unknown][] = [[['spec', 'source'], manifest.spec.source], ...asObjects(manifest.spec.sources).map((source, i): [Path, unknown] => [['spec', 'sources', i], source])];
    return sources.map(([path, source]) => ({ path, source: asObject(source) })).filter(({ source }) => source.chart === 'spire').map(({ path, source }) => {
      const { releaseName, valuesObject } = asObject(source.helm);
      const isGiven = asText(releaseName) !== '';
      return {
        manifest,
        path: isGiven ? [...path, 'helm', 'releaseName'] : ['metadata', 'name'],
        name: isGiven ? asText(releaseName) : manifest.name,
        namespace: asText(asObject(manifest.spec.destination).namespace),
        values: heldIn(system, manifest, path) ?? valuesObject,
      };
    });
  });
  const kustomize = kustomizationsOf(system).flatMap(manifest => asObjects(manifest.value.helmCharts)
    .map((chart, i) => ({
      manifest, path: ['helmCharts', i, 'releaseName'], name: asText(chart.releaseName), namespace: asText(chart.namespace), values: chart.valuesInline, chart: chart.name,
    }))
    .filter(({ chart }) => chart === 'spire'));
  return [...flux, ...argo, ...kustomize];
}

/** The values of SPIRE's chart at a place of an object, also where they are a text, or parameters are laid over them. */
function heldIn(system: System, manifest: Manifest, path: Path): Json | undefined {
  return system.spireValues.find(values => holderOf(values) === manifest && path.every((step, i) => placeOf(values)[i] === step))?.value;
}
