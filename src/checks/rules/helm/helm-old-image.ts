import { argoSources } from '../../../model/helm';
import { kustomizationsOf } from '../../../model/kustomize';
import { Json, Manifest, Path, asObject, asObjects, asText } from '../../../model/manifest';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const helmOldImage: Rule = {
  id: 'HELM-OLD-IMAGE',
  level: Level.WARNING,
  title: 'Helm installs an old SPIRE',
  why: 'it gets no security fixes, and the chart is made for its own version',
  fix: 'leave the tag out, and take the chart from https://spiffe.github.io/helm-charts-hardened/',
  source: 'chart spire 0.30.0 has appVersion 1.15.3',
  check: (system, report) => {
    for (const values of system.spireValues) {
      for (const chart of ['spire-server', 'spire-agent']) {
        const tag = asText(asObject(asObject(values.value[chart]).image).tag);
        const match = /^v?1\.(\d+)/.exec(tag);
        if (match && Number(match[1]) < 12) report.at(values, [chart, 'image', 'tag'], `${chart} ${tag} is out of support`);
      }
    }
    for (const { manifest, path, url } of repositories(system)) {
      if (OLD.test(url)) report.at(manifest, path, `${url} is the old repository of the charts`);
    }
  },
};

/** The repository of charts that helm-charts-hardened took the place of. */
const OLD = /^https:\/\/spiffe\.github\.io\/helm-charts\/?$/;

function repositories(system: System): { manifest: Manifest; path: Path; url: string }[] {
  const flux = system.all('HelmRepository').map(manifest => ({ manifest, path: ['spec', 'url'], url: asText(manifest.spec.url) }));
  const argo = [...system.all('Application'), ...system.all('ApplicationSet')].flatMap(manifest => argoSources(manifest).map(place => {
    const path = [...place, 'repoURL'];
    return { manifest, path, url: asText(path.reduce((value: Json, step) => value?.[step], manifest.value)) };
  }));
  const kustomize = kustomizationsOf(system).flatMap(manifest => asObjects(manifest.value.helmCharts)
    .map(({ repo }, i) => ({ manifest, path: ['helmCharts', i, 'repo'], url: asText(repo) })));
  return [...flux, ...argo, ...kustomize];
}
