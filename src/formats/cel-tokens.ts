const ESCAPE = '\\\\(?:[abfnrtv\\\\?"\'`]|[xX][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-3][0-7]{2})';

/** What CEL is made of, longest first. */
const TOKEN = new RegExp([
  '(?:[bB]?[rR]|[rR][bB])(?:"""[^]*?"""|\'\'\'[^]*?\'\'\'|"[^"\\n\\r]*"|\'[^\'\\n\\r]*\')',
  `[bB]?(?:"""(?:${ESCAPE}|[^\\\\])*?"""|'''(?:${ESCAPE}|[^\\\\])*?'''|"(?!"")(?:${ESCAPE}|[^\\\\"\\n\\r])*"|'(?!'')(?:${ESCAPE}|[^\\\\'\\n\\r])*')`,
  '(?:\\d+\\.\\d+|\\d+(?=[eE][-+]?\\d)|\\.\\d+)(?:[eE][-+]?\\d+)?',
  '(?:0x[0-9a-fA-F]+|\\d+)[uU]?',
  '[A-Za-z_]\\w*',
  '`[-\\w./ ]+`',
  '\\|\\||&&|<=|>=|==|!=|[-+*/%<>!?:.,()[\\]{}]',
].join('|'), 'y');
const SPACE = /(?:\s|\/\/[^\n]*)*/y;

/** The tokens of an expression, and the first text that is none. */
export function tokensOf(text: string): { tokens: string[]; wrong?: string } {
  const tokens: string[] = [];
  let at = 0;
  for (;;) {
    SPACE.lastIndex = at;
    at += SPACE.exec(text)![0].length;
    if (at >= text.length) return { tokens };
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (!found) return { tokens, wrong: text.slice(at).split(/\s/)[0].slice(0, 20) };
    tokens.push(found[0]);
    at += found[0].length;
  }
}

const BIGGEST = 2n ** 63n - 1n;

/** Whether a whole number does not fit into 64 bits. */
export function isTooBig(token: string, isNegative: boolean): boolean {
  if (!/^(?:0x[0-9a-fA-F]+|\d+)[uU]?$/.test(token)) return false;
  const value = BigInt(token.replace(/[uU]$/, ''));
  return /[uU]$/.test(token) ? value > 2n * BIGGEST + 1n : value > BIGGEST + (isNegative ? 1n : 0n);
}
