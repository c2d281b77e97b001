import { Level } from '../../finding';
import { spireProblem } from '../../spire-problem';

export const spireValueIgnored = spireProblem('value', 'warning', {
  id: 'SPIRE-VALUE-IGNORED',
  level: Level.WARNING,
  title: 'a value is ignored',
  why: 'SPIRE logs a warning and does something else',
  fix: 'correct the value',
  source: 'cmd/spire-agent/cli/run/run.go NewAgentConfig',
});
