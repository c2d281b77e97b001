import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { differences, rewrite } from './snapshot-files';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'snapshots-'));
  rewrite(folder, { 'prod/00-crds.yaml': 'a: 1\n', 'prod/artifacts/VERIFY.md': '# verify\n' });
});
afterEach(() => rmSync(folder, { recursive: true }));

const compare = (received: { [file: string]: string }) => differences(folder, received, (expected, actual) => `${expected}->${actual}`);

test('the same files with the same bytes pass', () => {
  expect(compare({ 'prod/00-crds.yaml': 'a: 1\n', 'prod/artifacts/VERIFY.md': '# verify\n' })).toEqual([]);
});

test('fails when a file differs, is new or is gone', () => {
  expect(compare({ 'prod/00-crds.yaml': 'a: 2\n', 'prod/10-namespaces.yaml': '' })).toEqual([
    'prod/10-namespaces.yaml has no snapshot',
    'prod/artifacts/VERIFY.md is no longer made',
    'prod/00-crds.yaml differs:\na: 1\n->a: 2\n',
  ]);
});

test('fails when a file is too long to be reviewed', () => {
  rewrite(folder, { long: 'a\n'.repeat(1500) });
  expect(compare({ long: 'a\n'.repeat(1500) })).toEqual(['long has 1501 lines, which nobody reads: split it, 1500 are allowed']);
});

test('an update removes what is no longer made', () => {
  rewrite(folder, { 'prod/00-crds.yaml': 'a: 2\n' });
  expect(readdirSync(folder, { recursive: true })).toEqual(['prod', 'prod/00-crds.yaml']);
});
