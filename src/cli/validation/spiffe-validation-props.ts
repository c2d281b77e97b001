import { Level } from '../../checks';

/**
 * What the validation looks for, and when it fails.
 */
export interface SpiffeValidationProps {
  /**
   * The validation fails at a finding of this level, or of a worse one.
   *
   * @default - it fails at errors
   */
  readonly level?: Level;

  /**
   * Run these rules only.
   *
   * @default - all rules
   */
  readonly only?: string[];

  /**
   * Leave these rules out.
   *
   * @default - none
   */
  readonly skip?: string[];
}
