/**
 * Makes the index files of compiled code load each module when one of its exports is first used, so that a user pays for what is used only.
 *
 * An index file is one that only passes on what other modules export.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const STAR = /^__exportStar\(require\("([^"]+)"\), exports\);$/;
const NAMESPACE = /^exports\.(\w+) = __importStar\(require\("([^"]+)"\)\);$/;
const MODULE = /^(?:var|const) (\w+) = require\("([^"]+)"\);$/;
const NAMED = /^Object\.defineProperty\(exports, "(\w+)", \{ enumerable: true, get: function \(\) \{ return (\w+)\.(\w+); \} \}\);$/;
const PROLOGUE = /^(?:"use strict";|Object\.defineProperty\(exports, "__esModule".*|exports\.[\w. =]+ = void 0;|var __\w+ = .*|[ }].*|\/\/.*|)$/;

// an export that is undefined yet, as its module is being loaded, is asked again
const LAZY = `function lazy(name, load) {
    Object.defineProperty(exports, name, { enumerable: true, configurable: true, get() {
        const value = load();
        if (value !== undefined) {
            Object.defineProperty(exports, name, { enumerable: true, value });
        }
        return value;
    } });
}`;

/**
 * @param folder of compiled JavaScript
 */
export function makeExportsLazy(folder: string): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => basename(file) === 'index.js').map((file) => join(folder, file));
  // all are asked what they export before one is changed
  const changed = files.map((file) => [file, lazyIndex(file)] as const);
  for (const [file, text] of changed) {
    if (text !== undefined) {
      writeFileSync(file, text);
    }
  }
}

function lazyIndex(file: string): string | undefined {
  const lines = readFileSync(file, 'utf8').split('\n').filter((line) => !PROLOGUE.test(line));
  if (!lines.every((line) => [STAR, NAMESPACE, MODULE, NAMED].some((form) => form.test(line)))) {
    return undefined;
  }
  const modules = new Map(matches(lines, MODULE).map(([, variable, module]) => [variable, load(module)]));
  const loads = new Map([
    ...matches(lines, STAR).flatMap(([, module]) => namesOf(file, module).map((name) => [name, `${load(module)}.${name}`] as const)),
    ...matches(lines, NAMESPACE).map(([, name, module]) => [name, load(module)] as const),
    ...matches(lines, NAMED).map(([, name, variable, property]) => [name, `${modules.get(variable)}.${property}`] as const),
  ]);
  return [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    // where Node finds the names for `import { X }` of an ES module
    `exports.${[...loads.keys()].join(' = exports.')} = void 0;`,
    LAZY,
    ...[...loads].map(([name, value]) => `lazy("${name}", () => ${value});`),
    '',
  ].join('\n');
}

function matches(lines: string[], form: RegExp): RegExpExecArray[] {
  return lines.map((line) => form.exec(line)).filter((match) => match !== null);
}

function load(module: string): string {
  return `require(${JSON.stringify(module)})`;
}

function namesOf(file: string, module: string): string[] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return Object.keys(require(join(dirname(file), module)));
}

if (require.main === module) {
  makeExportsLazy(join(__dirname, '..', 'lib'));
}
