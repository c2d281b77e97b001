export interface Lexeme {
  readonly type: 'text' | 'open' | 'close' | 'field' | 'variable' | 'word' | 'string' | 'number' | 'sign' | 'space';
  readonly text: string;
}

/** What Go's text/template refuses. */
export class TemplateError extends Error {}

const PATTERNS: [Lexeme['type'], RegExp][] = [
  ['space', /\s+/y],
  ['field', /\.[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ['variable', /\$[\p{L}\p{Nd}_]*/uy],
  ['number', /[+-]?(?:0[xX][0-9a-fA-F_]+|[0-9][0-9_]*(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?i?|\.[0-9]+)/y],
  ['word', /[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ['string', /"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])+'/y],
  ['sign', /:=|[|(),=.]/y],
];

const CHARACTER = /^'(?:[^\\']|\\(?:[abfnrtv\\']|[0-7]{3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}))'$/u;

/** Cuts a template into text and what stands in its actions. */
export function lex(template: string): Lexeme[] {
  const lexemes: Lexeme[] = [];
  let at = 0;
  while (at < template.length) {
    const open = template.indexOf('{{', at);
    const text = open < 0 ? template.slice(at) : template.slice(at, open);
    if (text !== '') lexemes.push({ type: 'text', text });
    if (open < 0) return lexemes;
    at = action(template, open + 2, lexemes);
  }
  return lexemes;
}

function action(template: string, start: number, lexemes: Lexeme[]): number {
  const trimmed = /-\s/y;
  trimmed.lastIndex = start;
  let at = trimmed.test(template) ? start + 2 : start;
  if (template.startsWith('/*', at)) return comment(template, at);
  lexemes.push({ type: 'open', text: '{{' });
  for (;;) {
    const close = /\s*(?:\s-)?\}\}/y;
    close.lastIndex = at;
    const end = close.exec(template);
    if (end) {
      lexemes.push({ type: 'close', text: '}}' });
      return at + end[0].length;
    }
    const lexeme = next(template, at);
    lexemes.push(lexeme);
    at += lexeme.text.length;
  }
}

function comment(template: string, at: number): number {
  const end = template.indexOf('*/', at);
  const close = /(?:\s-)?\}\}/y;
  close.lastIndex = end + 2;
  const found = end < 0 ? null : close.exec(template);
  if (!found) throw new TemplateError('unclosed comment');
  return end + 2 + found[0].length;
}

function next(template: string, at: number): Lexeme {
  if (at >= template.length) throw new TemplateError('unclosed action');
  for (const [type, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const match = pattern.exec(template);
    if (match?.[0].startsWith("'") && !CHARACTER.test(match[0])) throw new TemplateError(`malformed character constant: ${match[0]}`);
    if (match) return { type, text: match[0] };
  }
  if ('"`\''.includes(template[at])) throw new TemplateError('unterminated quoted string');
  throw new TemplateError(`unexpected "${template[at]}" in action`);
}
