import { asObject, asObjects } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshOperatorDead: Rule = {
  id: 'MESH-OPERATOR-DEAD',
  level: Level.WARNING,
  title: 'an IstioOperator has a field that is never rendered',
  why: 'k8s.volumes and k8s.volumeMounts are accepted and have no effect; istiod takes nothing from SPIRE anyway',
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
  },
};
