import { queriesOf } from '../../../model/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsNamePattern: Rule = {
  id: 'OBS-NAME-PATTERN',
  level: Level.ERROR,
  title: 'a rate is taken over a pattern of metric names',
  why: 'rate drops the name, two series become equal, and Prometheus fails with "same labelset"',
  fix: 'write one rate for each metric, joined with or',
  source: 'observed: promtool 2.42',
  check: (system, report) => {
    for (const { manifest, path, text } of queriesOf(system)) {
      if (/\b(rate|irate|increase)\s*\(\s*\{[^}]*__name__\s*=~/.test(text)) report.at(manifest, path, 'rate over __name__=~');
    }
  },
};
