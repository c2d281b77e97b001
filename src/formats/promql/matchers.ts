import { PromqlError, PromqlUndecided } from './tokens';
import { compilesInGo } from '../go-regexp';

/** A condition on a label. */
export interface Matcher {
  readonly label: string;
  readonly operator: string;
  readonly value: string;
}

/** Whether a matcher takes series that do not have the label. @throws PromqlError where its pattern is none */
export function matchesEmpty({ operator, value }: Matcher): boolean {
  return /^=/.test(operator) === (/~$/.test(operator) ? patternTakesEmpty(value) : value === '');
}

function patternTakesEmpty(pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 's').test('');
  } catch {
    // what Go compiles and JavaScript does not
    throw new PromqlUndecided();
  }
}

/** @throws PromqlError where a pattern does not compile */
export function checkPattern({ label, operator, value }: Matcher): void {
  // variables of other programs may stand in it
  if (/~$/.test(operator) && !/\$[\w{]|\{\{/.test(value) && !compilesInGo(value)) throw new PromqlError(`the pattern "${value}" of ${label} does not compile`);
}
