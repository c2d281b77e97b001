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

export function readInput(file: string): Input {
  return file === '-' ? { file: '<stdin>', text: readFileSync(0, 'utf8') } : { file, text: readFileSync(file, 'utf8') };
}
