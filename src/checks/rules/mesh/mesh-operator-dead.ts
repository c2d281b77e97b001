import { heldChart } from '../../../model/held-chart';
import { asObject, asObjects } from '../../../model/manifest';
import { Mesh } from '../../../model/mesh/mesh';
import { istioRelease } from '../../../model/mesh/version';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshOperatorDead: Rule = {
  id: 'MESH-OPERATOR-DEAD',
  level: Level.WARNING,
  title: 'an input of Istio has a field that is never rendered',
  why: 'k8s.volumes and k8s.volumeMounts of an IstioOperator, and pilot of the chart istiod since 1.24, are accepted and have no effect',
  fix: 'remove it; where a volume is needed use k8s.overlays',
  source: 'observed: istioctl of the 1.31 line; operator/pkg/render/postprocess.go',
  check: (system, report) => {
    for (const operator of system.all('IstioOperator')) {
      const components = asObject(operator.spec.components);
      for (const name of Object.keys(components)) {
        const list = Array.isArray(components[name]);
        const entries = list ? asObjects(components[name]) : [asObject(components[name])];
        entries.forEach((component, i) => ['volumes', 'volumeMounts'].forEach(field => {
          const path = ['spec', 'components', name, ...list ? [i] : [], 'k8s', field];
          if (asObject(component.k8s)[field] !== undefined) report.at(operator, path, `components.${name}.k8s.${field} is never rendered`);
        }));
      }
    }
    for (const mesh of system.meshes.filter(isOfChart)) {
      const pilot = asObject(mesh.values.value.pilot);
      for (const name of Object.keys(pilot)) {
        report.at(mesh.manifest, [...mesh.values.path, 'pilot', name], `the chart istiod has no value pilot.${name}`, `write ${name} at the top of the values: pilot is for IstioOperator and Sail`);
      }
    }
  },
};

/** Whether the values of a mesh are known to be for the chart istiod, as it is since 1.24. */
function isOfChart(mesh: Mesh): boolean {
  const isIstiod = mesh.form === 'values' && (heldChart(mesh.manifest)?.name ?? 'istiod') === 'istiod';
  return isIstiod && (istioRelease(mesh)?.minor ?? 0) >= 24;
}
