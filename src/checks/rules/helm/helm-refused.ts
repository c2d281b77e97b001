import { chartValues } from '../../../model/spire/chart-values';
import { Level } from '../../finding';
import { refusalsOf } from '../../helm-refusals';
import { Rule } from '../../rule';

export const helmRefused: Rule = {
  id: 'HELM-REFUSED',
  level: Level.ERROR,
  title: 'SPIRE\'s Helm chart refuses values',
  why: 'nothing is rendered',
  fix: 'correct the values',
  source: 'observed: helm with chart spire 0.30.0',
  check: (system, report) => {
    for (const values of chartValues(system)) {
      for (const { path, message } of refusalsOf(values)) report.at(values.manifest, path, message);
    }
  },
};
