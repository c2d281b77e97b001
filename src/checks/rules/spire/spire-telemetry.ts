import { Level } from '../../finding';
import { spireProblem } from '../../spire-problem';

export const spireTelemetry = spireProblem('telemetry', 'refused', {
  id: 'SPIRE-TELEMETRY',
  level: Level.ERROR,
  title: 'the telemetry block is not valid',
  why: 'SPIRE stops when it starts its metrics',
  fix: 'correct the block',
  source: 'pkg/common/telemetry',
});
