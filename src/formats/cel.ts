import { isTooBig, tokensOf } from './cel-tokens';

/** Why a text is no expression of CEL, the Common Expression Language, or undefined; what its names mean is not looked at. */
export function celFault(text: string): string | undefined {
  try {
    new Expression(text).whole();
    return undefined;
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    return error.message;
  }
}

class CelError extends Error {}

const BINARY = ['||', '&&', '<', '<=', '>=', '>', '==', '!=', 'in', '+', '-', '*', '/', '%'];
const RESERVED = ['as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import', 'let', 'loop', 'package', 'namespace', 'return', 'var', 'void', 'while'];
const NO_NAMES = [...RESERVED, 'in', 'true', 'false', 'null'];
const DEEPEST = 250;

/** Macros whose first argument is the name that stands for each element. */
const LOOPS = new Map([['all', [2]], ['exists', [2]], ['exists_one', [2]], ['existsOne', [2]], ['map', [2, 3]], ['filter', [2]]]);

/** Reads an expression for what is refused only: how operators bind does not matter for that. */
class Expression {
  private readonly tokens: string[];
  private at = 0;
  private depth = 0;

  constructor(text: string) {
    const { tokens, wrong } = tokensOf(text);
    if (wrong !== undefined) throw new CelError(`${wrong} may not be there`);
    this.tokens = tokens;
  }

  public whole(): void {
    this.expression();
    if (this.at < this.tokens.length) this.fail();
  }

  private expression(): void {
    if (++this.depth > DEEPEST) throw new CelError('it is nested too deep');
    this.operands();
    if (this.take('?')) {
      this.operands();
      this.want(':');
      this.expression();
    }
    this.depth--;
  }

  private operands(): void {
    do this.unary(); while (BINARY.some(operator => this.take(operator)));
  }

  private unary(): void {
    const sign = ['!', '-'].find(operator => this.take(operator));
    if (sign !== undefined) while (this.take(sign));
    // a number has its own sign
    if (sign === '!' && /^\.?\d/.test(this.tokens[this.at + 1] ?? '')) this.take('-');
    this.primary();
  }

  private primary(): void {
    let isName = false;
    if (this.take('(')) {
      this.expression();
      this.want(')');
    } else if (this.take('[')) {
      this.items(']', () => this.expression());
    } else if (this.take('{')) {
      this.items('}', () => this.pair());
    } else if (this.take('.') || this.isName()) {
      isName = true;
      const name = this.name();
      if (this.take('(')) {
        isName = false;
        this.call(name === 'has' ? name : undefined);
      }
    } else {
      this.literal();
    }
    this.members(isName);
  }

  private members(mayBeMessage: boolean): void {
    let isName = mayBeMessage;
    for (;;) {
      if (this.take('.')) {
        const name = this.name(true);
        if (!this.take('(')) continue;
        this.call(LOOPS.has(name) ? name : undefined);
        isName = false;
      } else if (this.take('[')) {
        this.expression();
        this.want(']');
        isName = false;
      } else if (isName && this.take('{')) {
        this.items('}', () => {
          this.name(true);
          this.want(':');
          this.expression();
        });
        isName = false;
      } else {
        return;
      }
    }
  }

  /** The arguments of a call, of which the macros want some in a form of their own. */
  private call(macro: string | undefined): void {
    const starts: number[] = [];
    this.items(')', () => {
      starts.push(this.at);
      this.expression();
    }, false);
    const ends = [...starts.slice(1).map(start => start - 1), this.at - 1];
    if (macro === 'has' && starts.length === 1 && !this.isSelection(starts[0], ends[0])) throw new CelError('has() wants a field, such as has(request.auth)');
    if (macro !== undefined && LOOPS.get(macro)?.includes(starts.length) && !(ends[0] - starts[0] === 1 && this.isName(starts[0]))) {
      throw new CelError(`the first argument of ${macro}() must be a plain name`);
    }
  }

  /** Whether an argument ends in a field. */
  private isSelection(start: number, end: number): boolean {
    return end - start >= 3 && this.tokens[end - 2] === '.' && this.isName(end - 1, true);
  }

  private items(end: string, item: () => void, mayTrail = true): void {
    if (this.take(end)) return;
    do {
      if (mayTrail && this.tokens[this.at] === end) break;
      item();
    } while (this.take(','));
    this.want(end);
  }

  private pair(): void {
    this.expression();
    this.want(':');
    this.expression();
  }

  private literal(): void {
    const token = this.tokens[this.at] ?? '';
    if (!/^(?:\.?\d|[rRbB]{0,2}["']|(?:true|false|null)$)/.test(token)) this.fail();
    if (isTooBig(token, this.tokens[this.at - 1] === '-')) throw new CelError(`${token} is too big a number`);
    this.at++;
  }

  /** A name; as a field it may be one that is reserved. */
  private name(isField = false): string {
    if (!this.isName(this.at, isField)) this.fail();
    return this.tokens[this.at++];
  }

  private isName(at = this.at, isField = false): boolean {
    const token = this.tokens[at] ?? '';
    return (isField && token[0] === '`' || /^[A-Za-z_]\w*$/.test(token)) && !(isField ? NO_NAMES.slice(RESERVED.length) : NO_NAMES).includes(token);
  }

  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }

  private want(token: string): void {
    if (!this.take(token)) throw new CelError(`${this.shown()} stands where ${token} is wanted`);
  }

  private fail(): never {
    throw new CelError(this.at < this.tokens.length ? `${this.shown()} may not be there` : 'it ends too early');
  }

  private shown(): string {
    return this.at < this.tokens.length ? this.tokens[this.at].slice(0, 40) : 'its end';
  }
}
