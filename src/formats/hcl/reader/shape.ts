/** What a value must look like, as SPIRE's Go types say it. */
export type Shape =
  | { readonly kind: 'string' }
  | { readonly kind: 'bool' }
  | { readonly kind: 'int' }
  | { readonly kind: 'node' }
  | { readonly kind: 'list'; readonly element: Shape }
  | { readonly kind: 'map'; readonly element: Shape }
  | { readonly kind: 'block'; readonly fields: readonly Field[] };

export interface Field {
  readonly name: string;
  readonly shape: Shape;
}

export const STRING: Shape = { kind: 'string' };
export const BOOL: Shape = { kind: 'bool' };
export const INT: Shape = { kind: 'int' };
/** Left undecoded. */
export const NODE: Shape = { kind: 'node' };
export const STRINGS: Shape = listOf(STRING);

export function listOf(element: Shape): Shape {
  return { kind: 'list', element };
}

export function mapOf(element: Shape): Shape {
  return { kind: 'map', element };
}

/** A block with these fields. */
export function block(fields: Record<string, Shape>): Shape & { kind: 'block' } {
  return { kind: 'block', fields: Object.entries(fields).map(([name, shape]) => ({ name, shape })) };
}

/** Fields that are all strings. */
export function strings(...names: string[]): Record<string, Shape> {
  return Object.fromEntries(names.map(name => [name, STRING]));
}
