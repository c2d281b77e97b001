import { Finding } from '../checks';

/**
 * What the checks found at a synthesis.
 */
export interface SynthesisChecks {
  /**
   * The errors and warnings.
   *
   * Errors stop the output unless they are only to be reported.
   */
  readonly findings: Finding[];

  /**
   * How many notes there are: what works, and could be better.
   */
  readonly noteCount: number;

  /**
   * How many findings are accepted, by annotations and comments.
   *
   * They are in neither of the others.
   */
  readonly skippedCount: number;
}
