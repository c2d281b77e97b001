import { existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { filesIn, withFolder } from './output';
import { OutputFolder } from '../../src/app/output-folder';
import { anyText } from '../support/arbitraries';

type Files = { [path: string]: string };

const app = {};

function write(folder: string, files: Files, writer = app): void {
  const output = new OutputFolder(folder, writer);
  Object.entries(files).forEach(([path, text]) => output.write(path, text));
  output.close();
}

const paths = fc.tuple(fc.constantFrom('prod', 'test'), fc.constantFrom('00-crds', '80-apps', 'artifacts'), fc.constantFrom('a.yaml', 'b.yaml', 'c.md'))
  .map((parts) => parts.join('/'));
const files = fc.dictionary(paths, anyText, { maxKeys: 6, noNullPrototype: true });

test('after any runs there are the files of the latest one, and those of others', () => {
  fc.assert(fc.property(fc.array(files, { minLength: 1, maxLength: 4 }), (runs) => withFolder((folder) => {
    mkdirSync(join(folder, 'prod'));
    writeFileSync(join(folder, 'prod', 'README.md'), 'mine');
    runs.forEach((run) => write(folder, run));
    expect(filesIn(folder)).toEqual({ ...runs[runs.length - 1], 'prod/README.md': 'mine' });
  })), { numRuns: 50 });
});

test('no empty folder stays', () => withFolder((folder) => {
  write(folder, { 'prod/80-apps/web.yaml': 'a', 'prod/artifacts/VERIFY.md': 'b' });
  write(folder, { 'prod/artifacts/VERIFY.md': 'b' });
  expect(readdirSync(join(folder, 'prod'))).toEqual(['artifacts']);
  write(folder, {});
  expect(existsSync(join(folder, 'prod'))).toBe(false);
  expect(existsSync(folder)).toBe(true);
}));

test('a file with the same bytes is not written again', () => withFolder((folder) => {
  const long = new Date(0);
  write(folder, { 'a.yaml': 'a', 'b.yaml': 'b' });
  ['a.yaml', 'b.yaml'].forEach((path) => utimesSync(join(folder, path), long, long));
  write(folder, { 'a.yaml': 'a', 'b.yaml': 'c' });
  expect(statSync(join(folder, 'a.yaml')).mtime).toEqual(long);
  expect(statSync(join(folder, 'b.yaml')).mtime).not.toEqual(long);
}));

test('a file that somebody removed or changed comes back', () => withFolder((folder) => {
  write(folder, { 'a.yaml': 'a' });
  writeFileSync(join(folder, 'a.yaml'), 'edited');
  write(folder, { 'a.yaml': 'a', 'b.yaml': 'b' });
  expect(filesIn(folder)).toEqual({ 'a.yaml': 'a', 'b.yaml': 'b' });
}));

test('a list of own files that somebody forged removes nothing outside of the folder', () => withFolder((folder) => {
  const output = join(folder, 'dist');
  mkdirSync(output);
  writeFileSync(join(folder, 'outside'), 'mine');
  writeFileSync(join(output, '.cdk8s-spiffe-files'), `../outside\n${folder}/outside\na/../../outside\n`);
  write(output, { 'a.yaml': 'a' });
  expect(filesIn(folder)).toEqual({ 'outside': 'mine', 'dist/a.yaml': 'a' });
}));

test('a run that is given up removes nothing, and its files belong to the next run', () => withFolder((folder) => {
  write(folder, { 'a.yaml': 'a' });
  const output = new OutputFolder(folder, app);
  output.write('b.yaml', 'b');
  output.abandon();
  expect(filesIn(folder)).toEqual({ 'a.yaml': 'a', 'b.yaml': 'b' });
  write(folder, { 'c.yaml': 'c' });
  expect(filesIn(folder)).toEqual({ 'c.yaml': 'c' });
}));

test('what another app of the same program wrote stays, and goes with the next program', () => withFolder((folder) => {
  write(folder, { 'a.yaml': 'a' });
  write(folder, { 'b.yaml': 'b' }, {});
  write(join(folder, '.'), { 'c.yaml': 'c' });
  expect(filesIn(folder)).toEqual({ 'b.yaml': 'b', 'c.yaml': 'c' });
  jest.isolateModules(() => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const next = new (require('../../src/app/output-folder') as typeof import('../../src/app/output-folder')).OutputFolder(folder, {});
    next.write('d.yaml', 'd');
    next.close();
  });
  expect(filesIn(folder)).toEqual({ 'd.yaml': 'd' });
}));

