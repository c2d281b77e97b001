import { Item, Node, ObjectList, positionOf } from './ast';
import { Block } from './block';
import { decode } from './decoder';
import { JsonParser } from './json-parser';
import { Parser } from './parser';
import { print } from './printer';
import { Shape } from './shape';
import { HclError } from './token';

export { Item, List, Literal, Node, ObjectList, ObjectNode, Value, positionOf } from './ast';
export { Block } from './block';
export { decode } from './decoder';
export { print } from './printer';
export * from './shape';
export { HclError, NOWHERE, Position, Token, textOf } from './token';

/** Parses HCL v1; a text whose first character is `{` is taken for JSON, as HashiCorp's library does. */
export function parseHcl(text: string): ObjectList {
  return /^[\s\u0085\u00a0]*\{/.test(text) ? new JsonParser(text).parse() : new Parser(text).parse();
}

/** Parses and decodes a whole text. */
export function decodeHcl(text: string, shape: Shape & { kind: 'block' }): Block {
  return decode('root', parseHcl(text), shape, undefined) as Block;
}

/**
 * Prints a node, parses the print and decodes that, as SPIRE does with `plugin_data` and endpoint profiles.
 *
 * Positions are those of the original text where both trees have the same form.
 */
export function redecode(node: Node, shape: Shape & { kind: 'block' }): Block {
  let again: ObjectList;
  try {
    again = parseHcl(print(node));
  } catch (error) {
    throw error instanceof HclError ? new HclError(error.message, positionOf(node)) : error;
  }
  if (node.kind === 'objectList' || node.kind === 'object') restore(again, node.kind === 'object' ? node.list : node);
  return decode('root', again, shape, undefined) as Block;
}

function restore(copy: ObjectList, original: ObjectList): void {
  if (copy.items.length !== original.items.length) return;
  copy.items.forEach((item, i) => restoreItem(item, original.items[i]));
}

function restoreItem(copy: Item, original: Item): void {
  if (copy.keys.length !== original.keys.length) return;
  copy.keys = copy.keys.map((key, i) => ({ token: { ...key.token, position: original.keys[i].token.position } }));
  restoreValue(copy, original);
}

function restoreValue(copy: Item, original: Item): void {
  const [to, from] = [copy.value, original.value];
  if (to.kind === 'literal' && from.kind === 'literal') {
    copy.value = { ...to, token: { ...to.token, position: from.token.position } };
  } else if (to.kind === 'object' && from.kind === 'object') {
    restore(to.list, from.list);
  } else if (to.kind === 'list' && from.kind === 'list' && to.elements.length === from.elements.length) {
    copy.value = { ...to, position: from.position };
    to.elements.forEach((element, i) => {
      const same = from.elements[i];
      if (element.kind === 'object' && same.kind === 'object') restore(element.list, same.list);
      if (element.kind === 'literal' && same.kind === 'literal') {
        to.elements[i] = { ...element, token: { ...element.token, position: same.token.position } };
      }
    });
  }
}
