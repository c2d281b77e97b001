import { Level } from '../../finding';
import { spireProblem } from '../../spire-problem';

export const spireFederationConfig = spireProblem('federation', 'refused', {
  id: 'SPIRE-FEDERATION-CONFIG',
  level: Level.ERROR,
  title: 'the federation block is not valid',
  why: 'the server stops at once',
  fix: 'correct the block',
  source: 'cmd/spire-server/cli/run/run.go setBundleEndpointConfigProfile',
});
