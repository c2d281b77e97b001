/**
 * Puts the compiled judges in one file, since to load six hundred small ones takes longer than to check a small app.
 *
 * A module that others require stays as a door into that file, and the rest goes. What is exported stays as it is.
 * The file is made of the source: its modules share one scope then, which loads in two thirds of the time of compiled ones.
 */
import { mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { buildSync } from 'esbuild';

const WING = ['checks', 'model'];
const BUNDLE = 'checks/bundle.js';
const EXPORTS = 'checks/index.js';
const REQUIRED = /\brequire\((["'])(\.[^"']*)\1\)/g;

/**
 * @param folder of compiled JavaScript
 * @param source the folder of TypeScript that it was compiled from
 */
export function bundleChecks(folder: string, source: string): void {
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js')).map((file) => file.replaceAll('\\', '/'));
  const exported = new Set([EXPORTS, ...requiredBy(folder, EXPORTS)]);
  const inside = new Set(all.filter((file) => WING.includes(file.split('/')[0]) && !exported.has(file)));
  const outside = all.filter((file) => !inside.has(file));
  const doors = new Set(outside.flatMap((file) => requiredBy(folder, file)).filter((file) => inside.has(file)));
  writeFileSync(join(folder, BUNDLE), bundleOf(source, join(folder, BUNDLE), [...doors], outside));
  for (const file of inside) {
    rmSync(join(folder, file));
    rmSync(join(folder, file.replace(/\.js$/, '.d.ts')), { force: true });
  }
  removeEmptyFolders(folder);
  for (const file of doors) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `"use strict";\nmodule.exports = require(${JSON.stringify(pathTo(BUNDLE, file))})[${JSON.stringify(file)}]();\n`);
  }
}

function bundleOf(source: string, target: string, doors: string[], outside: string[]): string {
  const contents = doors.map((file, i) => `import * as door${i} from './${file.replace(/\.js$/, '')}';\nexports[${JSON.stringify(file)}] = () => door${i};`).join('\n');
  const { outputFiles: [{ text }] } = buildSync({
    stdin: { contents, resolveDir: source, loader: 'ts' },
    outfile: target,
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node20.16',
    packages: 'external',
    external: outside.flatMap(namesOf).map((name) => join(source, name)),
    tsconfigRaw: { compilerOptions: { target: 'ES2022' } },
    logLevel: 'warning',
  });
  // what is outside of the file is compiled beside it
  return text.replaceAll(`require("${relative(dirname(target), source).replaceAll('\\', '/')}/`, 'require("../');
}

/** What a module is called by those that import it: an index by its folder as well. */
function namesOf(file: string): string[] {
  const name = file.replace(/\.js$/, '');
  return name.endsWith('/index') ? [name, dirname(name)] : [name];
}

function requiredBy(folder: string, file: string): string[] {
  return [...readFileSync(join(folder, file), 'utf8').matchAll(REQUIRED)]
    .map(([, , path]) => relative(folder, require.resolve(resolve(folder, dirname(file), path))).replaceAll('\\', '/'));
}

function removeEmptyFolders(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }).filter((each) => each.isDirectory())) {
    const path = join(folder, entry.name);
    removeEmptyFolders(path);
    if (readdirSync(path).length === 0) {
      rmdirSync(path);
    }
  }
}

function pathTo(to: string, from: string): string {
  const path = relative(dirname(from), to).replaceAll('\\', '/');
  return path.startsWith('.') ? path : `./${path}`;
}

if (require.main === module) {
  bundleChecks(join(__dirname, '..', 'lib'), join(__dirname, '..', 'src'));
}
