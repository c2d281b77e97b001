import { ManifestFile, Manifest } from './manifest-file';
import { manifestText } from './manifests';
import { WrittenFile } from './synthesis-summary';

/**
 * A file that is not written yet.
 */
export interface RenderedFile extends WrittenFile {
  readonly text: string;

  /**
   * Its manifests, in order; none where it is an artifact, or where nobody asks for them.
   */
  readonly manifests: readonly Manifest[];
}

/**
 * The text of a file.
 *
 * @param file its manifests
 * @param keep whether the manifests are needed afterwards
 */
export function render({ path, manifests }: ManifestFile, keep: boolean): RenderedFile {
  const kinds: string[] = [];
  const texts: string[] = [];
  const kept: Manifest[] = [];
  for (const manifest of manifests) {
    texts.push(manifestText(manifest));
    // a chart that renders itself may leave places empty
    if (manifest.json !== undefined) {
      kinds.push(manifest.json.kind);
      if (keep) {
        kept.push(manifest);
      }
    }
  }
  return { path, kinds, text: texts.join('---\n'), manifests: kept };
}
