import { IConstruct } from 'constructs';

/**
 * The manifest of one object, and the construct that it comes from.
 */
export interface Manifest {
  readonly source: IConstruct;
  readonly json: any;

  /**
   * Whether nothing in it occurs twice, which would get an anchor and an alias.
   */
  readonly isTree: boolean;
}

/**
 * A file of manifests that is not rendered yet. Its manifests are made one after the other, so that few are in memory.
 */
export interface ManifestFile {
  readonly path: string;
  readonly manifests: Iterable<Manifest>;
}
