import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { compile } from '../bench/compile';
import { run } from '../bench/process';
import { makeExportsLazy } from '../scripts/lazy-exports';

const ROOT = join(__dirname, '..');
let code: string;

beforeAll(() => {
  mkdirSync(join(ROOT, '.tmp'), { recursive: true });
  code = mkdtempSync(join(ROOT, '.tmp', 'start-'));
  compile(join(ROOT, 'src'), code);
  makeExportsLazy(code);
}, 60_000);

afterAll(() => rmSync(code, { recursive: true }));

test('the package loads one module, then what is used', () => {
  expect(loaded('')).toEqual(['index.js']);
  expect(loaded("spiffe.TrustDomain.of('example.org');").filter((path) => !/^(index|cluster|identity|formats)/.test(path))).toEqual([]);
});

test('no rule and no package that cdk8s and constructs have not loaded is loaded before output is checked', () => {
  const paths = loaded('new spiffe.GitOpsApp({ checks: spiffe.OutputChecks.OFF }); spiffe.presets.BookinfoZeroTrust;');
  expect(paths.length).toBeGreaterThan(20);
  expect(paths.filter((path) => path.startsWith('..') || path.startsWith('checks/rules'))).toEqual([]);
});

test('what is exported lazily is what is exported', () => {
  const names = (path: string) => JSON.parse(run(process.execPath, '-e', `${NAMES} console.log(JSON.stringify(names(require(${JSON.stringify(path)}))));`).output);
  const eager = mkdtempSync(join(ROOT, '.tmp', 'start-'));
  try {
    compile(join(ROOT, 'src'), eager);
    expect(names(code)).toEqual(names(eager));
    expect(names(code)).toContain('presets.BookinfoZeroTrust function');
  } finally {
    rmSync(eager, { recursive: true });
  }
}, 60_000);

const NAMES = `const names = (exported, before = '') => Object.keys(exported).sort().flatMap((name) => exported[name]?.__esModule
  ? names(exported[name], before + name + '.')
  : [before + name + ' ' + typeof exported[name]]);`;

function loaded(use: string): string[] {
  const script = [
    "require('cdk8s'); require('constructs'); const before = new Set(Object.keys(require.cache));",
    `const spiffe = require(${JSON.stringify(code)});`,
    use,
    'console.log(JSON.stringify(Object.keys(require.cache).filter((path) => !before.has(path))));',
  ].join('\n');
  const paths: string[] = JSON.parse(run(process.execPath, '-e', script).output);
  return paths.map((path) => relative(code, path)).sort();
}

test('the command runs in a clone that is not compiled, and says what to do in one that is not set up', () => {
  const clone = mkdtempSync(join(ROOT, '.tmp', 'start-'));
  const bare = mkdtempSync(join(tmpdir(), 'start-'));
  try {
    for (const folder of [clone, bare]) {
      cpSync(join(ROOT, 'bin'), join(folder, 'bin'), { recursive: true });
      ['src', 'examples'].forEach((name) => symlinkSync(join(ROOT, name), join(folder, name)));
    }
    expect(run(process.execPath, join(clone, 'bin', 'cdk8s-spiffe'), 'help').output).toContain('Usage: cdk8s-spiffe COMMAND');
    const { status, stderr } = spawnSync(process.execPath, [join(bare, 'bin', 'cdk8s-spiffe'), 'help'], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([2, 'this clone is not set up: run `npm run demo` or `npm test` in it once\n']);
  } finally {
    [clone, bare].forEach((folder) => rmSync(folder, { recursive: true }));
  }
}, 120_000);
