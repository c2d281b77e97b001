import { Manifest, Path } from './manifest';

/** A text inside a manifest, or a whole file that is no manifest: a configuration, a policy. */
export class Text {
  constructor(
    public readonly file: string,
    public readonly text: string,
    /** The object that holds it. */
    public readonly manifest?: Manifest,
    public readonly path: Path = [],
    /** Whether it is written in base64, so that its lines are nowhere in the file. */
    private readonly encoded = false,
  ) {}

  /** The name of the file it will be. */
  public get fileName(): string {
    return this.path.length > 0 ? String(this.path[this.path.length - 1]) : this.file.replace(/^.*\//, '');
  }

  /** The line of the outer file for a line of the text. */
  public line(inner: number): number {
    if (this.encoded) return this.manifest!.lineOf(this.path);
    const offset = Math.max(inner, 1) - 1;
    return this.manifest ? this.manifest.lineOfText(this.path, offset) : 1 + offset;
  }
}
