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
