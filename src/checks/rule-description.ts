import { Level } from './finding';

/** What people are told of a rule. */
export interface RuleDescription {
  /** Never changes: it stands in annotations and baselines. */
  readonly id: string;
  readonly level: Level;
  /** What is wrong, in a few words. */
  readonly title: string;
  /** What happens because of it. */
  readonly why: string;
  /** What to change. */
  readonly fix: string;
  /** What says so: a file of the program, or an observed run. */
  readonly source: string;
}
