import { isSlip, nearestOf } from './slip';
import { isFilledIn } from '../../model/filled-in';
import { Json, Path } from '../../model/manifest';
import { parseDuration } from '../../model/spire/values';
import { isBoolean } from '../../model/yaml-boolean';

/**
 * What the API server takes in custom resources, by `group/version/kind`.
 *
 * `s` is text, `t` text that is not empty, `d` a duration, `i` and `n` are numbers, `#1~9;` is one from 1 to 9, `b` is true or false, `*` is anything, `[T]` a list, `<T>` a mapping of free keys,
 * `{name:T,name!:T}` an object, whose `!` must be there, `(A|B)` one of these words, `@3;` the fourth of the shared parts.
 */
export interface Schemas {
  /** Whose definitions they are, and of when. */
  readonly version: string;
  readonly parts: readonly string[];
  readonly kinds: Readonly<Record<string, string>>;
}

export type Type =
  | { readonly is: 'text' | 'filled text' | 'duration' | 'integer' | 'number' | 'boolean' | 'anything' }
  | { readonly is: 'range'; readonly from: number; readonly to: number }
  | { readonly is: 'word'; readonly words: readonly string[] }
  | { readonly is: 'list' | 'mapping'; readonly of: Type }
  | { readonly is: 'object'; readonly fields: ReadonlyMap<string, Type>; readonly required: readonly string[] };

/** What is wrong with a value. */
export interface Fault {
  readonly path: Path;
  readonly kind: 'unknown field' | 'missing field' | 'wrong word' | 'wrong value';
  readonly message: string;
  /** For an unknown field, the field that it is one or two letters away from, or that is one of an object around this one. */
  readonly meant?: string;
}

const SIMPLE: Record<string, Type> = {
  's': { is: 'text' }, 't': { is: 'filled text' }, 'd': { is: 'duration' }, 'i': { is: 'integer' }, 'n': { is: 'number' }, 'b': { is: 'boolean' }, '*': { is: 'anything' },
};

