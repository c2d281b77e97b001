import { execFileSync, spawn } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { FileReader } from '../../src/cli/files';

const TEXT = 'kind: Pod\nmetadata:\n  name: a\n';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a file is read again for those who ask, and its lines are known', () => {
  const [path, other] = [join(folder, 'a.yaml'), join(folder, 'b.yaml')];
  writeFileSync(path, TEXT);
  writeFileSync(other, '# other\n');
  const reader = new FileReader();
  const [input] = [reader.read(path), reader.read(other)];
  expect({ ...input, again: input.again!() }).toEqual({ file: path, text: TEXT, again: TEXT });
  expect([reader.line(path, 3), reader.line(other, 1), reader.line(path, 1), reader.line(path, 9)]).toEqual(['  name: a', '# other', 'kind: Pod', undefined]);
});

test('a file that was removed has no text any more', () => {
  const path = join(folder, 'a.yaml');
  writeFileSync(path, TEXT);
  const reader = new FileReader();
  const { again } = reader.read(path);
  rmSync(path);
  expect([again!(), reader.line(path, 3)]).toEqual(['', undefined]);
});

test('a file that is a folder now has no text any more', () => {
  const path = join(folder, 'a.yaml');
  writeFileSync(path, TEXT);
  const reader = new FileReader();
  const { again } = reader.read(path);
  rmSync(path);
  mkdirSync(path);
  expect([again!(), reader.line(path, 3)]).toEqual(['', undefined]);
});

test('what comes out of a pipe that is named twice is the same', () => {
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const writer = spawn('sh', ['-c', `printf first > ${path}; sleep 1; printf second > ${path}`]);
  const reader = new FileReader();
  const texts = [reader.read(path), reader.read(path)].map(({ text, again }) => [text, again!()]);
  writer.kill();
  expect(texts).toEqual([['first', 'first'], ['first', 'first']]);
});

test('what comes out of a pipe is kept, as it cannot be read twice', () => {
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const writer = spawn('sh', ['-c', `printf 'kind: Pod\\nmetadata:\\n  name: a\\n' > ${path}`]);
  const reader = new FileReader();
  const { text, again } = reader.read(path);
  writer.kill();
  expect([text, again!(), reader.line(path, 3)]).toEqual([TEXT, TEXT, '  name: a']);
});

test('fails for what is not there', () => expect(() => new FileReader().read(join(folder, 'none.yaml'))).toThrow('ENOENT'));
