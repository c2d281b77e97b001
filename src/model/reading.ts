import { Json, Manifest } from './manifest';

/** Why a template of Helm is not understood. */
export const UNRENDERED = 'an unrendered template: run helm template first';

/** Something in the input that could not be understood, with its place. */
export interface Unread {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

/** How what is read is kept, where there may be much of it. */
export interface Keeping {
  /** Takes the value of a document, and gives one that is equal. */
  readonly share: (value: Json) => Json;
  /** Reads the text of the file again, where it is not kept. */
  readonly again?: () => string;
}

/** What was read from a text. */
export interface Reading {
  readonly manifests: Manifest[];
  readonly unread: Unread[];
}
