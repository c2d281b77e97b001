import { Level } from '../../finding';
import { spireProblem } from '../../spire-problem';

export const spireTrustBundle = spireProblem('trust-bundle', 'refused', {
  id: 'SPIRE-TRUST-BUNDLE',
  level: Level.ERROR,
  title: 'the agent\'s first trust bundle is not clear',
  why: 'the agent stops at once',
  fix: 'set exactly one source of the bundle',
  source: 'cmd/spire-agent/cli/run/run.go validate',
});