/** Reads the notation of one kind. */
export function typeOf(text: string, parts: readonly string[]): Type {
  let at = 0;
  return read();

  function read(): Type {
    const first = text[at++];
    if (SIMPLE[first]) return SIMPLE[first];
    if (first === '@') return typeOf(parts[Number(until(';'))], parts);
    if (first === '#') return range();
    if (first === '(') return { is: 'word', words: until(')').split('|') };
    if (first === '{') return object();
    const of = read();
    at++;
    return { is: first === '[' ? 'list' : 'mapping', of };
  }

  function range(): Type {
    const [from, to] = [until('~'), until(';')];
    return { is: 'range', from: from === '' ? -Infinity : Number(from), to: to === '' ? Infinity : Number(to) };
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
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return keys.length === 1 && /^[{[]/.test(keys[0]);
}

/**
 * All faults of a value. A field that is null is taken as absent, as the API server does.
 *
 * @param spelt the name that a key stands for
 */
export function faultsOf(type: Type, value: Json, path: Path, spelt = (key: string): string => key): Fault[] {
  const search = new Search([...path], spelt);
  search.look(type, value);
  return search.faults;
}

/** A walk through a value, which writes a path down only where there is a fault. */
class Search {
  public readonly faults: Fault[] = [];
  /** The objects around the value, from outside to inside, and how long the path to each is. */
  private readonly around: { readonly fields: ReadonlyMap<string, Type>; readonly depth: number }[] = [];

  constructor(private readonly path: (string | number)[], private readonly spelt: (key: string) => string) {}

  public look(type: Type, value: Json): void {
    if (value === null || value === undefined || type.is === 'anything') return;
    switch (type.is) {
      case 'list': return Array.isArray(value) ? value.forEach((item, i) => this.lookAtItem(i, type.of, item)) : this.wrong(value, 'a list is wanted');
      case 'mapping': return isMapping(value) ? Object.keys(value).forEach(key => this.lookAt(key, type.of, value[key])) : this.wrong(value, 'a mapping is wanted');
      case 'object': return isMapping(value) ? this.lookIn(type, value) : this.wrong(value, 'a mapping is wanted');
      case 'word': return type.words.includes(value) ? undefined : this.wrong(value, `one of ${type.words.join(', ')} is wanted`, 'wrong word');
      case 'boolean': return isBoolean(value) ? undefined : this.wrong(value, 'true or false without quotes is wanted');
      case 'number': return typeof value === 'number' ? undefined : this.wrong(value, 'a number without quotes is wanted');
      case 'integer': return Number.isInteger(value) ? undefined : this.wrong(value, 'a whole number without quotes is wanted');
      case 'range': return this.lookAtNumber(type, value);
      case 'text': return typeof value === 'string' ? undefined : this.wrong(value, 'text is wanted: write it in quotes');
      case 'filled text': return this.lookAtText(value);
      case 'duration':
        if (typeof value !== 'string') this.wrong(value, 'text is wanted: write it in quotes');
        else if (parseDuration(value) === undefined) this.wrong(value, 'a duration such as 5s or 1m30s is wanted');
    }
  }

  private lookAtText(value: Json): void {
    if (typeof value !== 'string') this.wrong(value, 'text is wanted: write it in quotes');
    else if (value === '') this.wrong(value, 'it must say something');
  }

  private lookAtNumber({ from, to }: Extract<Type, { is: 'range' }>, value: Json): void {
    if (!Number.isInteger(value)) this.wrong(value, 'a whole number without quotes is wanted');
    else if (value < from || value > to) this.wrong(value, `${to === Infinity ? `at least ${from}` : from === -Infinity ? `at most ${to}` : `${from} to ${to}`} is wanted`);
  }

  /** A null that is no field is not dropped. */
  private lookAtItem(index: number, type: Type, item: Json): void {
    this.path.push(index);
    if (item === null && type.is !== 'anything') this.wrong(item, 'remove it, or write what is meant');
    else this.look(type, item);
    this.path.pop();
  }

  private lookAt(step: string | number, type: Type, value: Json): void {
    this.path.push(step);
    this.look(type, value);
    this.path.pop();
  }

  private lookIn({ fields, required }: Extract<Type, { is: 'object' }>, value: Json): void {
    this.around.push({ fields, depth: this.path.length });
    for (const key of Object.keys(value)) {
      const field = fields.get(key) ?? fields.get(this.spelt(key));
      if (field) this.lookAt(key, field, value[key]);
      else if (!key.startsWith('$') && !isVariable(value)) this.unknown(key, [...fields.keys()]);
    }
    this.around.pop();
    if (value.$patch !== undefined) return;
    for (const name of required) {
      if (value[name] !== undefined && value[name] !== null || isVariable(value)) continue;
      this.faults.push({ path: [...this.path], kind: 'missing field', message: `${placeOf(this.path)} has no ${name}, which it must have` });
    }
  }

  private unknown(key: string, names: string[]): void {
    const owner = [...this.around].reverse().find(({ fields }) => fields.has(key));
    const slip = names.find(name => isSlip(key, name));
    const hint = owner ? `it is one of ${placeOf(this.path.slice(0, owner.depth))}` : slip ? `is it ${slip}` : nearestOf(key, names);
    const meant = owner ? key : slip;
    this.faults.push({ path: [...this.path, key], kind: 'unknown field', message: `there is no field ${key} in ${placeOf(this.path)}: ${hint}`, meant });
  }

  private wrong(value: Json, wanted: string, kind: Fault['kind'] = 'wrong value'): void {
    if (isVariable(value)) return;
    this.faults.push({ path: [...this.path], kind, message: `${nameOf(this.path)} is ${shown(value)}: ${wanted}` });
  }
}

function isMapping(value: Json): boolean {
  return typeof value === 'object' && !Array.isArray(value);
}

/** The last name of a path, with the places in lists behind it: `ports[0]`. */
export function nameOf(path: Path): string {
  const at = path.map(step => typeof step).lastIndexOf('string');
  return placeOf(path.slice(at));
}

/** A path as people write it: `spec.http[0]`. */
export function placeOf(path: Path): string {
  return path.length === 0 ? 'the object' : path.map((step, i) => typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`).join('');
}

const LONGEST_SHOWN = 80;

/** A value as a message names it. */
export function shown(value: Json): string {
  if (value === null) return 'empty';
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'a mapping';
  return typeof value === 'string' && value.length > LONGEST_SHOWN ? `${JSON.stringify(value.slice(0, LONGEST_SHOWN))} and so on` : JSON.stringify(value);
}
