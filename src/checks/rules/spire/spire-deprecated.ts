import { Level } from '../../finding';
import { spireProblem } from '../../spire-problem';

export const spireDeprecated = spireProblem('deprecated', 'warning', {
  id: 'SPIRE-DEPRECATED',
  level: Level.WARNING,
  title: 'a deprecated way to configure',
  why: 'a later release refuses it',
  fix: 'use the present form',
  source: 'doc/upgrading.md',
});
