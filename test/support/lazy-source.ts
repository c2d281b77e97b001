import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/**
 * Writes an index of the source that loads a module when one of its exports is first used, as that of the compiled package does.
 *
 * A test file loads the modules that it needs, and not three hundred.
 */
export default function writeLazySource(): void {
  const lines = [...exportsOf(join(ROOT, 'src', 'index.ts'))].map(([name, load]) => `Object.defineProperty(exports, '${name}', { enumerable: true, get: () => ${load} });`);
  mkdirSync(join(ROOT, '.tmp'), { recursive: true });
  const [file, text] = [join(ROOT, '.tmp', 'source.js'), ['Object.defineProperty(exports, "__esModule", { value: true });', ...lines, ''].join('\n')];
  // another run may be reading it
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    writeFileSync(file, text);
  }
}

function exportsOf(file: string): Map<string, string> {
  const text = readFileSync(file, 'utf8');
  const names = new Map<string, string>();
  for (const [, name] of text.matchAll(/^export (?:abstract )?(?:class|enum|const|function) (\w+)/gm)) {
    names.set(name, `require(${JSON.stringify(file)}).${name}`);
  }
  for (const [, name, module] of text.matchAll(/^export \*(?: as (\w+))? from '(.+)';$/gm)) {
    const path = resolve(dirname(file), module);
    const found = name ? new Map([[name, `require(${JSON.stringify(path)})`]]) : exportsOf(path);
    found.forEach((load, key) => names.set(key, load));
  }
  for (const [, list, module] of text.matchAll(/^export \{ (.+) \} from '(.+)';$/gm)) {
    const path = resolve(dirname(file), module);
    list.split(', ').forEach((name) => names.set(name, `require(${JSON.stringify(path)}).${name}`));
  }
  return names;
}

function resolve(folder: string, module: string): string {
  return [`${module}.ts`, join(module, 'index.ts')].map((path) => join(folder, path)).find(existsSync)!;
}
