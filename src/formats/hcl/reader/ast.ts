import { NOWHERE, Position, Token, textOf } from './token';

/** One key of an item: a name, or a label of a block. */
export interface Key {
  readonly token: Token;
}

export interface Literal {
  readonly kind: 'literal';
  readonly token: Token;
  leadComment?: string[];
  lineComment?: string[];
}

export interface List {
  readonly kind: 'list';
  readonly position: Position;
  readonly elements: Value[];
}

export interface ObjectNode {
  readonly kind: 'object';
  readonly position: Position;
  list: ObjectList;
}

/** What may stand behind a key. */
export type Value = Literal | List | ObjectNode;

/** A key with its labels and its value. */
export class Item {
  public readonly kind = 'item';
  public leadComment?: string[];
  public lineComment?: string[];

  constructor(public keys: Key[], public value: Value, public readonly assigned: boolean) {}

  public get position(): Position {
    return this.keys.length === 0 ? NOWHERE : this.keys[0].token.position;
  }

  /** The same item with its first keys taken away. */
  public without(count: number): Item {
    const item = new Item(this.keys.slice(count), this.value, this.assigned);
    item.leadComment = this.leadComment;
    item.lineComment = this.lineComment;
    return item;
  }
}

/** The items of an object or of a whole file. */
export class ObjectList {
  public readonly kind = 'objectList';

  constructor(public items: Item[] = []) {}

  public get position(): Position {
    return this.items.length === 0 ? NOWHERE : this.items[0].position;
  }

  /** The items whose first key is this name in any case, that key taken away. */
  public filter(name: string): ObjectList {
    const wanted = name.toLowerCase();
    return new ObjectList(this.items
      .filter(item => item.keys.length > 0 && textOf(item.keys[0].token).toLowerCase() === wanted)
      .map(item => item.without(1)));
  }
}

export type Node = Value | Item | ObjectList;

export function positionOf(node: Node): Position {
  return node.kind === 'literal' ? node.token.position : node.position;
}
