import { Item, Key, List, ObjectList, ObjectNode, Value } from './ast';
import { Depth } from './depth';
import { Scanner } from './scanner';
import { HclError, NOWHERE, Token } from './token';

class EndOfFile extends Error {}

const BROKEN: Token = { type: 'EOF', text: '', position: NOWHERE, json: true };

/**
 * Parses JSON the way HCL v1 does, faults included: nested lists and booleans in lists get lost, and an object
 * whose members are all objects is flattened into items with more keys.
 */
export class JsonParser {
  private readonly scanner: Scanner;
  private readonly depth = new Depth();
  private token: Token = BROKEN;

  constructor(text: string) {
    this.scanner = new Scanner(text, true);
  }

  public parse(): ObjectList {
    const token = this.scan();
    if (token.type !== 'LBRACE') throw new HclError(`expected object, got ${token.type}`, token.position);
    const list = this.object().list;
    flatten(list);
    return list;
  }

  private object(): ObjectNode {
    const position = this.token.position;
    const list = new ObjectList();
    try {
      do {
        list.items.push(this.item());
      } while (this.scan().type === 'COMMA');
    } catch (error) {
      if (error instanceof EndOfFile) return { kind: 'object', position, list };
      // A closing brace ends the object whatever was wrong before it; so trailing commas pass.
      if (this.token.type !== 'RBRACE') throw error;
    }
    return { kind: 'object', position, list };
  }

  private item(): Item {
    const keys = this.keys();
    return new Item(keys, this.value(), true);
  }

  private keys(): Key[] {
    const keys: Key[] = [];
    for (;;) {
      const token = this.scan();
      if (token.type === 'EOF') throw new EndOfFile();
      if (token.type === 'STRING') {
        keys.push({ token });
      } else if (token.type === 'COLON' && keys.length > 0) {
        return keys;
      } else {
        throw new HclError(`expected: STRING got: ${token.type}`, token.position);
      }
    }
  }

  private value(): Value {
    const token = this.scan();
    switch (token.type) {
      case 'NUMBER':
      case 'FLOAT':
      case 'BOOL':
      case 'STRING':
      case 'NULL':
        return { kind: 'literal', token: literal(token) };
      case 'LBRACE':
        return this.depth.within(token.position, () => this.object());
      case 'LBRACK':
        return this.depth.within(token.position, () => this.list());
      case 'EOF':
        throw new EndOfFile();
      default:
        throw new HclError(`expected object value, got unknown token: ${token.type}`, token.position);
    }
  }

  private list(): List {
    const list: List = { kind: 'list', position: this.token.position, elements: [] };
    for (;;) {
      const token = this.scan();
      switch (token.type) {
        case 'NUMBER':
        case 'FLOAT':
        case 'STRING':
          list.elements.push({ kind: 'literal', token: literal(token) });
          break;
        case 'LBRACE':
          list.elements.push(this.depth.within(token.position, () => this.object()));
          break;
        case 'COMMA':
        case 'BOOL':
        case 'LBRACK':
          break;
        case 'RBRACK':
          return list;
        default:
          throw new HclError(`unexpected token while parsing list: ${token.type}`, token.position);
      }
    }
  }

  private scan(): Token {
    // what cannot even be cut into tokens is no error that a brace makes good
    this.token = BROKEN;
    this.token = this.scanner.scan();
    return this.token;
  }
}

/** Null becomes a string token without text; only strings keep the JSON mark. */
function literal(token: Token): Token {
  if (token.type === 'NULL') return { type: 'STRING', text: '', position: token.position, json: false };
  return { ...token, json: token.type === 'STRING' };
}

function flatten(list: ObjectList): void {
  const done: Item[] = [];
  const frontier = [...list.items];
  for (let item = frontier.pop(); item; item = frontier.pop()) {
    const parts = partsOf(item);
    if (parts) frontier.push(...parts);
    else done.push(item);
  }
  list.items = done.reverse();
  for (const item of list.items) flattenValue(item.value);
}

function partsOf(item: Item): Item[] | undefined {
  const value = item.value;
  if (value.kind === 'object' && value.list.items.length > 0 && value.list.items.every(i => i.value.kind === 'object')) {
    return value.list.items.map(inner => new Item([...item.keys, ...inner.keys], inner.value, item.assigned));
  }
  if (value.kind === 'list' && value.elements.length > 0 && value.elements.every(e => e.kind === 'object')) {
    return value.elements.map(element => new Item(item.keys, element, item.assigned));
  }
  return undefined;
}

function flattenValue(value: Value): void {
  if (value.kind === 'object') flatten(value.list);
  if (value.kind === 'list') value.elements.forEach(flattenValue);
}
