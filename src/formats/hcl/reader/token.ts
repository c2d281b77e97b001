import { unquoteHcl, unquoteJson } from './unquote';

/** A place in a text, both counted from one. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The place of what the reader made up itself. */
export const NOWHERE: Position = { line: 0, column: 0 };

export type TokenType =
  | 'EOF' | 'COMMENT' | 'IDENT' | 'NUMBER' | 'FLOAT' | 'BOOL' | 'STRING' | 'HEREDOC'
  | 'LBRACK' | 'LBRACE' | 'COMMA' | 'PERIOD' | 'RBRACK' | 'RBRACE' | 'ASSIGN' | 'ADD' | 'SUB'
  | 'NULL' | 'COLON';

export interface Token {
  readonly type: TokenType;
  readonly text: string;
  readonly position: Position;
  /** Whether it came out of a JSON document, whose strings have other escapes. */
  readonly json: boolean;
}

/** What HashiCorp's parser refuses, or dies of. */
export class HclError extends Error {
  constructor(message: string, readonly position: Position) {
    super(message);
  }
}

/** The text a token stands for. */
export function textOf(token: Token): string {
  if (token.type === 'HEREDOC') return unindent(token.text);
  if (token.type !== 'STRING') return token.text;
  // JSON null becomes a string token without any text.
  if (token.text === '') return '';
  const value = token.json ? unquoteJson(token.text) : unquoteHcl(token.text);
  if (value === undefined) throw new HclError(`cannot unquote ${token.text}`, token.position);
  return value;
}

function unindent(heredoc: string): string {
  const start = heredoc.indexOf('\n');
  if (heredoc[2] !== '-') return heredoc.slice(start + 1, heredoc.length - start + 1);
  const lines = heredoc.slice(start + 1, heredoc.length - start + 2).split('\n');
  const prefix = lines[lines.length - 1];
  if (!lines.every(line => line.startsWith(prefix))) {
    return heredoc.slice(start + 1, heredoc.length - start + 1).replace(/[ \t]+$/, '');
  }
  return lines.map((line, i) => (i === lines.length - 1 ? '' : line.slice(prefix.length))).join('\n');
}
