import { Yaml } from 'cdk8s';
import { NotSure } from './not-sure';
import { blockText, lineText } from './scalar';

const LONGEST_KEY = 1024;
const KEY_CACHE_LIMIT = 10_000;

/**
 * The YAML text of documents, with the bytes of cdk8s's `Yaml.stringify` in a fraction of its time.
 *
 * What is rare in manifests (shared references, class instances, keys of several lines) is left to cdk8s.
 *
 * @param documents plain values
 */
export function stringifyYaml(documents: unknown[]): string {
  return documents.map((document) => documentText(document, new Set())).join('---\n');
}

/**
 * The YAML text of one document, as `stringifyYaml` writes it, without a look for objects that occur twice.
 *
 * @param document a plain value in which no object or list occurs twice
 */
export function stringifyTree(document: unknown): string {
  return documentText(document, undefined);
}

// `seen` are the objects and lists so far: one that is used twice gets an anchor and an alias
function documentText(document: unknown, seen: Set<unknown> | undefined): string {
  if (isPlainObject(document)) {
    try {
      return `${new BlockEmitter(document, seen).text}\n`;
    } catch (error) {
      if (!(error instanceof NotSure)) {
        throw error;
      }
    }
  }
  return Yaml.stringify(document);
}

interface KeyStart {
  /** Where a collection follows. */
  readonly collection: string;
  readonly scalar: string;
}

/**
 * The beginnings of lines at one depth, which are few and the same in most manifests.
 */
class Depth {
  /** What starts a line: a line break and the indentation. */
  public readonly line: string;
  public readonly item: string;

  private inner: Depth | undefined;
  private readonly keys = new Map<string, KeyStart>();

  public constructor(private readonly level: number) {
    this.line = `\n${'  '.repeat(level)}`;
    this.item = `${this.line}- `;
  }

  public get deeper(): Depth {
    return this.inner ??= new Depth(this.level + 1);
  }

  public key(name: string): KeyStart {
    let start = this.keys.get(name);
    if (start === undefined) {
      if (this.keys.size === KEY_CACHE_LIMIT) {
        this.keys.clear();
      }
      const text = `${this.line}${this.level === 0 ? rootKey(name) : key(name)}`;
      start = { collection: text, scalar: `${text} ` };
      this.keys.set(name, start);
    }
    return start;
  }
}

const ROOT = new Depth(0);

class BlockEmitter {
  private readonly parts: string[] = [];

  public constructor(document: Record<string, unknown>, private readonly seen: Set<unknown> | undefined) {
    this.see(document);
    const names = Object.keys(document);
    if (names.length === 0) {
      this.parts.push('{}');
    } else {
      this.map(document, names, ROOT, true);
    }
  }

  public get text(): string {
    return this.parts.join('');
  }

  // `inLine` is whether it starts in the line that is there, after the `- ` of a sequence
  private map(map: Record<string, unknown>, names: string[], depth: Depth, inLine: boolean): void {
    let isInLine = inLine;
    for (const name of names) {
      const value = map[name];
      const start = depth.key(name);
      const isCollection = typeof value === 'object' && value !== null;
      const text = isCollection ? start.collection : start.scalar;
      this.parts.push(isInLine ? text.slice(depth.line.length) : text);
      isInLine = false;
      if (isCollection) {
        this.collection(value, depth.deeper, false);
      } else {
        this.parts.push(scalar(value, depth.deeper.line));
      }
    }
  }

  private sequence(items: unknown[], depth: Depth, inLine: boolean): void {
    let start = inLine ? '- ' : depth.item;
    for (const item of items) {
      this.parts.push(start);
      start = depth.item;
      if (typeof item === 'object' && item !== null) {
        this.collection(item, depth.deeper, true);
      } else {
        this.parts.push(scalar(item, depth.deeper.line));
      }
    }
  }

  private collection(value: object, depth: Depth, inLine: boolean): void {
    this.see(value);
    if (Array.isArray(value)) {
      if (value.length === 0) {
        this.parts.push(inLine ? '[]' : ' []');
      } else {
        this.sequence(value, depth, inLine);
      }
      return;
    }
    if (!isPlainObject(value)) {
      throw new NotSure();
    }
    const names = Object.keys(value);
    if (names.length === 0) {
      this.parts.push(inLine ? '{}' : ' {}');
    } else {
      this.map(value, names, depth, inLine);
    }
  }

  private see(value: object): void {
    if (this.seen?.has(value)) {
      throw new NotSure();
    }
    this.seen?.add(value);
  }
}

function scalar(value: unknown, line: string): string {
  switch (typeof value) {
    case 'string':
      return value.includes('\n') ? blockText(value, line) : lineText(value);
    case 'boolean':
      return String(value);
    case 'number':
      if (Number.isFinite(value) && !Object.is(value, -0)) {
        return String(value);
      }
      throw new NotSure();
    default:
      if (value === null || value === undefined) {
        return 'null';
      }
      throw new NotSure();
  }
}

function key(name: string): string {
  const text = `${lineText(name)}:`;
  if (name.includes('\n') || text.length > LONGEST_KEY) {
    throw new NotSure();
  }
  return text;
}

// at the start of a line (U+2028 starts one, too), `---` and `...` end a document and `%` starts a directive
function rootKey(name: string): string {
  if (/^(?:---|\.\.\.|%)/m.test(name)) {
    throw new NotSure();
  }
  return key(name);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const prototype = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && typeof (value as { toJSON?: unknown }).toJSON !== 'function';
}
