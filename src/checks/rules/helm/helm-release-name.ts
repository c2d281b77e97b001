import { kustomizationsOf } from '../../../model/kustomize';
import { Manifest, Path, asObject, asObjects, asText } from '../../../model/manifest';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const helmReleaseName: Rule = {
  id: 'HELM-RELEASE-NAME',
  level: Level.ERROR,
  title: 'a release of SPIRE\'s chart has a name that holds the name of one of its parts',
  why: 'the chart then leaves that part out of some names and not of others: agents call a Service that is not there, or run as an account that is not allowed',
  fix: 'call the release spire',
  source: 'helm-charts-hardened issue 583; observed: chart spire 0.30.0',
  check: (system, report) => {
    for (const { manifest, path, name, values } of releasesOf(system)) {
      const part = ['server', 'agent'].find(word => name.includes(word));
      if (part === undefined || asText(asObject(asObject(values)[`spire-${part}`]).fullnameOverride) !== '') continue;
      report.at(manifest, path, `the release is called ${name}, which holds "${part}"`);
    }
  },
};

interface Release {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly name: string;
  readonly values: unknown;
}

/** The releases of the chart spire that Flux, Argo CD and kustomize make. */
function releasesOf(system: System): Release[] {
  const flux = system.all('HelmRelease').filter(({ spec }) => asObject(asObject(spec.chart).spec).chart === 'spire').map(manifest => {
    const { releaseName, targetNamespace, values } = manifest.spec;
    const own = asText(targetNamespace) === '' ? manifest.name : `${asText(targetNamespace)}-${manifest.name}`;
    return { manifest, path: releaseName === undefined ? ['metadata', 'name'] : ['spec', 'releaseName'], name: asText(releaseName) || own, values };
  });
  const argo = system.all('Application').filter(({ group }) => group === 'argoproj.io').flatMap(manifest => {
    const sources: [Path, unknown][] = [[['spec', 'source'], manifest.spec.source], ...asObjects(manifest.spec.sources).map((source, i): [Path, unknown] => [['spec', 'sources', i], source])];
    return sources.map(([path, source]) => ({ path, source: asObject(source) })).filter(({ source }) => source.chart === 'spire').map(({ path, source }) => {
      const { releaseName, valuesObject } = asObject(source.helm);
      const isGiven = asText(releaseName) !== '';
      return { manifest, path: isGiven ? [...path, 'helm', 'releaseName'] : ['metadata', 'name'], name: isGiven ? asText(releaseName) : manifest.name, values: valuesObject };
    });
  });
  const kustomize = kustomizationsOf(system).flatMap(manifest => asObjects(manifest.value.helmCharts)
    .map((chart, i) => ({ manifest, path: ['helmCharts', i, 'releaseName'], name: asText(chart.releaseName), values: chart.valuesInline, chart: chart.name }))
    .filter(({ chart }) => chart === 'spire'));
  return [...flux, ...argo, ...kustomize];
}
