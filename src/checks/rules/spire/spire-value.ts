import { Level } from '../../finding';
import { spireProblem } from '../../spire-problem';

export const spireValue = spireProblem('value', 'refused', {
  id: 'SPIRE-VALUE',
  level: Level.ERROR,
  title: 'a value is not one that SPIRE takes',
  why: 'SPIRE stops at once',
  fix: 'correct the value',
  source: 'cmd/spire-server/cli/run/run.go NewServerConfig',
});
