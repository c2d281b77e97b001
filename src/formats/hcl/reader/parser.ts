import { Item, Key, List, Literal, ObjectList, ObjectNode, Value } from './ast';
import { Depth } from './depth';
import { Scanner } from './scanner';
import { HclError, NOWHERE, Token, TokenType } from './token';

/** Thrown where a value is expected and the file ends: HCL v1 drops such a key without a word. */
class EndOfFile extends Error {}

const LITERALS: TokenType[] = ['NUMBER', 'FLOAT', 'BOOL', 'STRING', 'HEREDOC'];

/** Parses native HCL v1, with the comments its printer keeps. */
export class Parser {
  private readonly scanner: Scanner;
  private readonly depth = new Depth();
  private token: Token = { type: 'EOF', text: '', position: NOWHERE, json: false };
  private held = false;
  private leadComment?: string[];
  private lineComment?: string[];

  constructor(text: string) {
    this.scanner = new Scanner(text.replace(/\r\n/g, '\n'), false);
  }

  public parse(): ObjectList {
    return this.objectList(false);
  }

  private objectList(inObject: boolean): ObjectList {
    const list = new ObjectList();
    for (;;) {
      if (inObject && this.lookAhead().type === 'RBRACE') return list;
      try {
        list.items.push(this.item());
      } catch (error) {
        if (error instanceof EndOfFile) return list;
        throw error;
      }
      if (this.scan().type !== 'COMMA') this.held = true;
    }
  }

  private item(): Item {
    const keys = this.keys();
    const lead = this.leadComment;
    this.leadComment = undefined;
    const assigned = this.token.type === 'ASSIGN';
    if (!assigned && this.token.type !== 'LBRACE') {
      const names = keys.map(key => key.token.text).join(' ');
      throw new HclError(`key '${names}' expected start of object ('{') or assignment ('=')`, this.token.position);
    }
    const item = new Item(keys, assigned ? this.value() : this.object(), assigned);
    item.leadComment = lead;
    if (this.lineComment) {
      item.lineComment = this.lineComment;
      this.lineComment = undefined;
    }
    this.lookAhead();
    const start = item.value.kind === 'literal' ? item.value.token.position : item.value.position;
    if (start.line === keys[0].token.position.line && this.lineComment) {
      item.lineComment = this.lineComment;
      this.lineComment = undefined;
    }
    return item;
  }

  private keys(): Key[] {
    const keys: Key[] = [];
    for (;;) {
      const token = this.scan();
      switch (token.type) {
        case 'EOF':
          if (keys.length === 0) throw new EndOfFile();
          return keys;
        case 'ASSIGN':
          if (keys.length > 1) throw new HclError(`nested object expected: LBRACE got: ${token.type}`, token.position);
          if (keys.length === 0) throw new HclError('no object keys found!', token.position);
          return keys;
        case 'LBRACE':
          if (keys.length === 0) throw new HclError(`expected: IDENT | STRING got: ${token.type}`, token.position);
          return keys;
        case 'IDENT':
        case 'STRING':
          keys.push({ token });
          break;
        default:
          // The caller then tells which key has no value.
          if (token.type === 'RBRACE' && keys.length > 0) return keys;
          throw new HclError(`expected: IDENT | STRING | ASSIGN | LBRACE got: ${token.type}`, token.position);
      }
    }
  }

  private value(): Value {
    const token = this.scan();
    if (LITERALS.includes(token.type)) return { kind: 'literal', token };
    if (token.type === 'LBRACE') return this.object();
    if (token.type === 'LBRACK') return this.list();
    if (token.type === 'EOF') throw new EndOfFile();
    throw new HclError(`unknown token: ${token.type} ${token.text}`, token.position);
  }

  private object(): ObjectNode {
    const position = this.token.position;
    const list = this.depth.within(position, () => this.objectList(true));
    const end = this.scan();
    if (end.type !== 'RBRACE') throw new HclError(`object expected closing RBRACE got: ${end.type}`, end.position);
    return { kind: 'object', position, list };
  }

  private list(): List {
    const list: List = { kind: 'list', position: this.token.position, elements: [] };
    let needComma = false;
    for (;;) {
      const token = this.scan();
      if (needComma && token.type !== 'COMMA' && token.type !== 'RBRACK') {
        throw new HclError(`error parsing list, expected comma or list end, got: ${token.type}`, token.position);
      }
      if (token.type === 'RBRACK') return list;
      if (token.type === 'COMMA') {
        this.endOfElement(list);
        needComma = false;
        continue;
      }
      if (LITERALS.includes(token.type)) {
        const literal: Literal = { kind: 'literal', token, leadComment: this.leadComment };
        this.leadComment = undefined;
        list.elements.push(literal);
        needComma = true;
      } else if (token.type === 'LBRACE') {
        list.elements.push(this.object());
        needComma = true;
      } else if (token.type === 'LBRACK') {
        // HCL v1 asks for no comma behind a list in a list.
        list.elements.push(this.depth.within(token.position, () => this.list()));
      } else {
        throw new HclError(`unexpected token while parsing list: ${token.type}`, token.position);
      }
    }
  }

  private endOfElement(list: List): void {
    this.lookAhead();
    const last = list.elements[list.elements.length - 1];
    if (this.lineComment && last?.kind === 'literal') {
      last.lineComment = this.lineComment;
      this.lineComment = undefined;
    }
  }

  private lookAhead(): Token {
    const token = this.scan();
    this.held = true;
    return token;
  }

  private scan(): Token {
    if (this.held) {
      this.held = false;
      return this.token;
    }
    const previous = this.token;
    this.token = this.scanner.scan();
    if (this.token.type !== 'COMMENT') return this.token;
    let group: { texts: string[]; endLine: number } | undefined;
    if (this.token.position.line === previous.position.line) {
      group = this.commentGroup(0);
      if (this.token.position.line !== group.endLine) this.lineComment = group.texts;
    }
    let endLine = -1;
    while ((this.token.type as TokenType) === 'COMMENT') {
      group = this.commentGroup(1);
      endLine = group.endLine;
    }
    if (endLine + 1 === this.token.position.line && (this.token.type as TokenType) !== 'RBRACE'
      && (this.token.type as TokenType) !== 'RBRACK') {
      this.leadComment = group?.texts;
    }
    return this.token;
  }

  private commentGroup(gap: number): { texts: string[]; endLine: number } {
    const texts: string[] = [];
    let endLine = this.token.position.line;
    while (this.token.type === 'COMMENT' && this.token.position.line <= endLine + gap) {
      texts.push(this.token.text);
      endLine = this.token.position.line;
      if (this.token.text[1] === '*') endLine += this.token.text.split('\n').length - 1;
      this.token = this.scanner.scan();
    }
    return { texts, endLine };
  }
}
