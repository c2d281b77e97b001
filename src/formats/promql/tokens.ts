/** A text is no PromQL. */
export class PromqlError extends Error {}

/** A text uses what may be PromQL or not: variables of other programs, and experimental parts of the language. */
export class PromqlUndecided extends Error {}

export interface Token {
  readonly is: 'name' | 'number' | 'duration' | 'string' | 'sign' | 'end';
  /** As it is written; of a string, what it says. */
  readonly text: string;
}

const NUMBER = /^(0x[0-9a-f_]+|(\d[\d_]*(\.[\d_]*)?|\.\d[\d_]*)(e[+-]?[\d_]+)?)/i;
const DURATION = /^(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m(?!s))?(\d+s)?(\d+ms)?/;
const SIGN = /^(==|!=|=~|!~|<=|>=|[-+*/%^=<>(){}[\],:@])/;
// filled in by other programs, or placed between < and > by people; | is of LogQL
const FOREIGN = /^(\$|\{\{|<[A-Za-z][\w .-]*>|\|)/;
const ESCAPE = /^\\([abfnrtv\\]|[0-7]{3}|x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})/i;
const MEANS: Record<string, string> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** The tokens of an expression. @throws PromqlError, PromqlUndecided */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let rest = text;
  for (;;) {
    rest = rest.replace(/^(\s+|#.*)+/, '');
    if (rest === '') return [...tokens, { is: 'end', text: 'the end' }];
    const [token, length] = next(rest, tokens[tokens.length - 1]);
    tokens.push(token);
    rest = rest.slice(length);
  }
}

function next(rest: string, before?: Token): [Token, number] {
  if (FOREIGN.test(rest)) throw new PromqlUndecided();
  if (/^["'`]/.test(rest)) return stringToken(rest);
  const name = /^[A-Za-z_:][\w:]*/.exec(rest)?.[0];
  // a colon may begin the name of a metric, and stands in a subquery
  const isColon = name?.startsWith(':') && (before?.is === 'duration' || before?.is === 'number');
  if (name !== undefined && !isColon) return [/^(inf|nan)$/i.test(name) ? { is: 'number', text: name } : { is: 'name', text: name }, name.length];
  if (/^\.?\d/.test(rest)) return numberToken(rest);
  const sign = SIGN.exec(rest)?.[0];
  if (sign === undefined) throw new PromqlError(`${JSON.stringify(rest[0])} is no part of PromQL`);
  return [{ is: 'sign', text: sign }, sign.length];
}

function numberToken(rest: string): [Token, number] {
  const [duration, number] = [DURATION.exec(rest)![0], NUMBER.exec(rest)![0]];
  const [is, text] = duration.length > number.length || duration !== '' && duration.length === number.length ? ['duration' as const, duration] : ['number' as const, number];
  const after = /^[\w.]+/.exec(rest.slice(text.length))?.[0];
  if (after !== undefined) throw new PromqlError(`"${text}${after}" is neither a number nor a duration such as 5m or 1h30m`);
  return [{ is, text }, text.length];
}

function stringToken(rest: string): [Token, number] {
  const quote = rest[0];
  let says = '';
  for (let at = 1; at < rest.length;) {
    const ch = rest[at];
    if (ch === quote) return [{ is: 'string', text: says }, at + 1];
    if (ch === '\n' && quote !== '`') break;
    const escape = ch !== '\\' || quote === '`' ? undefined : rest.startsWith(`\\${quote}`, at) ? `\\${quote}` : ESCAPE.exec(rest.slice(at))?.[0] ?? unknownEscape(rest.slice(at, at + 2));
    says += escape === undefined ? ch : meaningOf(escape.slice(1));
    at += escape?.length ?? 1;
  }
  throw new PromqlError(`the text in ${quote} does not end`);
}

function unknownEscape(escape: string): never {
  throw new PromqlError(`${escape} in quotes is no escape sequence: write \\${escape}`);
}

function meaningOf(escape: string): string {
  if (/^[0-7]{3}/.test(escape)) return String.fromCharCode(parseInt(escape, 8));
  if (/^[xuU][0-9a-f]/i.test(escape) && escape.length > 1) return String.fromCodePoint(Math.min(parseInt(escape.slice(1), 16), 0x10ffff));
  return MEANS[escape] ?? escape;
}