test('an app that is done is not kept in memory', async () => {
  const done = withFolder((folder) => {
    const other = {};
    write(folder, { 'a.yaml': 'a' }, other);
    return new WeakRef(other);
  });
  setFlagsFromString('--expose-gc');
  await new Promise(setImmediate);
  runInNewContext('gc')();
  expect(done.deref()).toBeUndefined();
});

test('a folder in the place of a file of an earlier run, or a file in that of its folder, stays', () => withFolder((folder) => {
  write(folder, { 'a.yaml': 'a', 'b/c.yaml': 'b' });
  rmSync(join(folder, 'a.yaml'));
  rmSync(join(folder, 'b'), { recursive: true });
  mkdirSync(join(folder, 'a.yaml'));
  writeFileSync(join(folder, 'a.yaml', 'mine'), 'mine');
  writeFileSync(join(folder, 'b'), 'mine');
  write(folder, { 'd.yaml': 'd' });
  expect(filesIn(folder)).toEqual({ 'a.yaml/mine': 'mine', 'b': 'mine', 'd.yaml': 'd' });
}));

test('fails for a file that is written twice', () => withFolder((folder) => {
  expect(() => {
    const output = new OutputFolder(folder, app);
    output.write('a.yaml', 'a');
    output.write('a.yaml', 'b');
  }).toThrow("file 'a.yaml' would be written twice: rename one of the two charts, artifacts or objects");
}));

test('fails for two files that are one on disks that do not tell upper from lower case', () => withFolder((folder) => {
  expect(() => write(folder, { 'prod/80-apps/web.yaml': 'a', 'prod/80-apps/Web.yaml': 'b' }))
    .toThrow("files 'prod/80-apps/web.yaml' and 'prod/80-apps/Web.yaml' differ in upper and lower case only");
}));

test('fails where a file is in the place of the folder, or of one above or below it', () => withFolder((folder) => {
  writeFileSync(join(folder, 'dist'), 'mine');
  const message = 'cannot be written: a file is where a folder has to be: remove it, or choose another outdir';
  expect(() => write(join(folder, 'dist'), { 'a.yaml': 'a' })).toThrow(`'${join(folder, 'dist', 'a.yaml')}' ${message}`);
  expect(() => write(join(folder, 'dist', 'deeper'), { 'a.yaml': 'a' })).toThrow(message);
  expect(() => write(folder, { 'dist/prod/a.yaml': 'a' })).toThrow(message);
}));

test('fails where a folder is in the place of a file', () => withFolder((folder) => {
  mkdirSync(join(folder, 'a.yaml'));
  expect(() => write(folder, { 'a.yaml': 'a' })).toThrow(`'${join(folder, 'a.yaml')}' cannot be written: a folder of that name is there`);
}));

test('fails where a link leads nowhere, and where the list of own files is a folder', () => withFolder((folder) => {
  symlinkSync(join(folder, 'nowhere', 'x'), join(folder, 'a.yaml'));
  expect(() => write(folder, { 'a.yaml': 'a' })).toThrow('what its path leads to is missing: remove links that lead nowhere');
  mkdirSync(join(folder, '.cdk8s-spiffe-files'));
  expect(() => write(folder, { 'b.yaml': 'b' })).toThrow('a folder of that name is there');
}));

test.each([['EACCES', 'does not allow it'], ['EROFS', 'is read-only'], ['ENOSPC', 'is full']])('fails for %s with what to do', (code, message) => withFolder((folder) => {
  const refusal = jest.spyOn(jest.requireActual<typeof import('node:fs')>('node:fs'), 'writeFileSync').mockImplementation(() => { throw Object.assign(new Error(code), { code }); });
  try {
    expect(() => write(folder, { 'a.yaml': 'a' })).toThrow(message);
  } finally {
    refusal.mockRestore();
  }
}));
