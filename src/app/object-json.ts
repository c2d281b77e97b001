import { ApiObject, ApiObjectMetadataDefinition, App, ImplicitTokenResolver, IResolver, Lazy, LazyResolver, NumberStringUnionResolver } from 'cdk8s';

const FIRST = ['apiVersion', 'kind', 'metadata'];
const BUILT_IN = [LazyResolver, ImplicitTokenResolver, NumberStringUnionResolver];

/**
 * Whether values are resolved in the ways of cdk8s only.
 */
export function hasBuiltInResolversOnly(app: App): boolean {
  const { resolvers } = app as unknown as { readonly resolvers?: IResolver[] };
  return resolvers?.every((resolver) => BUILT_IN.some((type) => resolver.constructor === type)) ?? false;
}

/**
 * What `object.toJson()` gives, in one pass over its values instead of four: a copy, in which nothing occurs twice.
 *
 * Nothing for an object that renders itself, is patched, or holds values of other classes: it is left to its `toJson`.
 *
 * @param object an object of an app that has built-in resolvers only
 */
export function copiedJson(object: ApiObject): any {
  // private to cdk8s: where they are not what they were, its own `toJson` knows better
  const { props, patches } = object as unknown as { readonly props?: unknown; readonly patches?: unknown[] };
  if (object.toJson !== ApiObject.prototype.toJson || patches?.length !== 0 || !isPlainObject(props)) {
    return undefined;
  }
  try {
    const sorted = !process.env.CDK8S_DISABLE_SORT;
    const values: Record<string, unknown> = { ...props, metadata: metadataJson(object.metadata) };
    return fill([...FIRST, ...keysOf(values, sorted).filter((key) => !FIRST.includes(key))], values, sorted);
  } catch {
    // either cdk8s can, or its error says what it cannot
    return undefined;
  }
}

class NotPlain extends Error {}

/**
 * What `metadata.toJson()` gives: without what is empty, and always sorted.
 */
function metadataJson(metadata: ApiObjectMetadataDefinition): unknown {
  // private to TypeScript or to cdk8s
  const { _additionalAttributes: additional, annotations, finalizers, ownerReferences, labels } = metadata as unknown as Record<string, unknown>;
  if (metadata.toJson !== ApiObjectMetadataDefinition.prototype.toJson || !isPlainObject(additional)) {
    throw new NotPlain();
  }
  const { name, namespace } = metadata;
  return compact({ ...additional, name, namespace, annotations, finalizers, ownerReferences, labels });
}

function compact(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    return plain(value, true);
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? undefined : value.map(compact);
  }
  if (value instanceof Lazy) {
    return compact(value.produce());
  }
  if (!isPlainObject(value)) {
    throw new NotPlain();
  }
  const result = new PlainObject();
  let isEmpty = true;
  for (const key of keysOf(value, true)) {
    if (key === '__proto__') {
      throw new NotPlain();
    }
    const inner = compact(value[key]);
    if (inner !== undefined) {
      result[key] = inner;
      isEmpty = false;
    }
  }
  return isEmpty ? undefined : result;
}

// A plain object, but one that V8 does not mix up with those of all other code: constructs keep their children in `{}` by id, and after some
// hundred ids each new `{}` in the process is slow.
const PlainObject = function () {} as unknown as new () => Record<string, unknown>;
PlainObject.prototype = Object.prototype;

function plain(value: unknown, sorted: boolean): unknown {
  switch (typeof value) {
    case 'object':
      return value === null ? undefined : plainObject(value, sorted);
    case 'function':
      throw new NotPlain();
    default:
      return value;
  }
}

function plainObject(value: object, sorted: boolean): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => plain(item, sorted));
  }
  if (value instanceof Lazy) {
    return plain(value.produce(), sorted);
  }
  if (!isPlainObject(value)) {
    throw new NotPlain();
  }
  return fill(keysOf(value, sorted), value, sorted);
}

function keysOf(value: Record<string, unknown>, sorted: boolean): string[] {
  const keys = Object.keys(value);
  return sorted && !isSorted(keys) ? keys.sort() : keys;
}

// most maps have few keys, and to look at them costs less than to sort them
function isSorted(keys: string[]): boolean {
  for (let index = 1; index < keys.length; index++) {
    if (keys[index - 1] > keys[index]) {
      return false;
    }
  }
  return true;
}

function fill(keys: string[], values: Record<string, unknown>, sorted: boolean): Record<string, unknown> {
  const result = new PlainObject();
  for (const key of keys) {
    if (key === '__proto__') {
      throw new NotPlain();
    }
    const value = plain(values[key], sorted);
    if (value !== undefined) {
      result[key] = value;
    }
  }
  return result;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
    && !Object.hasOwn(value, 'constructor') && !Object.hasOwn(value, 'resolve');
}
