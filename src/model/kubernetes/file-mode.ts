import { Manifest, Path } from '../manifest';
import { writtenLine } from '../written-line';

/** The permissions that a field gives a file: kubectl reads 0640 in octal, as YAML 1.1 does, and YAML 1.2 does not. */
export function fileModeAt(manifest: Manifest, path: Path, mode: number): number {
  return mode > 0o7 && isOctal(manifest, path) ? parseInt(String(mode), 8) : mode;
}

function isOctal(manifest: Manifest, path: Path): boolean {
  return new RegExp(`\\b${path[path.length - 1]}["']?:\\s*0[0-7]+\\b`).test(writtenLine(manifest, path));
}
