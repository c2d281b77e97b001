import { readBlockText } from './block-text';
import { FlowReader } from './flow-reader';
import { endOfQuoted, keyOf, plainValue, quotedValue, withoutSpaces } from './scalar';
import { NotSure } from '../not-sure';

// comments and empty lines, and the `---` before a document
const BEFORE = /(?: *(?:#[^\n]*)?\n)*---(?: *| +#[^\n]*)(?:\n|$)/y;
// directives, another document, other line breaks, the mark of a byte order
const ELSE = /(?:^|\n)(?:%|\.\.\.|---(?![^ \t\n]))|\r|\uFEFF/;
const SIMPLE_KEY = /[A-Za-z_$/][-\w$./]*:(?=[ \n]|$)/y;
const PLAIN = /(?:[^ \n\t,[\]{}#&*!|>'"%@`?:-]|[:-](?=[^ \n\t]))(?:[^\n\t:#]|:(?=[^ \n\t])|(?<! )#)*/y;
const CONTINUED = /(?:[^\n\t:#]|:(?=[^ \n\t])|(?<! )#)*/y;
const LONGEST_KEY = 1000;
const DEEPEST = 100;
const END = -1;

/**
 * Reads maps and lists that are written by their indentation.
 */
export class BlockReader {
  /** Where what comes next is. */
  private at = 0;
  /** The column of that, or the end. */
  private column = END;
  private depth = 0;

  public constructor(private readonly text: string) {}

  public read(): unknown {
    BEFORE.lastIndex = 0;
    const start = BEFORE.test(this.text) ? BEFORE.lastIndex : 0;
    if (ELSE.test(this.text.slice(start))) {
      throw new NotSure();
    }
    this.startLine(start);
    const value = this.column === END ? null : this.block(END);
    if (this.column !== END) {
      throw new NotSure();
    }
    return value;
  }

  private block(parent: number): unknown {
    if (++this.depth > DEEPEST) {
      throw new NotSure();
    }
    const value = this.isItem() ? this.list(this.column) : this.mapOrScalar(parent);
    this.depth--;
    return value;
  }

  private mapOrScalar(parent: number): unknown {
    const key = this.key();
    return key === undefined ? this.inline(parent) : this.map(key, this.column);
  }

  private map(first: string, column: number): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    let key: string | undefined = first;
    while (key !== undefined) {
      if (key in map) {
        throw new NotSure();
      }
      map[key] = this.valueOfKey(column);
      key = this.column === column ? this.key() : undefined;
    }
    return this.ended(map, column);
  }

  private valueOfKey(column: number): unknown {
    if (!this.endsLine()) {
      return this.inline(column);
    }
    if (this.column > column) {
      return this.block(column);
    }
    return this.column === column && this.isItem() ? this.list(column) : null;
  }

  private list(column: number): unknown[] {
    const list: unknown[] = [];
    while (this.column === column && this.isItem()) {
      const dash = this.at++;
      if (this.endsLine()) {
        list.push(this.column > column ? this.block(column) : null);
      } else {
        this.column = column + this.at - dash;
        list.push(this.block(column));
      }
    }
    // a list that grew has room for sixteen more
    return this.ended(list.slice(), column);
  }

  private ended<T>(collection: T, column: number): T {
    if (this.column > column) {
      throw new NotSure();
    }
    return collection;
  }

  private isItem(): boolean {
    if (this.text[this.at] !== '-') {
      return false;
    }
    const next = this.text[this.at + 1];
    return next === ' ' || next === '\n' || next === undefined;
  }

  /** The key that is next, whose colon is passed then; undefined where there is none. */
  private key(): string | undefined {
    const { text, at } = this;
    SIMPLE_KEY.lastIndex = at;
    if (SIMPLE_KEY.test(text)) {
      this.at = SIMPLE_KEY.lastIndex;
      const name = text.slice(at, this.at - 1);
      return this.checkedKey(keyOf(plainValue(name), name), at);
    }
    const isQuoted = text[at] === '"' || text[at] === '\'';
    let end = isQuoted ? endOfQuoted(text, at) : endOfPlain(PLAIN, text, at);
    while (text[end] === ' ') {
      end++;
    }
    if (text[end] !== ':' || ![' ', '\n', undefined].includes(text[end + 1])) {
      return undefined;
    }
    if (end === at) {
      throw new NotSure();
    }
    this.at = end + 1;
    const written = withoutSpaces(text, at, end);
    return this.checkedKey(isQuoted ? quotedValue(written, Infinity) : keyOf(plainValue(written), written), at);
  }

  private checkedKey(key: string, start: number): string {
    if (key === '<<' || this.at - start > LONGEST_KEY) {
      throw new NotSure();
    }
    return key;
  }

  /** A value on this line, or one that starts here. */
  private inline(parent: number): unknown {
    const { text, at } = this;
    switch (text[at]) {
      case '"':
      case '\'':
        this.at = endOfQuoted(text, at);
        return this.ending(quotedValue(text.slice(at, this.at), parent));
      case '{':
      case '[': {
        const flow = new FlowReader(text, at, parent);
        const value = flow.read();
        this.at = flow.at;
        return this.ending(value);
      }
      case '|':
      case '>': {
        const { value, end } = readBlockText(text, at, parent);
        this.startLine(end);
        return value;
      }
      default:
        return this.plain(parent);
    }
  }

  private plain(parent: number): unknown {
    const { text, at } = this;
    this.at = endOfPlain(PLAIN, text, at);
    if (this.at === at) {
      throw new NotSure();
    }
    let value = withoutSpaces(text, at, this.at);
    if (text[this.at] === '#') {
      return this.ending(plainValue(value));
    }
    let isOneLine = true;
    for (let next = this.continuation(parent); next !== undefined; next = this.continuation(parent)) {
      isOneLine = false;
      value += next;
    }
    return this.ending(isOneLine ? plainValue(value) : value);
  }

  /** What the next line adds to a text without quotes; undefined where it is not part of it. */
  private continuation(parent: number): string | undefined {
    const { text } = this;
    if (text[this.at] !== '\n') {
      return undefined;
    }
    let emptyLines = -1;
    let [lineStart, at] = [this.at, this.at];
    while (text[at] === '\n') {
      lineStart = ++at;
      while (text[at] === ' ') {
        at++;
      }
      emptyLines++;
    }
    if (at - lineStart <= parent || text[at] === undefined || text[at] === '#') {
      return undefined;
    }
    this.at = endOfPlain(CONTINUED, text, at);
    return ('\n'.repeat(emptyLines) || ' ') + withoutSpaces(text, at, this.at);
  }

  private ending<T>(value: T): T {
    if (!this.endsLine()) {
      throw new NotSure();
    }
    return value;
  }

  /** Whether nothing but a comment is left of the line: what comes next is on a later one then. */
  private endsLine(): boolean {
    const { text } = this;
    let { at } = this;
    while (text[at] === ' ') {
      at++;
    }
    if (text[at] === '\n') {
      this.startLine(at + 1);
      return true;
    }
    if (text[at] === undefined || (text[at] === '#' && text[at - 1] === ' ')) {
      this.startLine(endOfLine(text, at));
      return true;
    }
    this.at = at;
    return false;
  }

  /** Goes to the first thing that is neither space nor comment. */
  private startLine(start: number): void {
    const { text } = this;
    let lineStart = start;
    let at = start;
    while (at < text.length) {
      if (text[at] === ' ') {
        at++;
      } else if (text[at] === '\n') {
        lineStart = ++at;
      } else if (text[at] === '#') {
        lineStart = at = endOfLine(text, at);
      } else {
        this.at = at;
        this.column = at - lineStart;
        return;
      }
    }
    this.at = text.length;
    this.column = END;
  }
}

function endOfPlain(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : start;
}

/** Where the next line starts. */
function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}
