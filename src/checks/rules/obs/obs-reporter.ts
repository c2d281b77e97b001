import { queriesOf, selectorsOf } from '../../../model/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsReporter: Rule = {
  id: 'OBS-REPORTER',
  level: Level.WARNING,
  title: 'a query counts every request of the mesh twice',
  why: 'client and server report each request; and the client\'s connection_security_policy is always "unknown"',
  fix: 'add reporter="destination"',
  source: 'istio pilot/pkg/model/telemetry.go',
  check: (system, report) => {
    for (const { manifest, path, text } of queriesOf(system)) {
      // Dashboards have variables for the reporter, or look at one side on purpose.
      if (path.includes('targets')) continue;
      const bare = selectorsOf(text, /istio_(?:requests_total|request_duration_milliseconds_\w+|tcp_\w+_total)/).some(selector => !/reporter\s*=~?\s*/.test(selector));
      if (bare && !/by\s*\([^)]*reporter/.test(text)) report.at(manifest, path, 'the metric is not restricted to one reporter');
    }
  },
};
