import { Level } from '../../finding';
import { spireProblem } from '../../spire-problem';

export const spireFederationDoubtful = spireProblem('federation', 'warning', {
  id: 'SPIRE-FEDERATION-DOUBTFUL',
  level: Level.WARNING,
  title: 'the federation block does not do what it says',
  why: 'the server starts and does something else',
  fix: 'correct the block',
  source: 'cmd/spire-server/cli/run/run.go',
});
