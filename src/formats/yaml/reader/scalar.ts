import { NotSure } from '../not-sure';

// what may be the name of something else than a text, or a number
const FIRST_OF_OTHERS = /^[-+.0-9~nNtTfF]/;
const NULL = /^(?:~|null|Null|NULL)$/;
const TRUE = /^(?:true|True|TRUE)$/;
const FALSE = /^(?:false|False|FALSE)$/;
const INTEGER = /^[-+]?[0-9]+$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)$/;
const RARE_NUMBER = /^(?:0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+)$/;

/**
 * What a text without quotes stands for in YAML 1.2.
 */
export function plainValue(text: string): unknown {
  if (!FIRST_OF_OTHERS.test(text)) {
    return text;
  }
  if (INTEGER.test(text)) {
    return parseInt(text, 10);
  }
  if (FLOAT.test(text)) {
    return parseFloat(text);
  }
  if (RARE_NUMBER.test(text)) {
    throw new NotSure();
  }
  if (text.length > 'false'.length) {
    return text;
  }
  return NULL.test(text) ? null : TRUE.test(text) ? true : FALSE.test(text) ? false : text;
}

/**
 * The key that a value is as: a number and a boolean as they are written.
 */
export function keyOf(value: unknown, written: string): string {
  if (String(value) !== written || value === null) {
    throw new NotSure();
  }
  return written;
}

/**
 * Where a text in quotes ends: behind the closing quote.
 */
export function endOfQuoted(text: string, start: number): number {
  const quote = text[start];
  let end = text.indexOf(quote, start + 1);
  if (quote === '"') {
    while (end !== -1 && isEscaped(text, end)) {
      end = text.indexOf(quote, end + 1);
    }
  } else {
    while (end !== -1 && text[end + 1] === quote) {
      end = text.indexOf(quote, end + 2);
    }
  }
  if (end === -1) {
    throw new NotSure();
  }
  return end + 1;
}

function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text[start - 1] === '\\') {
    start--;
  }
  return (at - start) % 2 === 1;
}

/**
 * What a text in quotes stands for.
 *
 * @param column the column that its lines after the first must be behind
 */
export function quotedValue(written: string, column: number): string {
  const line = written.includes('\n') ? unfolded(written, column) : written;
  if (line[0] === '\'') {
    return line.includes('\'\'', 1) ? line.slice(1, -1).replaceAll('\'\'', '\'') : line.slice(1, -1);
  }
  return line.includes('\\') ? escapedValue(line) : line.slice(1, -1);
}

// lines are joined by spaces, and empty ones are line breaks
function unfolded(written: string, column: number): string {
  if (/\t|\\ *\n/.test(written)) {
    throw new NotSure();
  }
  const [first, ...others] = written.split('\n');
  let result = withoutSpaces(first, 0, first.length);
  let breaks = 0;
  others.forEach((line, index) => {
    const start = line.search(/[^ ]/);
    if (start === -1) {
      breaks++;
      return;
    }
    if (start <= column) {
      throw new NotSure();
    }
    const isLast = index === others.length - 1;
    result += ('\n'.repeat(breaks) || ' ') + (isLast ? line.slice(start) : withoutSpaces(line, start, line.length));
    breaks = 0;
  });
  return result;
}

// the escapes of JSON mean the same in YAML, which has more
function escapedValue(written: string): string {
  try {
    return JSON.parse(written) as string;
  } catch {
    throw new NotSure();
  }
}

/**
 * A part of a text without the spaces at its end.
 */
export function withoutSpaces(text: string, start: number, end: number): string {
  let last = end;
  while (text[last - 1] === ' ') {
    last--;
  }
  return text.slice(start, last);
}
