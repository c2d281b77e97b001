import { Problems } from './problems';
import { Item, Node, Position, Shape, positionOf, textOf } from '../../formats/hcl/reader';

/** Something in a text that its reader drops. */
interface Dropped {
  readonly key: string;
  /** The names of the blocks it is in. */
  readonly path: readonly string[];
  readonly position: Position;
  /** Whether the same key is there once more, and that one counts. */
  readonly repeated: boolean;
}

/** Warns of keys that no field takes, and of values that are written twice. What SPIRE refuses itself is left out. */
export function warnOfDropped(node: Node, shape: Shape, section: string, problems: Problems): void {
  const found: Dropped[] = [];
  walk(node, shape, [], found);
  for (const { key, path, position, repeated } of found) {
    const told = problems.list.some(({ position: { line, column }, message }) =>
      line === position.line && (column === position.column || message.includes(`"${key}"`)));
    if (told) continue;
    const where = [section, path.join('.')].filter(text => text !== '').join(': ') || 'the file';
    if (repeated) problems.warn('lost', `${key} is there twice in ${where}: what is written here is not used`, position, 'write it once');
    else problems.warn('dropped', `unknown key "${key}" in ${where}`, position);
  }
}

function walk(node: Node, shape: Shape, path: readonly string[], found: Dropped[]): void {
  if (node.kind === 'list') {
    node.elements.forEach(element => walk(element, shape.kind === 'list' ? shape.element : shape, path, found));
  } else if (node.kind !== 'literal') {
    const items = node.kind === 'item' ? [node] : node.kind === 'object' ? node.list.items : node.items;
    if (shape.kind === 'block') tellRepeated(items, shape, path, found);
    items.forEach(item => enter(item, 0, shape, path, found));
  }
}

/** Goes down the keys of an item: names of fields, labels, names in a map. */
function enter(item: Item, at: number, shape: Shape, path: readonly string[], found: Dropped[]): void {
  if (shape.kind === 'list') {
    // a label behind the name of a list is a name for its element
    const isLabelled = at > 0 && at < item.keys.length && shape.element.kind === 'block';
    enter(item, isLabelled ? item.keys.length : at, shape.element, path, found);
  } else if (at === item.keys.length) {
    walk(item.value, shape, path, found);
  } else if (shape.kind === 'map') {
    enter(item, at + 1, shape.element, [...path, textOf(item.keys[at].token)], found);
  } else if (shape.kind === 'block') {
    const key = textOf(item.keys[at].token);
    const field = shape.fields.find(({ name }) => name.toLowerCase() === key.toLowerCase());
    if (field) enter(item, at + 1, field.shape, [...path, key], found);
    // a label behind the name of a block is taken for a key in it
    else found.push({ key, path, position: item.keys[at].token.position, repeated: false });
  }
}

/** Of values the last counts, of blocks that are read later the first. */
function tellRepeated(items: readonly Item[], shape: Shape & { kind: 'block' }, path: readonly string[], found: Dropped[]): void {
  for (const { name, shape: field } of shape.fields) {
    if (!['string', 'bool', 'int', 'node'].includes(field.kind)) continue;
    const same = items.filter(item => item.keys.length === 1 && textOf(item.keys[0].token).toLowerCase() === name.toLowerCase());
    const lost = field.kind === 'node' ? same.slice(1) : same.slice(0, -1);
    lost.forEach(item => found.push({ key: name, path, position: positionOf(item), repeated: true }));
  }
}
