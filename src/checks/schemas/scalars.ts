import { nearestOf } from './slip';
import { Json } from '../../model/manifest';
import { parseDuration } from '../../model/spire/values';

/** How a program reads JSON. */
export interface Dialect {
  /** Whether a whole number was written with a point, and so is text where text is wanted. */
  readonly isFloat: (value: number) => boolean;
  /** Whether it is Istio, in Go: durations may be such as 500ms or 1h, and not in seconds only, and what is of any type must say of which. */
  readonly isGo: boolean;
}

const WHOLE = /^[-+]?(0x[0-9a-f]+|\d+(\.0+)?)$/i;
const BOOLEAN = /^(true|false|t|f|yes|no|y|n|on|off|1|0)$/i;
const DURATION = /^-?\d+(\.\d{1,9})?s$/;
const TIME = /^\d{4}-\d{2}-\d{2}[Tt ]/;
const BASE64 = /^[\w+/=-]*$/;

/**
 * What is wanted in place of a value of a simple type, in the notation of messages; undefined where it is right.
 *
 * Reads as loosely as Envoy does: numbers and booleans may be in quotes, words in any case or by number, and numbers with a point are text.
 */
export function scalarFault(type: string, value: Json, dialect: Dialect): string | undefined {
  if (type.startsWith('(')) return wordFault(type.slice(1, -1).split('|'), value);
  if (type.startsWith('w')) return isHolder(value, ['value']) ? undefined : scalarFault(type.slice(1), value, dialect);
  switch (type[0]) {
    case 's': return typeof value === 'string' || typeof value === 'number' && (!Number.isInteger(value) || dialect.isFloat(value)) ? undefined : 'text is wanted: write it in quotes';
    case 'y': return typeof value === 'string' && BASE64.test(value) ? undefined : 'base64 is wanted';
    case 'b': return typeof value === 'boolean' || typeof value === 'string' && BOOLEAN.test(value) ? undefined : 'true or false is wanted';
    case 't': return typeof value === 'string' && TIME.test(value) ? undefined : 'a time such as 2026-01-31T12:00:00Z is wanted';
    case 'd': case 'D': return durationFault(type, value, dialect);
    default: return numberFault(type, value);
  }
}

function wordFault(words: readonly string[], value: Json): string | undefined {
  const isNumber = typeof value === 'number' ? Number.isInteger(value) : typeof value === 'string' && /^-?\d+$/.test(value);
  const isWord = typeof value === 'string' && words.some(word => word.toLowerCase() === value.toLowerCase());
  return isNumber || isWord ? undefined : `one of ${nearestOf(String(value), words)} is wanted`;
}

function isHolder(value: Json, names: readonly string[]): boolean {
  return typeof value === 'object' && !Array.isArray(value) && Object.keys(value).every(key => names.includes(key));
}

function durationFault(type: string, value: Json, { isGo }: Dialect): string | undefined {
  if (isHolder(value, ['seconds', 'nanos'])) return undefined;
  if (isGo) return typeof value === 'string' && parseDuration(value) !== undefined ? undefined : 'a duration such as 5s or 1m30s is wanted';
  if (typeof value !== 'string' || !DURATION.test(value)) return 'a duration in seconds such as 5s or 0.25s is wanted';
  return type === 'D' && parseFloat(value) <= 0 ? 'a duration above 0s is wanted' : undefined;
}

function numberFault(type: string, value: Json): string | undefined {
  const isText = typeof value === 'string' && value.trim() !== '';
  const number = typeof value === 'number' || isText && value.trim() === value ? Number(value) : NaN;
  if (type[0] === 'n' ? Number.isNaN(number) && value !== 'NaN' : !Number.isInteger(number) || isText && !WHOLE.test(value)) return type[0] === 'n' ? 'a number is wanted' : 'a whole number is wanted';
  const [low, high] = limitsOf(type);
  return number < low || number > high ? `${low > -Infinity && high < Infinity ? `${low} to ${high}` : low > -Infinity ? `at least ${low}` : `at most ${high}`} is wanted` : undefined;
}

const RANGES: Record<string, [number, number]> = { i: [-(2 ** 31), 2 ** 31 - 1], u: [0, 2 ** 32 - 1], U: [0, Infinity] };

function limitsOf(type: string): [number, number] {
  const [low, high] = RANGES[type[0]] ?? [-Infinity, Infinity];
  const [least = '', most = ''] = type.slice(1).split('~');
  return [least === '' ? low : Number(least), most === '' ? high : Number(most)];
}
