import { asObject, asObjects, asText } from '../../../model/manifest';
import { templatesOf } from '../../../model/mesh/injection';
import { gatewayOverlays, spiffeVolumes } from '../../../model/mesh/overlays';
import { injectionTemplates } from '../../../model/mesh/templates';
import { isOlderThan } from '../../../model/mesh/version';
import { readManifests } from '../../../model/reader';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTwoVolumeTypes: Rule = {
  id: 'MESH-TWO-VOLUME-TYPES',
  level: Level.ERROR,
  title: 'a gateway or waypoint gets two types for one volume',
  why: 'the built-in template has emptyDir: {} (gateways up to Istio 1.26, waypoints up to 1.30): "may not specify more than 1 volume type"',
  fix: 'write emptyDir: null beside csi',
  source: 'istio issues 46988, 60108',
  check: (system, report) => {
    const gateways = system.workloads.map(templatesOf).filter(names => names.includes('gateway'));
    for (const [name, template] of isOlderThan(system.meshes, 27) ? injectionTemplates(system) : []) {
      const line = template.text.split('\n').findIndex(text => /driver:\s*["']?csi\.spiffe\.io/.test(text)) + 1;
      const keeps = line > 0 && !/emptyDir:\s*(null|~)?\s*(,|$)/m.test(template.text);
      if (keeps && gateways.some(names => names.includes(name))) report.in(template, line, `template ${name} has no emptyDir: null`);
    }
    // an empty folder of its own stays one, whatever the built-in template has
    for (const [name, template] of injectionTemplates(system).filter(([, { text }]) => !text.includes('{{'))) {
      const [manifest] = readManifests(template.file, template.text).manifests;
      asObjects(asObject(manifest?.value?.spec).volumes).forEach((volume, i) => {
        const isBoth = asObject(volume.csi).driver !== undefined && volume.emptyDir !== undefined && volume.emptyDir !== null;
        if (isBoth) report.in(template, manifest.lineOf(['spec', 'volumes', i, 'emptyDir']), `volume ${asText(volume.name)} of template ${name} is emptyDir and csi at once`);
      });
    }
    const isFixed = system.meshes.length > 0 && !isOlderThan(system.meshes, 31);
    for (const overlay of isFixed ? [] : gatewayOverlays(system)) {
      for (const { text, volume, line } of spiffeVolumes(overlay)) {
        if (volume.emptyDir === undefined) report.in(text, line, `volume ${volume.name} has no emptyDir: null`);
      }
    }
  },
};
