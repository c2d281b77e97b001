import { Document, isMap, isScalar, isSeq } from 'yaml';
import { Path } from './positions';

/** A key that a mapping has more than once. */
export interface RepeatedKey {
  /** The way to the value that counts, from the root of the document. */
  readonly path: Path;
  /** The line of the later key, from one. */
  readonly line: number;
  /** The line of the key before it. */
  readonly before: number;
}

/**
 * The keys that a document has more than once in one mapping: the last one counts.
 *
 * @param lineOf the line of the file for a place in the text
 */
export function repeatedKeys(document: Document, lineOf: (offset: number) => number): RepeatedKey[] {
  const found: RepeatedKey[] = [];
  visit(document.contents, [], found, lineOf);
  return found;
}

function visit(node: unknown, path: Path, found: RepeatedKey[], lineOf: (offset: number) => number): void {
  if (isSeq(node)) {
    node.items.forEach((item, i) => visitNested(item, path, i, found, lineOf));
    return;
  }
  if (!isMap(node)) return;
  const seen = new Map<unknown, number>();
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? key.value : undefined;
    const at = isScalar(key) ? key.range?.[0] : undefined;
    visitNested(value, path, name as string, found, lineOf);
    if (at === undefined || name === '<<') continue;
    const before = seen.get(name);
    if (before !== undefined) found.push({ path: [...path, name as string], line: lineOf(at), before: lineOf(before) });
    seen.set(name, at);
  }
}

// Most values are scalars: their path is never asked for.
function visitNested(node: unknown, path: Path, step: string | number, found: RepeatedKey[], lineOf: (offset: number) => number): void {
  if (isMap(node) || isSeq(node)) visit(node, [...path, step], found, lineOf);
}
