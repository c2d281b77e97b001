import { Json, Manifest, Path } from './manifest';

/** A ConfigMap or Secret that kustomize makes of files, each of which keeps its own lines. */
export class Generated extends Manifest {
  constructor(
    private readonly kustomization: Manifest,
    private readonly place: Path,
    value: Json,
    private readonly files: ReadonlyMap<string, string>,
  ) {
    super(kustomization.file, kustomization, value);
  }

  public fileAt(path: Path): string {
    return this.files.get(String(path[1])) ?? this.file;
  }

  public lineOf(): number {
    return this.kustomization.lineOf(this.place);
  }

  public lineOfText(path: Path, offset = 0): number {
    return this.files.has(String(path[1])) ? 1 + offset : this.lineOf();
  }
}
