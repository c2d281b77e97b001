import { Manifest } from './manifest';

/** Why a template of Helm is not understood. */
export const UNRENDERED = 'an unrendered template: run helm template first';

/** Something in the input that could not be understood, with its place. */
export interface Unread {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

/** What was read from a text. */
export interface Reading {
  readonly manifests: Manifest[];
  readonly unread: Unread[];
}
