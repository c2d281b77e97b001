import { Json, Manifest, Path } from './manifest';

/** An object as kustomize changes it; its lines are those of the object before. */
export class Patched extends Manifest {
  constructor(private readonly inner: Manifest, value: Json) {
    super(inner.file, inner, value);
  }

  public get repeated(): Manifest['repeated'] {
    return this.inner.repeated;
  }

  public fileAt(path: Path): string {
    return this.inner.fileAt(path);
  }

  public lineOf(path: Path): number {
    return this.inner.lineOf(path);
  }

  public lineOfText(path: Path, offset = 0): number {
    return this.inner.lineOfText(path, offset);
  }
}
