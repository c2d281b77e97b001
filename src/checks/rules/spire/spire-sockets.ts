import { Level } from '../../finding';
import { spireProblem } from '../../spire-problem';

export const spireSockets = spireProblem('sockets', 'refused', {
  id: 'SPIRE-SOCKETS',
  level: Level.ERROR,
  title: 'socket paths are in each other\'s way',
  why: 'the process stops or hangs, or workloads could reach the admin API',
  fix: 'use short paths in separate folders',
  source: 'cmd/spire-agent/cli/run/run_posix.go getAdminAddr',
});
