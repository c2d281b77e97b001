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

/** A list or mapping of texts and numbers, and the last document that has it. */
interface KnownCollection {
  readonly value: Json;
  document: number;
}

/**
 * Makes one value of those that are equal in different documents, and keeps none of their text alive.
 *
 * Those are texts, and what has nothing but texts and numbers in it, such as labels: manifests of many services are alike in them.
 * Items of lists, and what is equal in one document, stay values of their own, since rules know the places in a list by them.
 */
export class SharedValues {
  private readonly texts = new Map<string, KnownText>();
  private readonly collections = new Map<number, KnownCollection>();
  private document = 0;
  private number = 0;

  /** A value that is equal to that of a document, which nobody else may have; it has no collection that stands in itself. */
  public share(value: Json): Json {
    this.document++;
    return isCollection(value) ? this.filled(value) : this.scalar(value);
  }

  /** A list or mapping, with shared values in it. */
  private filled(collection: Json): Json {
    for (const key of Object.keys(collection)) {
      const value = collection[key];
      if (!isCollection(value)) collection[key] = this.scalar(value);
      else if (Array.isArray(collection) || Object.values(value).some(isCollection)) this.filled(value);
      else collection[key] = this.collection(this.filled(value));
    }
    return collection;
  }

  private scalar(value: Json): Json {
    return typeof value === 'string' ? this.text(value).text : value;
  }

  private text(text: string): KnownText {
    const known = this.texts.get(text);
    if (known) return known;
    if (this.texts.size >= MOST) this.texts.clear();
    const added = { text: copyOf(text), number: ++this.number };
    this.texts.set(added.text, added);
    return added;
  }

  private collection(value: Json): Json {
    const hash = this.hashOf(value);
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

  /** A number that is the same for equal collections. */
  private hashOf(collection: Json): number {
    let hash = Array.isArray(collection) ? 1 : 2;
    for (const key of Object.keys(collection)) {
      const value = collection[key];
      hash = next(next(hash, key.length), typeof value === 'string' ? this.text(value).number : Number(value));
    }
    return hash;
  }
}

function isCollection(value: Json): boolean {
  return typeof value === 'object' && value !== null;
}

function next(hash: number, one: number): number {
  return (hash * 31 + one) % LARGEST;
}

/** A text that is a part of another one keeps all of that alive. */
function copyOf(text: string): string {
  const encoding = ONE_BYTE.test(text) ? 'latin1' : 'utf16le';
  return Buffer.from(text, encoding).toString(encoding);
}

/** Whether two collections have the same texts and numbers, in the same order. */
function isSame(one: Json, other: Json): boolean {
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [keys, others] = [Object.keys(one), Object.keys(other)];
  return keys.length === others.length && keys.every((key, i) => key === others[i] && one[key] === other[key]);
}
