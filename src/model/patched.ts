import type { Change, Place } from './kustomize-patches';
import { Json, Manifest, Path } from './manifest';

/** An object as kustomize changes it; its lines are those of the object before, or of the patch that gives the value. */
export class Patched extends Manifest {
  constructor(private readonly inner: Manifest, value: Json, private readonly changes: readonly Change[] = []) {
    super(inner.file, inner, value);
  }

  public get repeated(): Manifest['repeated'] {
    return this.inner.repeated;
  }

  public fileAt(path: Path): string {
    return this.inner.fileAt(path);
  }

  public fileOfLine(path: Path): string {
    return this.origin(path)?.file ?? this.inner.fileOfLine(path);
  }

  public lineOf(path: Path): number {
    return this.origin(path)?.line ?? this.inner.lineOf(path);
  }

  public lineOfText(path: Path, offset = 0): number {
    return this.inner.lineOfText(path, offset);
  }

  /** Where the last change to a value stands; what is near the root is changed by all, and means none. */
  private origin(path: Path): Place | undefined {
    if (path.length < 2) return undefined;
    const at = (value: Json): Json => path.reduce((inner: Json, step) => inner?.[step], value);
    let [value, last]: [Json, Change | undefined] = [this.inner.value, undefined];
    for (const change of this.changes) {
      const next = change.change(value);
      if (JSON.stringify(at(next)) !== JSON.stringify(at(value)) && (at(value) === undefined || !holdsLists(at(next)))) last = change;
      value = next;
    }
    return last?.origin?.(path);
  }
}

/** Whether a value is as large as a container: a change somewhere in it is not what is told of the whole. */
function holdsLists(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).some(inner => Array.isArray(inner));
}
