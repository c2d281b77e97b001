import { Json, Manifest, Path, asObject, asText } from './manifest';

/** A bootstrap with field names as JSON has them (staticResources), read with those of the protocol (static_resources). */
export class SnakeCased extends Manifest {
  constructor(private readonly original: Manifest) {
    super(original.file, original, snakeCased(original.value));
  }

  public fileOfLine(path: Path): string {
    return this.original.fileOfLine(this.asWritten(path));
  }

  public lineOf(path: Path): number {
    return this.original.lineOf(this.asWritten(path));
  }

  private asWritten(path: Path): Path {
    let value: Json = this.original.value;
    return path.map(step => {
      const own = typeof step === 'string' && asObject(value)[step] === undefined ? camelCased(step) : step;
      value = value?.[own];
      return own;
    });
  }
}

export function camelCased(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function snakeCased(value: Json): Json {
  if (Array.isArray(value)) return value.map(snakeCased);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) =>
    [/^[a-z][a-zA-Z0-9]*$/.test(key) ? key.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`) : key, snakeCased(inner)]));
}

/** An enumeration's value as the protocol has it: Envoy takes any case. */
export function enumOf(value: unknown): string {
  return asText(value).toUpperCase();
}
