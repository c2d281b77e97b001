import { Level } from '../../finding';
import { helperProblems } from '../../helper-problems';
import { Rule } from '../../rule';

export const spireHelperIgnored: Rule = {
  id: 'SPIRE-HELPER-IGNORED',
  level: Level.WARNING,
  title: 'spiffe-helper does not use a part of its configuration',
  why: 'what is written there has no effect',
  fix: 'correct or remove it',
  source: 'spiffe-helper cmd/spiffe-helper/config/config.go ValidateConfig',
  check: (system, report) => helperProblems(system, 'warning', report),
};
