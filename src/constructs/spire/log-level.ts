/**
 * How much SPIRE logs.
 */
export enum LogLevel {
  /**
   * Errors only.
   */
  ERROR = 'ERROR',

  /**
   * Errors and warnings.
   */
  WARN = 'WARN',

  /**
   * What an operator wants to know.
   */
  INFO = 'INFO',

  /**
   * What a developer wants to know.
   */
  DEBUG = 'DEBUG',
}
