import { Level } from '../../finding';
import { spireProblem } from '../../spire-problem';

export const spireUnknownKey = spireProblem('unknown-key', 'refused', {
  id: 'SPIRE-UNKNOWN-KEY',
  level: Level.ERROR,
  title: 'a configuration has a key that SPIRE does not know',
  why: 'SPIRE stops with "unknown configuration detected"',
  fix: 'remove or correct the key',
  source: 'cmd/spire-server/cli/run/run.go checkForUnknownConfig',
});
