import { Json, Manifest, Path } from './manifest';

/** A value inside an object that is a document of its own, such as the Helm values of a release. */
export class Inside extends Manifest {
  constructor(public readonly outer: Manifest, public readonly place: Path, value: Json) {
    super(outer.file, outer, value);
  }

  public fileOfLine(path: Path): string {
    return this.outer.fileOfLine([...this.place, ...path]);
  }

  public lineOf(path: Path): number {
    return this.outer.lineOf([...this.place, ...path]);
  }

  public lineOfText(path: Path, offset = 0): number {
    return this.outer.lineOfText([...this.place, ...path], offset);
  }
}
