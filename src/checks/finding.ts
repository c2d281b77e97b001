/** How bad a finding is. */
export enum Level {
  /** It does not start, never works, or opens what should be closed. */
  ERROR = 'error',
  /** It works by chance or not as meant. */
  WARNING = 'warning',
  /** It could be better. */
  INFO = 'info',
}

/** The object a finding is about. */
export interface FindingObject {
  /**
   * Its API version.
   *
   * @default - what was found is no Kubernetes object
   */
  readonly apiVersion?: string;

  /**
   * Its kind.
   *
   * @default - what was found is no Kubernetes object
   */
  readonly kind?: string;

  /**
   * Its namespace.
   *
   * @default - none is given
   */
  readonly namespace?: string;

  /**
   * Its name.
   *
   * @default - it has none
   */
  readonly name?: string;
}

/** Something that is wrong in a manifest. */
export interface Finding {
  /** Id of the rule that found it. */
  readonly rule: string;

  /** How bad it is. */
  readonly level: Level;

  /** What is wrong. */
  readonly message: string;

  /** What to change. */
  readonly fix: string;

  /** The file it stands in. */
  readonly file: string;

  /** The line of the file, from one. */
  readonly line: number;

  /** The object it stands in. */
  readonly object: FindingObject;
}
