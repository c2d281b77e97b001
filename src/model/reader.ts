import type { Keeping, Reading } from './reading';

/** Reads the YAML or JSON documents of a text; what is broken is told, never thrown. */
export function readManifests(file: string, text: string, keeping?: Keeping): Reading {
  // Loaded when it is needed: what this library makes is no text yet when it is checked.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { readDocuments } = require('./documents') as typeof import('./documents');
  return readDocuments(file, text, keeping);
}
