import type { Path, Positions } from './positions';
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

/** One object out of a file. Positions are found when they are asked for, by parsing its text once more. */
export class Manifest {
  public readonly apiVersion: string;
  public readonly group: string;
  public readonly kind: string;
  public readonly name: string;
  /** The namespace, empty where none is given. */
  public readonly namespace: string;
  private document?: Positions;

  constructor(
    public readonly file: string,
    private readonly written: Written,
    public readonly value: Json,
    /** Where it stands in its document, for items of a List. */
    private readonly root: Path = [],
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
    return this.firstLine + this.positions().lineOf([...this.root, ...path]) - 1;
  }

  /** The line on which the text in a value starts: behind the `|` for a block. */
  public lineOfText(path: Path): number {
    return this.firstLine + this.positions().lineOfText([...this.root, ...path]) - 1;
  }

  /** What a comment on the document or on the line before it says. */
  public comments(): string[] {
    const text = this.written.generated && !['ConfigMap', 'Secret'].includes(this.kind) ? '' : this.text;
    return text.split('\n').filter(line => line.trimStart().startsWith('#'));
  }

  private positions(): Positions {
    // Loaded when it is needed: most runs over what this library makes find nothing, and never parse any YAML.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { Positions: positions } = require('./positions') as typeof import('./positions');
    return this.document ??= new positions(this.text);
  }
}

/** A value that should be text, as text. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** A value that should be an object; an empty one where it is not. */
export function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

/** The elements of a value that should be a list. */
export function asList(value: unknown): Json[] {
  return Array.isArray(value) ? value : [];
}

/** The elements of a list that are objects. */
export function asObjects(value: unknown): Json[] {
  return asList(value).map(asObject);
}

/** The texts of a list. */
export function asTexts(value: unknown): string[] {
  return asList(value).map(asText);
}

/** An object of texts. */
export function asRecord(value: unknown): Record<string, string> {
  const object = asObject(value);
  const record: Record<string, string> = {};
  for (const key of Object.keys(object)) record[key] = asText(object[key]);
  return record;
}
