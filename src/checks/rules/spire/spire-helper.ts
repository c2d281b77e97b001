import { Level } from '../../finding';
import { helperProblems } from '../../helper-problems';
import { Rule } from '../../rule';

export const spireHelper: Rule = {
  id: 'SPIRE-HELPER',
  level: Level.ERROR,
  title: 'spiffe-helper does not take its configuration',
  why: 'it stops at once, and what waits for the files waits for ever',
  fix: 'correct the configuration',
  source: 'spiffe-helper cmd/spiffe-helper/config/config.go ValidateConfig',
  check: (system, report) => helperProblems(system, 'refused', report),
};
