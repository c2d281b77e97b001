import { IGNORED } from './helm-ignored';
import { RENAMED } from './helm-renamed';
import { asObject } from '../../../model/manifest';
import { chartValues, placesOf } from '../../../model/spire/chart-values';
import { Level } from '../../finding';
import { HELM_KEYS } from '../../helm-keys';
import { Rule } from '../../rule';

export const helmUnknown: Rule = {
  id: 'HELM-UNKNOWN',
  level: Level.WARNING,
  title: 'a Helm value of SPIRE\'s chart is unknown',
  why: 'the chart renders as if it were not there, and tells nobody',
  fix: 'correct the name, or its place',
  source: 'values and templates of chart spire 0.30.0',
  check: (system, report) => {
    for (const values of chartValues(system).filter(({ isOld }) => !isOld)) {
      for (const [parent, known] of Object.entries(HELM_KEYS)) {
        const names = known.split(' ');
        for (const path of placesOf(values, parent)) {
          for (const key of Object.keys(asObject(values.get(path)))) {
            const whole = `${parent}.${key}`;
            if (names.includes(key) || whole in IGNORED || whole in RENAMED) continue;
            const near = names.find(name => name.toLowerCase().replace(/s$/, '') === key.toLowerCase().replace(/[_-]/g, '').replace(/s$/, ''));
            report.at(values.manifest, [...path, key], `${path.join('.')}.${key} is no value of the chart${near ? `: write ${near}` : ''}`);
          }
        }
      }
    }
  },
};
