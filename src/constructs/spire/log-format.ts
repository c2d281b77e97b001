/**
 * How SPIRE writes its log.
 */
export enum LogFormat {
  /**
   * One JSON object a line, for machines.
   */
  JSON = 'json',

  /**
   * Text, for people.
   */
  TEXT = 'text',
}
