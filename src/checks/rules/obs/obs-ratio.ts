import { queriesOf } from '../../../model/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsRatio: Rule = {
  id: 'OBS-RATIO',
  level: Level.WARNING,
  title: 'a share is made of raw counters',
  why: 'counters start anew at every restart, and tell about all time, not about now',
  fix: 'take rate(…[5m]) on both sides',
  source: 'Prometheus documentation',
  check: (system, report) => {
    for (const { manifest, path, text } of queriesOf(system)) {
      if (/sum(\s+by\s*\([^)]*\))?\s*\(\s*istio_requests_total\b/.test(text) && /\//.test(text)) report.at(manifest, path, 'istio_requests_total without rate');
    }
  },
};
