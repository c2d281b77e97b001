import { readManifests } from '../../src/model/reader';

const COMMON = 'kind: A\nmetadata: {name: a}\n';
const RARE = 'kind: &k B\nmetadata: {name: *k}\n';
const TWICE = 'kind: C\na: 1\na: 2\n';

test('documents of common and rare YAML stand where they stand', () => {
  const { manifests, unread } = readManifests('a.yaml', `# first\n---\n${COMMON}---\n${RARE}# end\n---\n# nothing\n--- # last\n${TWICE}`);
  expect(unread).toEqual([]);
  expect(manifests.map(({ kind, firstLine }) => [kind, firstLine])).toEqual([['A', 1], ['B', 5], ['C', 11]]);
  expect(manifests.map(manifest => manifest.lineOf(['metadata', 'name']))).toEqual([4, 7, 12]);
  expect(manifests.map(manifest => manifest.comments())).toEqual([['# first'], ['# end'], []]);
  expect(manifests[2].repeated).toEqual([{ path: ['a'], line: 14, before: 13 }]);
});

test('the place of an error is that in the whole text', () => {
  expect(readManifests('a.yaml', `${COMMON}---\na: b: c\n`).unread.map(({ line }) => line)).toEqual([4]);
});

test('directives and ends of documents are for the whole text', () => {
  const { manifests } = readManifests('a.yaml', `%YAML 1.2\n---\n${COMMON}...\n---\n${COMMON}`);
  expect(manifests.map(({ kind }) => kind)).toEqual(['A', 'A']);
});

describe('of what only a program for all of YAML can read', () => {
  const long = `kind: A\nlines:\n${'- this is a line of the list\n'.repeat(80_000)}`;
  const rare = long.replace('A', '&a A');

  test('fails with more than 2 MiB in one document', () => {
    const { manifests, unread } = readManifests('a.yaml', `${COMMON}---\n${rare}---\n${COMMON}`);
    expect(manifests.map(({ kind }) => kind)).toEqual(['A', 'A']);
    expect(unread).toEqual([{ file: 'a.yaml', line: 3, reason: 'a document of more than 2 MiB is broken, or has what is rare in YAML (anchors, tags, tabs): correct it, or split it' }]);
  });

  test('as many common ones are read, and what is rare in a short one beside them', () => {
    const { manifests, unread } = readManifests('a.yaml', `${long}---\n${RARE}`);
    expect([manifests.map(({ kind }) => kind), unread]).toEqual([['A', 'B'], []]);
  });

  test('fails on the line that is broken, in a long file', () => {
    expect(readManifests('a.yaml', `${long}---\na: b: c\n`).unread.map(({ line }) => line)).toEqual([80_004]);
  });

  test('a value in a very long document is told to be on its first line', () => {
    const { manifests } = readManifests('a.yaml', `${COMMON}---\n${long}${'# nothing to be seen here\n'.repeat(600_000)}`);
    expect(manifests[1].lineOf(['lines', 1])).toBe(3);
  });
});

describe('a text that is not kept', () => {
  const NAMED = (name: string): string => `# ${name}\napiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n`;
  const FILE = `${NAMED('a')}---\n\uFEFF${NAMED('b')}---\n${RARE}---\n${NAMED('c')}`;

  test('is read again for the line of a value and for comments', () => {
    let times = 0;
    const again = (): string => {
      times++;
      return FILE;
    };
    const kept = readManifests('a.yaml', FILE).manifests;
    const { manifests } = readManifests('a.yaml', FILE, { share: value => value, again });
    expect(times).toBe(0);
    expect(manifests.map(one => [one.text, one.lineOf(['metadata', 'name']), one.comments()])).toEqual(kept.map(one => [one.text, one.lineOf(['metadata', 'name']), one.comments()]));
    expect(manifests.map(({ text, firstLine }) => [text.split('\n').includes('  name: c'), firstLine])).toEqual([[false, 1], [false, 6], [false, 12], [true, expect.any(Number)]]);
    expect(times).toBeGreaterThan(0);
  });

  test('fails to be there any more: the line is that of the document', () => {
    const { manifests } = readManifests('a.yaml', FILE, { share: value => value, again: () => '' });
    expect(manifests[1].lineOf(['metadata', 'name'])).toBe(manifests[1].firstLine);
  });
});
