import { Item, Node, ObjectList, positionOf } from './ast';
import { Block } from './block';
import { Field, Shape } from './shape';
import { HclError, Position, textOf } from './token';

/**
 * Decodes nodes into a shape as HCL v1 decodes into Go values: weak where it is weak (quoted integers), strict where
 * it is strict (quoted booleans), merging repeated blocks, and noticing unknown keys only where it notices them.
 */
export function decode(name: string, node: Node, shape: Shape, old: unknown): unknown {
  switch (shape.kind) {
    case 'string': return decodeString(name, node);
    case 'bool': return decodeBool(name, node);
    case 'int': return decodeInt(name, node);
    case 'node': return decodeNode(name, node, old as Node | undefined);
    case 'list': return decodeList(name, node, shape.element, old as unknown[] | undefined);
    case 'map': return decodeMap(name, node, shape.element, old as Map<string, unknown> | undefined);
    case 'block': return decodeBlock(name, node, shape.fields, old as Block | undefined);
  }
}

function decodeString(name: string, node: Node): string {
  if (node.kind === 'literal') {
    if (node.token.type === 'NUMBER') return node.token.text;
    if (node.token.type === 'STRING' || node.token.type === 'HEREDOC') return textOf(node.token);
  }
  throw new HclError(`${name}: a string is needed, got ${describe(node)}`, positionOf(node));
}

function decodeBool(name: string, node: Node): boolean {
  if (node.kind === 'literal' && node.token.type === 'BOOL') return node.token.text === 'true';
  throw new HclError(`${name}: true or false is needed, got ${node.kind === 'literal' && node.token.type === 'STRING' ? 'a text in quotes' : describe(node)}`, positionOf(node));
}

function decodeInt(name: string, node: Node): number {
  if (node.kind === 'literal' && (node.token.type === 'NUMBER' || node.token.type === 'STRING')) {
    const value = parseInteger(textOf(node.token));
    if (value !== undefined) return value;
  }
  throw new HclError(`${name}: an integer is needed, got ${describe(node)}`, positionOf(node));
}

const MAX_INTEGER = 9223372036854775807n;

/** Go's strconv.ParseInt with base 0. */
function parseInteger(text: string): number | undefined {
  const match = /^([+-]?)(0[xX]_?[0-9a-fA-F_]+|0[bB]_?[01_]+|0[oO]?_?[0-7_]+|0|[1-9][0-9_]*)$/.exec(text);
  if (!match || text.endsWith('_') || text.includes('__')) return undefined;
  const isNegative = match[1] === '-';
  const size = BigInt(match[2].replace(/_/g, '').replace(/^0(?=[0-7])/, '0o'));
  if (size > (isNegative ? MAX_INTEGER + 1n : MAX_INTEGER)) return undefined;
  return Number(isNegative ? -size : size);
}

/** Only the first of several is kept; a later one must be an object, and is thrown away. */
function decodeNode(name: string, node: Node, old: Node | undefined): Node {
  if (old === undefined) return node;
  if (node.kind === 'literal' || node.kind === 'list') {
    throw new HclError(`${name}: an object is needed, got ${shapeOf(node)}`, positionOf(node));
  }
  return old;
}

function decodeList(name: string, node: Node, element: Shape, old: unknown[] | undefined): unknown[] {
  const values = old ?? [];
  elementsOf(node).forEach((item, i) => {
    values.push(decode(`${name}[${i}]`, expand(item, element), element, undefined));
  });
  return values;
}

function elementsOf(node: Node): Node[] {
  if (node.kind === 'objectList') return node.items;
  if (node.kind === 'object') return [node];
  if (node.kind === 'list') return node.elements;
  throw new HclError(`a list is needed, got ${shapeOf(node)}`, positionOf(node));
}

/** Puts back one level that the flattening of JSON took away. */
function expand(node: Node, element: Shape): Node {
  if (node.kind !== 'item' || element.kind !== 'block' || node.keys.length !== 2) return node;
  const [first, second] = node.keys;
  node.keys = [second];
  return new Item([first], { kind: 'object', position: node.position, list: new ObjectList([node]) }, true);
}

function decodeMap(name: string, node: Node, element: Shape, old: Map<string, unknown> | undefined): Map<string, unknown> {
  const list = node.kind === 'item' ? new ObjectList([node]) : node.kind === 'object' ? node.list : node;
  if (list.kind !== 'objectList') throw new HclError(`${name}: an object is needed, got ${shapeOf(node)}`, positionOf(node));
  const values = old ?? new Map<string, unknown>();
  const done = new Set<string>();
  for (const item of list.items) {
    if (item.keys.length === 0) throw new HclError(`${name}: names are needed in this object`, positionOf(list));
    const key = textOf(item.keys[0].token);
    if (done.has(key)) continue;
    let value: Node = item.value;
    if (item.keys.length > 1) {
      value = list.filter(key);
      done.add(key);
    }
    values.set(key, decode(`${name}.${key}`, value, element, values.get(key)));
  }
  return values;
}

function decodeBlock(name: string, node: Node, fields: readonly Field[], old: Block | undefined): Block {
  let list: Node = node.kind === 'item' ? node.value : node;
  if (list.kind === 'object') list = list.list;
  if (list.kind === 'literal' && node.kind === 'item') list = new ObjectList([node]);
  if (list.kind !== 'objectList') throw new HclError(`${name}: a block is needed, got ${shapeOf(list)}`, positionOf(list));
  const block = old ?? new Block(positionOf(node));
  const unused = candidates(list);
  for (const field of fields) {
    const matches = list.filter(field.name).items;
    if (matches.length === 0) continue;
    for (const key of [...unused.keys()]) {
      if (key.toLowerCase() === field.name.toLowerCase()) unused.delete(key);
    }
    block.keep(field.name, decodeField(`${name}.${field.name}`, matches, field, block), firstPosition(list, field.name));
  }
  if (unused.size > 0) block.unused = unused;
  return block;
}

/** Keys in quotes count only in JSON, labels only in the first item of a block. */
function candidates(list: ObjectList): Map<string, Position> {
  const unused = new Map<string, Position>();
  list.items.forEach((item, i) => {
    if (i > 0 && item.keys.length > 1) return;
    for (const { token } of item.keys) {
      if (!token.json && token.type !== 'IDENT') continue;
      const key = textOf(token);
      if (!unused.has(key)) unused.set(key, token.position);
    }
  });
  return unused;
}

function decodeField(name: string, matches: Item[], field: Field, block: Block): unknown {
  let value = block.value(field.name);
  const nested = matches.filter(item => item.keys.length > 0);
  if (nested.length > 0) value = decode(name, new ObjectList(nested), field.shape, value);
  for (const item of matches.filter(match => match.keys.length === 0)) {
    const node = item.value.kind === 'object' ? new ObjectList(item.value.list.items) : item.value;
    value = decode(name, node, field.shape, value);
  }
  return value;
}

function firstPosition(list: ObjectList, name: string): Position {
  const found = list.items.filter(item => item.keys.length > 0 && textOf(item.keys[0].token).toLowerCase() === name.toLowerCase());
  // The last assignment is the one that counts.
  return found[found.length - 1].position;
}

function shapeOf(node: Node): string {
  return node.kind === 'literal' ? 'a single value' : node.kind === 'list' ? 'a list' : 'an object';
}

function describe(node: Node): string {
  if (node.kind === 'literal') return node.token.text === '' ? 'null' : node.token.text;
  return node.kind === 'list' ? 'a list' : 'an object';
}
