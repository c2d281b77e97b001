import { queriesOf, selectorsOf } from '../../../model/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsAlwaysTrue: Rule = {
  id: 'OBS-ALWAYS-TRUE',
  level: Level.ERROR,
  title: 'an alert fires always',
  why: 'connection_security_policy is "unknown" in what clients report, so != "mutual_tls" is always there',
  fix: 'add reporter="destination"',
  source: 'istio pilot/pkg/model/telemetry.go',
  check: (system, report) => {
    for (const { manifest, path, text } of queriesOf(system)) {
      const selectors = selectorsOf(text, /istio_\w+/);
      if (selectors.some(selector => /connection_security_policy\s*!=\s*"mutual_tls"/.test(selector) && !/reporter\s*=/.test(selector))) report.at(manifest, path, 'connection_security_policy!="mutual_tls" without reporter="destination"');
    }
  },
};
