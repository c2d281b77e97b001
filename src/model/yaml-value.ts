import type { Json } from './manifest';

/**
 * The value that a text of YAML in an annotation stands for, that of its first document.
 *
 * @throws where it is no YAML
 */
export function valueOf(text: string): Json {
  // Loaded when it is needed: most pods have no such annotation.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { parsedDocuments } = require('./parsed-documents') as typeof import('./parsed-documents');
  const [document] = parsedDocuments(text);
  if (document === undefined) return null;
  if (document.errors.length > 0) throw document.errors[0];
  return document.toJS({ maxAliasCount: 1000 });
}
