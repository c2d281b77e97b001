import { Report } from './report';
import { RuleDescription } from './rule-description';
import { System } from '../model/system';

/** One thing that can be wrong. */
export interface Rule extends RuleDescription {
  check(system: System, report: Report): void;
}
