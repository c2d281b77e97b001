import { Level } from '../../finding';
import { spireProblem } from '../../spire-problem';

export const spireHealthPort = spireProblem('health', 'warning', {
  id: 'SPIRE-HEALTH-PORT',
  level: Level.WARNING,
  title: 'the health check port is no port',
  why: 'SPIRE runs without health checks',
  fix: 'give a number',
  source: 'pkg/common/health',
});
