import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { compile } from '../bench/compile';
import { run } from '../bench/process';
import { bundleChecks } from '../scripts/bundle-checks';
import { makeExportsLazy } from '../scripts/lazy-exports';
import { checks } from '../src';

const ROOT = join(__dirname, '..');
let code: string;

beforeAll(() => {
  mkdirSync(join(ROOT, '.tmp'), { recursive: true });
  code = mkdtempSync(join(ROOT, '.tmp', 'start-'));
  compile(join(ROOT, 'src'), code);
  makeExportsLazy(code);
  bundleChecks(code, join(ROOT, 'src'));
}, 60_000);

afterAll(() => rmSync(code, { recursive: true }));

test('the package loads one module, then what is used', () => {
  expect(loaded('')).toEqual(['index.js']);
  expect(loaded("spiffe.TrustDomain.of('example.org');").filter((path) => !/^(index|cluster|identity|formats)/.test(path))).toEqual([]);
});

test('no rule and no package that cdk8s and constructs have not loaded is loaded before output is checked', () => {
  const paths = loaded('new spiffe.GitOpsApp({ checks: spiffe.OutputChecks.OFF }); spiffe.presets.BookinfoZeroTrust;');
  expect(paths.length).toBeGreaterThan(20);
  expect(paths.filter((path) => path.startsWith('..') || path.startsWith('checks/bundle'))).toEqual([]);
});

test('the judges are one file, and find what they find as many', () => {
  const texts = [{ file: 'mesh.yaml', text: 'apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {name: default}\nspec: {mtls: {mode: STRIKT}}\n' }];
  const { paths, value } = after('', `new spiffe.checks.ManifestChecker().check(${JSON.stringify(texts)})`);
  expect(paths.filter((path) => /^(checks|model)/.test(path))).toEqual([
    'checks/bundle.js', 'checks/engine.js', 'checks/finding.js', 'checks/index.js', 'checks/manifest-checker.js', 'checks/rules/index.js',
  ]);
  expect(value).toEqual(new checks.ManifestChecker().check(texts));
  expect(value).not.toEqual([]);
});

test('a synthesis is judged by the same file', () => {
  const { paths } = after(`new spiffe.GitOpsApp({ outdir: ${JSON.stringify(join(code, 'dist'))} }).synth();`, 'null');
  expect(paths).toContain('checks/bundle.js');
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
  return after(use, 'null').paths;
}

/** The modules that a program loads, and the value of an expression at its end. */
function after(statements: string, value: string): { readonly paths: string[]; readonly value: unknown } {
  const script = [
    "require('cdk8s'); require('constructs'); const before = new Set(Object.keys(require.cache));",
    `const spiffe = require(${JSON.stringify(code)});`,
    statements,
    `console.log(JSON.stringify({ value: ${value}, paths: Object.keys(require.cache).filter((path) => !before.has(path)) }));`,
  ].join('\n');
  const { paths, value: found }: { paths: string[]; value: unknown } = JSON.parse(run(process.execPath, '-e', script).output);
  return { paths: paths.map((path) => relative(code, path)).sort(), value: found };
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
