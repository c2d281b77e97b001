/**
 * What the checks do at a synthesis.
 */
export enum OutputChecks {
  /**
   * Errors stop the output; warnings and notes are in the summary.
   */
  STOP_AT_ERRORS = 'stop-at-errors',

  /**
   * Errors, too, are only in the summary.
   *
   * For an app with defects that are known and not repaired yet.
   */
  REPORT = 'report',

  /**
   * Nothing is checked.
   */
  OFF = 'off',
}
