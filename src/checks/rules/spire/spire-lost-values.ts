import { Level } from '../../finding';
import { spireProblem } from '../../spire-problem';

export const spireLostValues = spireProblem('lost', 'warning', {
  id: 'SPIRE-LOST-VALUES',
  level: Level.WARNING,
  title: 'values are lost',
  why: 'a block with a stray label is accepted, its values are not used; of a value that is there twice one counts',
  fix: 'remove the label, or write the value once',
  source: 'hashicorp/hcl v1 decoder.go',
});
