import { UNREADABLE } from '../../engine';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const inputUnreadable: Rule = {
  id: UNREADABLE,
  level: Level.ERROR,
  title: 'a document is no YAML, JSON or HCL',
  why: 'what cannot be read is neither applied nor checked',
  fix: 'correct the file, or leave it out',
  source: 'YAML 1.2',
  // The engine reports what it could not read, before there is a system to look at.
  check: () => undefined,
};
