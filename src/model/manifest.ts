import { once } from './once';
import type { Path } from './positions';
import type { RepeatedKey } from './repeated-keys';

export type { Path } from './positions';

/** An untyped value out of YAML. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;

/** The YAML document of an object. */
export interface Written {
  readonly text: string;
  /** The line of the file on which the document starts, from one. */
  readonly firstLine: number;
  /** Whether it was written by a program, which puts no comments beside the values. */
  readonly generated?: boolean;
  /** Keys that are there more than once in one mapping. */
  readonly repeated?: readonly RepeatedKey[];
}

const NONE: readonly RepeatedKey[] = [];

/** The path of what is a document of its own. */
export const WHOLE: Path = [];

/** One object out of a file. Positions are found when they are asked for, by parsing its text once more. */
export class Manifest {
  public readonly apiVersion: string;
  public readonly group: string;
  public readonly kind: string;
  public readonly name: string;
  /** The namespace, empty where none is given. */
  public readonly namespace: string;

  constructor(
    public readonly file: string,
    private readonly written: Written,
    public readonly value: Json,
    /** Where it stands in its document, for items of a List. */
    private readonly root: Path = WHOLE,
  ) {
    // asked for by every rule, so they are looked up once
    this.apiVersion = asText(value?.apiVersion);
    this.group = this.apiVersion.slice(0, Math.max(0, this.apiVersion.indexOf('/')));
    this.kind = asText(value?.kind);
    this.name = asText(value?.metadata?.name);
    this.namespace = asText(value?.metadata?.namespace);
  }

  /** The text of its YAML document. */
  public get text(): string {
    return this.written.text;
  }

  /** The line of the file on which the document starts, from one. */
  public get firstLine(): number {
    return this.written.firstLine;
  }

  public get labels(): Record<string, string> {
    return asRecord(this.value?.metadata?.labels);
  }

  public get annotations(): Record<string, string> {
    return asRecord(this.value?.metadata?.annotations);
  }

  public get spec(): Json {
    return asObject(this.value?.spec);
  }

  /** Keys that are there more than once in one mapping of the object, with their lines in the file. */
  public get repeated(): readonly RepeatedKey[] {
    const { repeated } = this.written;
    if (repeated === undefined || repeated.length === 0) return NONE;
    return repeated.filter(({ path }) => this.root.every((step, i) => i >= path.length || path[i] === step));
  }

  /** The file that a text in a value stands in. */
  public fileAt(_path: Path): string {
    return this.file;
  }

  /** The file that the line of a value is in. */
  public fileOfLine(_path: Path): string {
    return this.file;
  }

  /** The line of a value, or of the nearest parent that is there. */
  public lineOf(path: Path): number {
    return this.firstLine + positionsOf(this.written).lineOf([...this.root, ...path]) - 1;
  }

  /** The line of a line of the text in a value, the first of which is 0. */
  public lineOfText(path: Path, offset = 0): number {
    return this.firstLine + positionsOf(this.written).lineOfText([...this.root, ...path], offset) - 1;
  }

  /** What a comment on the document or on the line before it says. */
  public comments(): string[] {
    return this.written.generated && !['ConfigMap', 'Secret'].includes(this.kind) ? [] : commentsOf(this.written);
  }
}

// Items of a List share their text.
const commentsOf = once(({ text }: Written) => text.split('\n').filter(line => line.trimStart().startsWith('#')));

const positionsOf = once(({ text }: Written) => {
  // Loaded when it is needed: most runs over what this library makes find nothing, and never parse any YAML.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { Positions } = require('./positions') as typeof import('./positions');
  return new Positions(text);
});

/** A value that should be text, as text. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

// What is not there is asked for most, by every rule: it is one value, and costs nothing.
const NO_OBJECT: Json = Object.freeze({});
const NO_LIST: Json[] = Object.freeze([]) as unknown as Json[];

/** Whether a value is a mapping. */
export function isObject(value: unknown): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value that should be an object; an empty one where it is not. */
export function asObject(value: unknown): Json {
  return isObject(value) ? value : NO_OBJECT;
}

/** The elements of a value that should be a list. */
export function asList(value: unknown): Json[] {
  return Array.isArray(value) ? value : NO_LIST;
}

/** The elements of a value that should be a list of objects: the list itself where it is one. */
export function asObjects(value: unknown): Json[] {
  const list = asList(value);
  return list.every(isObject) ? list : list.map(asObject);
}

/** The texts of a list. */
export function asTexts(value: unknown): string[] {
  return asList(value).map(asText);
}

/** An object of texts: the object itself where it is one. */
export function asRecord(value: unknown): Record<string, string> {
  const object = asObject(value);
  if (Object.values(object).every(text => typeof text === 'string')) return object;
  const record: Record<string, string> = {};
  for (const key of Object.keys(object)) record[key] = asText(object[key]);
  return record;
}
