import { Manifest } from './manifest';
import { Text } from './text';

/** A document inside a text, whose lines are counted in the outer file. */
export class Embedded extends Manifest {
  constructor(public readonly outer: Text, private readonly inner: Manifest) {
    super(inner.file, inner, inner.value);
  }

  public get repeated(): Manifest['repeated'] {
    return this.inner.repeated.map(key => ({ ...key, line: this.outer.line(key.line), before: this.outer.line(key.before) }));
  }

  public lineOf(path: Parameters<Manifest['lineOf']>[0]): number {
    return this.outer.line(this.inner.lineOf(path));
  }

  public lineOfText(path: Parameters<Manifest['lineOfText']>[0], offset = 0): number {
    return this.outer.line(this.inner.lineOfText(path, offset));
  }
}
