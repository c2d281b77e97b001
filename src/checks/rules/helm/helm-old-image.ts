import { heldChart } from '../../../model/held-chart';
import { argoSources } from '../../../model/helm';
import { kustomizationsOf } from '../../../model/kustomize';
import { Json, Manifest, Path, asObject, asObjects, asText } from '../../../model/manifest';
import { versionOf } from '../../../model/spire/images';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const helmOldImage: Rule = {
  id: 'HELM-OLD-IMAGE',
  level: Level.WARNING,
  title: 'Helm installs an old SPIRE, or a server that is older than its agents',
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
    for (const { values, newer } of skewed(system)) report.at(values, ['spire-server', 'image', 'tag'], newer, 'leave the tag out, or give server and agent the same');
    for (const { manifest, path, url } of repositories(system)) {
      if (OLD.test(url)) report.at(manifest, path, `${url} is the old repository of the charts`);
    }
  },
};

/** The repository of charts that helm-charts-hardened took the place of. */
const OLD = /^https:\/\/spiffe\.github\.io\/helm-charts\/?$/;

/** Values with a server that is older than the agents beside it: those of the chart's own version, where no tag says another. */
function skewed(system: System): { values: Manifest; newer: string }[] {
  return system.spireValues.flatMap(values => {
    const [server, agent] = ['spire-server', 'spire-agent'].map(chart => asText(asObject(asObject(values.value[chart]).image).tag));
    const theirs = agent || (/^v?0\.30\./.test(heldChart(values)?.version ?? '') ? '1.15.3' : '');
    const [ours, other] = [versionOf(`:${server}`), versionOf(`:${theirs}`)];
    const isOlder = ours && other && ours.major === other.major && ours.minor < other.minor;
    return isOlder ? [{ values, newer: `the server is ${server}, the agents are ${theirs}: an agent must not be newer than its server` }] : [];
  });
}

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
