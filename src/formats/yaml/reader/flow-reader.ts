import { endOfQuoted, keyOf, plainValue, quotedValue, withoutSpaces } from './scalar';
import { NotSure } from '../not-sure';

// a colon at the start is for the program that knows all of YAML
const PLAIN = /(?:[^ \n\t,[\]{}#&*!|>'"%@`?:-]|-(?=[^ \n\t,[\]{}]))(?:[^\n\t:#,[\]{}]|:(?=[^ \n\t,[\]{}])|(?<! )#)*/y;
const DEEPEST = 100;

/**
 * Reads values in brackets and braces, JSON among them.
 */
export class FlowReader {
  private depth = 0;

  /**
   * @param text the text
   * @param at where the opening bracket is; afterwards, where what follows the closing one is
   * @param column the column that all further lines must be behind
   */
  public constructor(private readonly text: string, public at: number, private readonly column: number) {}

  public read(): unknown {
    if (++this.depth > DEEPEST) {
      throw new NotSure();
    }
    const value = this.text[this.at++] === '{' ? this.map() : this.list();
    this.depth--;
    return value;
  }

  private map(): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    this.skipSpace();
    if (this.takes('}')) {
      return map;
    }
    do {
      this.skipSpace();
      const key = this.key();
      this.skipSpace();
      if (key in map) {
        throw new NotSure();
      }
      map[key] = this.value();
      this.skipSpace();
    } while (this.takes(','));
    this.expect('}');
    return map;
  }

  private list(): unknown[] {
    const list: unknown[] = [];
    this.skipSpace();
    if (this.takes(']')) {
      return list;
    }
    do {
      this.skipSpace();
      list.push(this.value());
      this.skipSpace();
    } while (this.takes(','));
    this.expect(']');
    // a list that grew has room for sixteen more
    return list.slice();
  }

  private key(): string {
    const isQuoted = this.isQuoted();
    const written = this.scalar();
    const key = isQuoted ? quotedValue(written, Infinity) : keyOf(plainValue(written), written);
    if (key === '<<') {
      throw new NotSure();
    }
    while (this.text[this.at] === ' ') {
      this.at++;
    }
    this.expect(':');
    if (!isQuoted && this.text[this.at] !== ' ' && this.text[this.at] !== '\n') {
      throw new NotSure();
    }
    return key;
  }

  private value(): unknown {
    const char = this.text[this.at];
    if (char === '{' || char === '[') {
      return this.read();
    }
    const isQuoted = this.isQuoted();
    const written = this.scalar();
    return isQuoted ? quotedValue(written, this.column) : plainValue(written);
  }

  private isQuoted(): boolean {
    const char = this.text[this.at];
    return char === '"' || char === '\'';
  }

  private scalar(): string {
    const start = this.at;
    if (this.isQuoted()) {
      this.at = endOfQuoted(this.text, start);
      return this.text.slice(start, this.at);
    }
    PLAIN.lastIndex = start;
    if (!PLAIN.test(this.text)) {
      throw new NotSure();
    }
    this.at = PLAIN.lastIndex;
    return withoutSpaces(this.text, start, this.at);
  }

  private takes(char: string): boolean {
    if (this.text[this.at] !== char) {
      return false;
    }
    this.at++;
    return true;
  }

  private expect(char: string): void {
    if (!this.takes(char)) {
      throw new NotSure();
    }
  }

  private skipSpace(): void {
    let start = -1;
    while (this.text[this.at] === ' ' || this.text[this.at] === '\n') {
      if (this.text[this.at++] === '\n') {
        start = this.at;
      }
    }
    if (start !== -1 && this.at - start <= this.column) {
      throw new NotSure();
    }
  }
}
