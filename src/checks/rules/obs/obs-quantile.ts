import { queriesOf } from '../../../model/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsQuantile: Rule = {
  id: 'OBS-QUANTILE',
  level: Level.WARNING,
  title: 'a query looks at a quantile that SPIRE has for some seconds only',
  why: 'its summaries forget after 10 s: without an event in that time the quantile is NaN, and no alert on it fires',
  fix: 'divide the rates of _sum and _count',
  source: 'observed: SPIRE 1.15.3; hashicorp/go-metrics Prometheus sink',
  check: (system, report) => {
    for (const { manifest, path, text, isRule } of queriesOf(system)) {
      const name = /\b(spire_(?:server|agent)_\w+)\s*\{[^}]*\bquantile\s*=/.exec(text)?.[1];
      if (isRule && name !== undefined) report.at(manifest, path, `the quantile of ${name} is NaN ten seconds after its last event`);
    }
  },
};
