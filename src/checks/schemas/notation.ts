import { isSlip } from './slip';
import { isFilledIn } from '../../model/filled-in';
import { Json, Path } from '../../model/manifest';
import { parseDuration } from '../../model/spire/values';
import { isBoolean } from '../../model/yaml-boolean';

/**
 * What the API server takes in custom resources, by `group/version/kind`.
 *
 * `s` is text, `d` a duration, `i` and `n` are numbers, `b` is true or false, `*` is anything, `[T]` a list, `<T>` a mapping of free keys,
 * `{name:T,name!:T}` an object, whose `!` must be there, `(A|B)` one of these words, `@3;` the fourth of the shared parts.
 */
export interface Schemas {
  /** Whose definitions they are, and of when. */
  readonly version: string;
  readonly parts: readonly string[];
  readonly kinds: Readonly<Record<string, string>>;
}

export type Type =
  | { readonly is: 'text' | 'duration' | 'integer' | 'number' | 'boolean' | 'anything' }
  | { readonly is: 'word'; readonly words: readonly string[] }
  | { readonly is: 'list' | 'mapping'; readonly of: Type }
  | { readonly is: 'object'; readonly fields: ReadonlyMap<string, Type>; readonly required: readonly string[] };

/** What is wrong with a value. */
export interface Fault {
  readonly path: Path;
  readonly kind: 'unknown field' | 'missing field' | 'wrong word' | 'wrong value';
  readonly message: string;
  /** For an unknown field, the field of that object that is one or two letters away. */
  readonly meant?: string;
}

const SIMPLE: Record<string, Type> = {
  's': { is: 'text' }, 'd': { is: 'duration' }, 'i': { is: 'integer' }, 'n': { is: 'number' }, 'b': { is: 'boolean' }, '*': { is: 'anything' },
};

/** Reads the notation of one kind. */
export function typeOf(text: string, parts: readonly string[]): Type {
  let at = 0;
  return read();

  function read(): Type {
    const first = text[at++];
    if (SIMPLE[first]) return SIMPLE[first];
    if (first === '@') return typeOf(parts[Number(until(';'))], parts);
    if (first === '(') return { is: 'word', words: until(')').split('|') };
    if (first === '{') return object();
    const of = read();
    at++;
    return { is: first === '[' ? 'list' : 'mapping', of };
  }

  function object(): Type {
    const fields = new Map<string, Type>();
    const required: string[] = [];
    while (text[at] !== '}') {
      const name = until(':');
      const plain = name.replace(/^,/, '').replace(/!$/, '');
      if (name.endsWith('!')) required.push(plain);
      fields.set(plain, read());
    }
    at++;
    return { is: 'object', fields, required };
  }

  function until(end: string): string {
    const start = at;
    at = text.indexOf(end, start) + 1;
    return text.slice(start, at - 1);
  }
}

/** Text with a variable of another program in it; `{{ .X }}` without quotes reads as a mapping whose key is one. */
export function isVariable(value: Json): boolean {
  if (typeof value === 'string') return isFilledIn(value);
  const [key, ...more] = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return key !== undefined && more.length === 0 && /^[{[]/.test(key);
}

/**
 * All faults of a value. A null is taken as absent, as the API server does.
 *
 * @param spelt the name that a key stands for
 */
export function faultsOf(type: Type, value: Json, path: Path, spelt = (key: string): string => key): Fault[] {
  if (value === null || value === undefined || type.is === 'anything' || isVariable(value)) return [];
  if (type.is === 'list') return Array.isArray(value) ? value.flatMap((item, i) => faultsOf(type.of, item, [...path, i], spelt)) : wrong('a list is wanted');
  if (type.is === 'object' || type.is === 'mapping') {
    if (typeof value !== 'object' || Array.isArray(value)) return wrong('a mapping is wanted');
    return type.is === 'object' ? objectFaults(type, value, path, spelt) : Object.keys(value).flatMap(key => faultsOf(type.of, value[key], [...path, key], spelt));
  }
  if (type.is === 'word') return type.words.includes(value) ? [] : wrong(`one of ${type.words.join(', ')} is wanted`, 'wrong word');
  if (type.is === 'boolean') return isBoolean(value) ? [] : wrong('true or false without quotes is wanted');
  if (type.is === 'number') return typeof value === 'number' ? [] : wrong('a number without quotes is wanted');
  if (type.is === 'integer') return Number.isInteger(value) ? [] : wrong('a whole number without quotes is wanted');
  if (typeof value !== 'string') return wrong('text is wanted: write it in quotes');
  return type.is === 'duration' && parseDuration(value) === undefined ? wrong('a duration such as 5s or 1m30s is wanted') : [];

  function wrong(wanted: string, kind: Fault['kind'] = 'wrong value'): Fault[] {
    return [{ path, kind, message: `${nameOf(path)} is ${shown(value)}: ${wanted}` }];
  }
}

function objectFaults(type: Extract<Type, { is: 'object' }>, value: Json, path: Path, spelt: (key: string) => string): Fault[] {
  const faults = Object.keys(value).flatMap((key): Fault[] => {
    const field = type.fields.get(key) ?? type.fields.get(spelt(key));
    if (field) return faultsOf(field, value[key], [...path, key], spelt);
    if (key.startsWith('$')) return [];
    const names = [...type.fields.keys()];
    return [{ path: [...path, key], kind: 'unknown field', message: `there is no field ${key} in ${placeOf(path)}: ${names.join(', ')}`, meant: names.find(name => isSlip(key, name)) }];
  });
  const missing = type.required.filter(name => value[name] === undefined || value[name] === null);
  return [...faults, ...missing.map((name): Fault => ({ path, kind: 'missing field', message: `${placeOf(path)} has no ${name}, which it must have` }))];
}

/** The last name of a path, with the places in lists behind it: `ports[0]`. */
export function nameOf(path: Path): string {
  const at = path.map(step => typeof step).lastIndexOf('string');
  return placeOf(path.slice(at));
}

/** A path as people write it: `spec.http[0]`. */
export function placeOf(path: Path): string {
  return path.map((step, i) => typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`).join('');
}

export function shown(value: Json): string {
  return typeof value === 'object' ? Array.isArray(value) ? 'a list' : 'a mapping' : JSON.stringify(value);
}
