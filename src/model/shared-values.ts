import { Json } from './manifest';

/** How many texts and collections are remembered: what is equal stands near each other, as manifests of one team do. */
const MOST = 30_000;
/** How many equal collections of one document are told apart. */
const MOST_ALIKE = 8;
const ONE_BYTE = /^[\0-\u00ff]*$/;

// that hashes times 31 are whole numbers
const LARGEST = 2 ** 32;

/** A text, and a number that stands for it. */
interface KnownText {
  readonly text: string;
  readonly number: number;
}

/** A list or mapping, and the last document that has it. */
interface KnownCollection {
  readonly value: Json;
  document: number;
}

/**
 * Makes one value of those that are equal in different documents, and keeps none of their text alive.
 *
 * Manifests of many services are alike: their values take a third of the memory then.
 * In one document each value stays one of its own, since rules tell the places in a list apart by them.
 */
export class SharedValues {
  private readonly texts = new Map<string, KnownText>();
  private readonly collections = new Map<number, KnownCollection>();
  private document = 0;
  private number = 0;
  /** A number that is the same for equal values, of the value that was shared last. */
  private hash = 0;

  /** A value that is equal to that of a document, which nobody else may have; it has no collection that stands in itself. */
  public share(value: Json): Json {
    this.document++;
    return this.shared(value);
  }

  private shared(value: Json): Json {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return this.list(value);
    if (typeof value === 'object' && value !== null) return this.mapping(value);
    this.hash = Number(value);
    return value;
  }

  private text(text: string): string {
    const known = this.texts.get(text) ?? this.addText(text);
    this.hash = known.number;
    return known.text;
  }

  private addText(text: string): KnownText {
    if (this.texts.size >= MOST) this.texts.clear();
    const known = { text: copyOf(text), number: ++this.number };
    this.texts.set(known.text, known);
    return known;
  }

  private list(list: Json[]): Json {
    let hash = list.length;
    for (let i = 0; i < list.length; i++) {
      list[i] = this.shared(list[i]);
      hash = next(hash, this.hash);
    }
    return this.collection(list, hash);
  }

  private mapping(mapping: Json): Json {
    let hash = -1;
    for (const key of Object.keys(mapping)) {
      mapping[key] = this.shared(mapping[key]);
      hash = next(next(hash, key.length), this.hash);
    }
    return this.collection(mapping, hash);
  }

  private collection(value: Json, hash: number): Json {
    this.hash = hash;
    for (let at = hash; at < hash + MOST_ALIKE; at++) {
      const known = this.collections.get(at);
      if (known === undefined) return this.addCollection(value, at);
      if (known.document === this.document || !isSame(known.value, value)) continue;
      known.document = this.document;
      return known.value;
    }
    return value;
  }

  private addCollection(value: Json, at: number): Json {
    if (this.collections.size >= MOST) this.collections.clear();
    this.collections.set(at, { value, document: this.document });
    return value;
  }
}

function next(hash: number, one: number): number {
  return (hash * 31 + one) % LARGEST;
}

/** A text that is a part of another one keeps all of that alive. */
function copyOf(text: string): string {
  const encoding = ONE_BYTE.test(text) ? 'latin1' : 'utf16le';
  return Buffer.from(text, encoding).toString(encoding);
}

/** Whether two collections have the same, which is shared, in the same order. */
function isSame(one: Json, other: Json): boolean {
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [keys, others] = [Object.keys(one), Object.keys(other)];
  return keys.length === others.length && keys.every((key, i) => key === others[i] && one[key] === other[key]);
}
