import { PromqlType } from './functions';
import { PromqlParser } from './parser';
import { PromqlError, PromqlUndecided } from './tokens';

export { PROMQL_FUNCTIONS, PromqlType } from './functions';

/** What an expression gives, or why Prometheus refuses it; neither where that cannot be told. */
export interface PromqlReading {
  readonly type?: PromqlType;
  readonly problem?: string;
}

/** Reads a PromQL expression as Prometheus does. Experimental functions are taken as switched on; other experimental parts are not judged. */
export function readPromql(text: string): PromqlReading {
  try {
    return { type: new PromqlParser(text).whole() };
  } catch (error) {
    if (error instanceof PromqlError) return { problem: error.message };
    if (error instanceof PromqlUndecided || error instanceof RangeError) return {};
    throw error;
  }
}
