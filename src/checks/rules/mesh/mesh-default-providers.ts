import { asObject, asTexts } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshDefaultProviders: Rule = {
  id: 'MESH-DEFAULT-PROVIDERS',
  level: Level.WARNING,
  title: 'defaultProviders takes the metrics away',
  why: 'it replaces the chart\'s own defaultProviders: without metrics: [prometheus] there are no istio_* metrics',
  fix: 'add metrics: [prometheus]',
  source: 'observed: istioctl of the 1.31 line',
  check: (system, report) => {
    for (const mesh of system.meshes) {
      const providers = mesh.config.value.defaultProviders;
      if (providers === undefined || Object.keys(asObject(providers)).length === 0 || asTexts(asObject(providers).metrics).length > 0) continue;
      if (system.all('Telemetry').some(telemetry => /"prometheus"/.test(JSON.stringify(telemetry.spec.metrics ?? [])))) continue;
      report.at(mesh.manifest, [...mesh.config.path, 'defaultProviders'], 'defaultProviders without metrics');
    }
  },
};
