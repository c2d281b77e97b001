import { Level } from '../../finding';
import { spireProblem } from '../../spire-problem';

export const spireSyntax = spireProblem('syntax', 'refused', {
  id: 'SPIRE-SYNTAX',
  level: Level.ERROR,
  title: 'a configuration cannot be decoded',
  why: 'SPIRE stops at once',
  fix: 'correct the HCL or JSON',
  source: 'hashicorp/hcl v1, cmd/spire-server/cli/run/run.go ParseFile',
});
