import { Manifest, Path } from './manifest';
import { once } from './once';

const linesOf = once(({ text }: Manifest) => text.split('\n'));

/** The line on which a value stands, as it is written. */
export function writtenLine(manifest: Manifest, path: Path): string {
  return linesOf(manifest)[manifest.lineOf(path) - manifest.firstLine] ?? '';
}
