import { asObjects } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTelemetryEntries: Rule = {
  id: 'MESH-TELEMETRY-ENTRIES',
  level: Level.WARNING,
  title: 'a Telemetry has several tracing entries, or one that does nothing',
  why: 'only one tracing entry is supported, and an entry without providers repeats the defaults',
  fix: 'put everything into one entry',
  source: 'istio pkg/config/validation/validation.go',
  check: (system, report) => {
    for (const telemetry of system.all('Telemetry')) {
      if (asObjects(telemetry.spec.tracing).length > 1) report.at(telemetry, ['spec', 'tracing', 1], 'several tracing entries are not supported');
      const logging = asObjects(telemetry.spec.accessLogging);
      logging.forEach((entry, i) => logging.length > 1 && entry.providers === undefined && entry.match === undefined && report.at(telemetry, ['spec', 'accessLogging', i], 'an access log entry without a provider'));
    }
  },
};
