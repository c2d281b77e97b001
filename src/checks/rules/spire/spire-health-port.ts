import { Level } from '../../finding';
import { spireProblem } from '../../spire-problem';

export const spireHealthPort = spireProblem('health', 'warning', {
  id: 'SPIRE-HEALTH-PORT',
  level: Level.WARNING,
  title: 'the health checks cannot listen',
  why: 'SPIRE runs without health checks',
  fix: 'give an IP address or a name, and a number for the port',
  source: 'pkg/common/health',
});
