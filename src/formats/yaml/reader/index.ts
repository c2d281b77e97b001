import { BlockReader } from './block-reader';
import { NotSure } from '../not-sure';

/**
 * Reads a document of the YAML that manifests are written in, in a fraction of the time of a program that knows all of YAML.
 *
 * What is rare (anchors, tags, keys that are there twice, tabs, several lines in quotes) and what is wrong is left to such a program.
 *
 * @param text one document; `---` may be before it
 * @returns undefined where it is left
 */
export function readYaml(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: new BlockReader(text).read() };
  } catch (error) {
    if (error instanceof NotSure) {
      return undefined;
    }
    throw error;
  }
}
