import { Level } from '../../finding';
import { spireProblem } from '../../spire-problem';

export const spireRequiredKey = spireProblem('required', 'refused', {
  id: 'SPIRE-REQUIRED-KEY',
  level: Level.ERROR,
  title: 'a required key is missing',
  why: 'SPIRE stops at once',
  fix: 'set the key',
  source: 'cmd/spire-agent/cli/run/run.go validate',
});
