import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from './arguments';
import { Input } from '../checks/engine';

const NAMES = /\.(ya?ml|json|conf|hcl|rego)$/;
const NEVER = new Set(['node_modules', '.git', '.terraform']);

/** The files under some paths, `-` standing for the standard input. Throws where a path is not there. */
export function listFiles(paths: readonly string[]): string[] {
  return paths.flatMap(path => (path === '-' || !isFolder(path) ? [path] : walk(path)));
}

function isFolder(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new UsageError(`'${path}' is not there: name files or folders, or - for the standard input`);
  return found.isDirectory();
}

function walk(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NEVER.has(entry.name) ? [] : walk(path);
    return entry.isFile() && NAMES.test(entry.name) ? [path] : [];
  });
}

/** Reads files, and reads them again for those who ask: they keep no text, and here only that of one file is kept. */
export class FileReader {
  /** What can be read once: the standard input, and what programs write into a pipe. */
  private readonly kept = new Map<string, string>();
  private last?: { readonly file: string; readonly text: string; lines?: string[] };

  /** Reads a file, `-` standing for the standard input. Throws where that cannot be. */
  public read(path: string): Input {
    const [file, source] = path === '-' ? ['<stdin>', 0] : [path, path];
    const text = this.kept.get(file) ?? readFileSync(source, 'utf8');
    if (path === '-' || !statSync(path).isFile()) this.kept.set(file, text);
    return { file, text, again: () => this.open(file).text };
  }

  /** A line of a file that was read, the first of which is 1; undefined where it is not there any more. */
  public line(file: string, line: number): string | undefined {
    const opened = this.open(file);
    opened.lines ??= opened.text.split('\n');
    return opened.lines[line - 1];
  }

  private open(file: string): NonNullable<FileReader['last']> {
    if (this.last?.file !== file) this.last = { file, text: this.kept.get(file) ?? readAgain(file) };
    return this.last;
  }
}

/** Somebody may have removed it in the meantime, or put something else there. */
function readAgain(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
