import { Level } from '../../finding';
import { spireProblem } from '../../spire-problem';

export const spireHealth = spireProblem('health', 'refused', {
  id: 'SPIRE-HEALTH',
  level: Level.ERROR,
  title: 'the health check paths make SPIRE panic',
  why: 'the process dies at start',
  fix: 'use two different paths that start with a slash',
  source: 'pkg/common/health',
});
