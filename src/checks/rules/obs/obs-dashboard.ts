import { Embedded } from '../../../model/embedded';
import { Manifest, asObject, asRecord } from '../../../model/manifest';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsDashboard: Rule = {
  id: 'OBS-DASHBOARD',
  level: Level.WARNING,
  title: 'a dashboard is not in the form that Grafana loads from files',
  why: 'a wrapper "dashboard" is for the HTTP API; without schemaVersion, ids and positions panels get lost',
  fix: 'store the plain dashboard model in a ConfigMap with the label grafana_dashboard',
  source: 'Grafana provisioning',
  check: (system, report) => {
    for (const map of system.all('ConfigMap').filter(({ labels }) => labels.grafana_dashboard !== undefined)) {
      for (const [name, text] of Object.entries(asRecord(map.value.data)).filter(([key]) => key.endsWith('.json'))) {
        const line = brokenLine(text);
        if (line !== undefined) report.on(map, map.lineOfText(['data', name], line), `${name} is no JSON`, 'correct the text: Grafana takes no comma before a closing bracket');
      }
    }
    for (const dashboard of system.all('GrafanaDashboard').filter(({ group }) => group === 'grafana.integreatly.org')) {
      const given = SOURCES.filter(name => dashboard.spec[name] !== undefined);
      if (given.length !== 1) report.at(dashboard, ['spec', ...given.slice(1, 2)], given.length === 0 ? `there is none of ${SOURCES.join(', ')}` : `${given.join(' and ')} exclude each other`, 'say once where the dashboard is');
    }
    for (const map of unseenMaps(system)) report.at(map, ['metadata'], `nothing loads the dashboard of ${map.name}: it has no label for it, and nothing mounts it`, 'give the ConfigMap the label grafana_dashboard: "1"');
    for (const dashboard of system.dashboards) {
      if (asObject(dashboard.value).dashboard !== undefined) report.at(dashboard, ['dashboard'], 'the dashboard is wrapped');
      else if (asObject(dashboard.value).schemaVersion === undefined) report.at(dashboard, [], 'the dashboard has no schemaVersion');
    }
  },
};

/** ConfigMaps with a dashboard that no label and no volume brings to Grafana. */
function unseenMaps(system: System): Manifest[] {
  const maps = system.dashboards.map(dashboard => dashboard instanceof Embedded ? dashboard.outer.manifest : undefined)
    .filter((map): map is Manifest => map?.kind === 'ConfigMap' && Object.keys({ ...map.labels, ...map.annotations }).every(key => USUAL.test(key)));
  const unseen = new Set(maps.filter(({ name }) => !system.workloads.some(({ volumes }) => volumes.some(volume => JSON.stringify(volume).includes(`"${name}"`)))));
  // values of a Grafana, and a GrafanaDashboard, name ConfigMaps in their own ways
  const naming = unseen.size > 0 ? system.manifests.filter(({ kind }) => kind === '' || NAMING.includes(kind)) : [];
  for (const { text } of naming) [...unseen].filter(({ name }) => text.includes(name)).forEach(map => unseen.delete(map));
  return [...unseen];
}

/** Labels that say what an object belongs to: with another one, a Grafana may look for it. */
const USUAL = /^(app|name|component|tier|team|version|release|chart|heritage|app\.kubernetes\.io\/.*|helm\.sh\/.*|argocd\.argoproj\.io\/.*|kustomize\.toolkit\.fluxcd\.io\/.*)$/;
const NAMING = ['GrafanaDashboard', 'HelmRelease', 'Application', 'Kustomization', 'Grafana'];

/** Where a GrafanaDashboard may be: exactly one of them. */
const SOURCES = ['json', 'gzipJson', 'url', 'jsonnet', 'jsonnetLib', 'grafanaCom', 'configMapRef', 'oci'];

/** The line, from zero, on which a text is no JSON any more. */
function brokenLine(text: string): number | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    // not every message tells the position; a comma before a closing bracket is what people leave
    const told = /at position (\d+)/.exec((error as Error).message)?.[1];
    const at = told === undefined ? text.search(/,\s*[\]}]/) : Number(told);
    return text.slice(0, Math.max(0, at)).split('\n').length - 1;
  }
}
