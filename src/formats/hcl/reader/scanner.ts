import { HclError, Position, Token, TokenType } from './token';

const LETTER = /[\p{L}_]/u;
const DIGIT = /[0-9\p{Nd}]/u;
const decimal = (ch: string): boolean => ch >= '0' && ch <= '9';
const hexadecimal = (ch: string): boolean => /^[0-9a-fA-F]$/.test(ch);
const letter = (ch: string): boolean => ch !== '' && LETTER.test(ch);
const letterOrDigit = (ch: string): boolean => ch !== '' && (LETTER.test(ch) || DIGIT.test(ch));

const SIGNS: Record<string, TokenType> = { '[': 'LBRACK', ']': 'RBRACK', '{': 'LBRACE', '}': 'RBRACE', ',': 'COMMA' };
const HCL_SIGNS: Record<string, TokenType> = { ...SIGNS, '=': 'ASSIGN', '+': 'ADD' };
const JSON_SIGNS: Record<string, TokenType> = { ...SIGNS, ':': 'COLON' };

/** Cuts a text into tokens as HashiCorp's HCL v1 does, for native HCL and for its JSON. */
export class Scanner {
  private at = 0;
  private line = 1;
  private lineStart = 0;

  constructor(private readonly text: string, private readonly json: boolean) {}

  public scan(): Token {
    while (' \t\n\r'.includes(this.peek()) && this.at < this.text.length) this.next();
    const start = this.at;
    const position = this.position();
    const type = this.type();
    return { type, text: this.text.slice(start, this.at), position, json: this.json };
  }

  private type(): TokenType {
    if (this.at >= this.text.length) return 'EOF';
    const ch = this.next();
    if (letter(ch)) return this.word(ch);
    if (decimal(ch)) return this.number(ch);
    if (ch === '"') return this.string();
    if (ch === '.') return this.period();
    const sign = (this.json ? JSON_SIGNS : HCL_SIGNS)[ch];
    if (sign) return sign;
    if (ch === '-') return this.minus();
    if (!this.json && (ch === '#' || ch === '/')) return this.comment(ch);
    if (!this.json && ch === '<') return this.heredoc();
    throw this.error('illegal char');
  }

  private word(first: string): TokenType {
    let word = first;
    while (letterOrDigit(this.peek()) || this.peek() === '-' || (!this.json && this.peek() === '.')) word += this.next();
    if (word === 'true' || word === 'false') return 'BOOL';
    if (!this.json) return 'IDENT';
    if (word === 'null') return 'NULL';
    throw this.error('illegal char');
  }

  private period(): TokenType {
    if (!decimal(this.peek())) return 'PERIOD';
    this.digits();
    this.exponent();
    return 'FLOAT';
  }

  private minus(): TokenType {
    if (decimal(this.peek())) return this.number(this.next());
    if (this.json) throw this.error('illegal char');
    return 'SUB';
  }

  private number(first: string): TokenType {
    const start = this.at;
    if (!this.json && first === '0' && (this.peek() === 'x' || this.peek() === 'X')) {
      this.next();
      if (!hexadecimal(this.peek())) throw this.error('illegal hexadecimal number');
      while (hexadecimal(this.peek())) this.next();
      return 'NUMBER';
    }
    this.digits();
    const whole = this.text.slice(start, this.at);
    if (this.exponent()) return 'FLOAT';
    if (this.peek() === '.') {
      this.next();
      this.digits();
      this.exponent();
      return 'FLOAT';
    }
    if (first === '0' && this.json && whole !== '') throw this.error('numbers cannot start with 0');
    // 08 passes: the first digit behind the zero is not looked at
    if (first === '0' && /[89]/.test(whole.slice(1))) throw this.error('illegal octal number');
    return 'NUMBER';
  }

  private exponent(): boolean {
    if (this.peek() !== 'e' && this.peek() !== 'E') return false;
    this.next();
    if (this.peek() === '-' || this.peek() === '+') this.next();
    this.digits();
    return true;
  }

  private digits(): void {
    while (decimal(this.peek())) this.next();
  }

  private string(): TokenType {
    let braces = 0;
    for (;;) {
      const ch = this.next();
      if (ch === '' || (ch === '\n' && (this.json || braces === 0))) throw this.error('literal not terminated');
      if (ch === '"' && (this.json || braces === 0)) return 'STRING';
      if (braces === 0 && ch === '$' && this.peek() === '{') {
        this.next();
        braces = 1;
      } else if (braces > 0 && ch === '{') {
        braces++;
      } else if (braces > 0 && ch === '}') {
        braces--;
      }
      if (ch === '\\') this.escape();
    }
  }

  private escape(): void {
    const kind = this.next();
    if (kind !== '' && 'abfnrtv\\"'.includes(kind)) return;
    const [pattern, count] = kind === 'x' ? [hexadecimal, 2] as const
      : kind === 'u' ? [hexadecimal, 4] as const
        : kind === 'U' ? [hexadecimal, 8] as const
          : [(ch: string) => ch >= '0' && ch <= '7', 2] as const;
    if (!'01234567xuU'.includes(kind) || kind === '') throw this.error('illegal char escape');
    for (let i = 0; i < count; i++) {
      if (!pattern(this.peek())) throw this.error('illegal char escape');
      this.next();
    }
  }

  private comment(first: string): TokenType {
    if (first === '/' && this.peek() === '*') {
      const end = this.text.indexOf('*/', this.at + 1);
      if (end < 0) throw this.error('comment not terminated');
      while (this.at < end + 2) this.next();
      return 'COMMENT';
    }
    if (first === '/' && this.peek() !== '/') throw this.error("expected '/' for comment");
    while (this.at < this.text.length && this.peek() !== '\n') this.next();
    return 'COMMENT';
  }

  private heredoc(): TokenType {
    if (this.next() !== '<') throw this.error("heredoc expected second '<', didn't see it");
    const start = this.at;
    if (this.peek() === '-') this.next();
    while (letterOrDigit(this.peek())) this.next();
    const anchor = this.text.slice(start, this.at);
    if (this.peek() === '\r') this.next();
    if (this.peek() === '') throw this.error('heredoc not terminated');
    if (this.next() !== '\n') throw this.error('invalid characters in heredoc anchor');
    if (anchor === '' || anchor === '-') throw this.error('zero-length heredoc anchor');
    const name = anchor.replace(/^-/, '');
    let lineStart = this.at;
    for (;;) {
      const ch = this.next();
      if (ch === '') throw this.error('heredoc not terminated');
      if (ch !== '\n') continue;
      const line = this.text.slice(lineStart, this.at - 1);
      if (line.length >= anchor.length && line.replace(/^\s*/, '').replace(/\r*$/, '') === name) return 'HEREDOC';
      lineStart = this.at;
    }
  }

  private peek(): string {
    const code = this.text.codePointAt(this.at);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  private next(): string {
    const ch = this.peek();
    this.at += ch.length;
    if (ch === '\n') {
      this.line++;
      this.lineStart = this.at;
    }
    if (ch === '\0' && !this.json) throw this.error('unexpected null character (0x00)');
    return ch;
  }

  private position(): Position {
    return { line: this.line, column: this.at - this.lineStart + 1 };
  }

  private error(message: string): HclError {
    return new HclError(message, this.position());
  }
}
