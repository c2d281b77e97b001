import { Json, Manifest, Path, asObjects, asText } from './manifest';

/** A ConfigMap or Secret that kustomize makes of files, each of which keeps its own lines. */
export class Generated extends Manifest {
  constructor(
    private readonly kustomization: Manifest,
    private readonly place: Path,
    value: Json,
    private readonly files: ReadonlyMap<string, string>,
    /** What it does with the object of its name that a base generates; empty where it makes one. */
    public readonly behavior = '',
  ) {
    super(kustomization.file, kustomization, value);
  }

  /** Whether it has no namespace where others of its kustomization have one of their own: an overlay that places all would not be thought of. */
  public get isOneOfFew(): boolean {
    const { configMapGenerator, secretGenerator } = this.kustomization.value;
    const namespaces = [...asObjects(configMapGenerator), ...asObjects(secretGenerator)].map(({ namespace }) => asText(namespace));
    return namespaces.includes('') && namespaces.some(namespace => namespace !== '');
  }

  /** This object with what an overlay puts into it, or in its place. */
  public with(overlay: Generated): Generated {
    const data = this.kind === 'ConfigMap' ? 'data' : 'stringData';
    const isMerge = overlay.behavior === 'merge';
    const value = { ...this.value, [data]: { ...isMerge ? this.value[data] : {}, ...overlay.value[data] } };
    return new Generated(this.kustomization, this.place, value, new Map([...isMerge ? this.files : [], ...overlay.files]));
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
