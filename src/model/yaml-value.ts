import type { Json } from './manifest';
import { readYaml } from '../formats/yaml/reader';

/**
 * The value that a text of YAML in an annotation stands for, that of its first document.
 *
 * @throws where it is no YAML
 */
export function valueOf(text: string): Json {
  return (readYaml(text) ?? anyYaml(text)).value;
}

function anyYaml(text: string): { readonly value: Json } {
  // Loaded when it is needed: most files have no YAML that is rare.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { parsedDocuments } = require('./parsed-documents') as typeof import('./parsed-documents');
  const [document] = parsedDocuments(text);
  if (document === undefined) return { value: null };
  if (document.errors.length > 0) throw document.errors[0];
  return { value: document.toJS({ maxAliasCount: 1000 }) };
}
