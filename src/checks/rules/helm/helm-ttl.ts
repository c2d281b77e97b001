import { chartValues } from '../../../model/spire/chart-values';
import { Level } from '../../finding';
import { longLifetimesOf } from '../../helm-values';
import { Rule } from '../../rule';

export const helmTtl: Rule = {
  id: 'HELM-TTL',
  level: Level.WARNING,
  title: 'a lifetime in the values of SPIRE\'s chart exceeds one sixth of the CA\'s',
  why: 'SVIDs are cut short at the end of every CA, and SPIRE only logs it',
  fix: 'lower the lifetime, or raise caTTL',
  source: 'pkg/server/ca/manager MaxSVIDTTLForCATTL; observed: chart spire 0.30.0',
  check: (system, report) => {
    for (const values of chartValues(system)) {
      for (const { path, message } of longLifetimesOf(values)) report.at(values.manifest, path, message);
    }
  },
};
