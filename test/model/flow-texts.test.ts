import { readManifests } from '../../src/model/reader';

/** What sigs.k8s.io/yaml and kustomize read, run on each of these. */
const READ: [text: string, value: unknown][] = [
  ['[2001:db8::1, 001:db8::]', ['2001:db8::1', '001:db8::']],
  ['[fe80::, 1]', ['fe80::', 1]],
  ['[fe80::\n , b]', [{ 'fe80:': null }, 'b']],
  ['{cidr: fe80::, port: 1}', { cidr: 'fe80::', port: 1 }],
  ['[{cidr: fe80::}, {cidr: fd00::}]', [{ cidr: 'fe80::' }, { cidr: 'fd00::' }]],
  ['{emptyDir:, name: a}', { 'emptyDir:': null, 'name': 'a' }],
  ['[a b::, it\'s:]', ['a b::', 'it\'s:']],
  ['[&x a::, b]', ['a::', 'b']],
  ['{fe80:: 1}', { 'fe80:': 1 }],
  ['["a":, b]', [{ a: null }, 'b']],
  ['[fd00::/8, "::", "::1"]', ['fd00::/8', '::', '::1']],
  ['|\n  [a:, b, :c]', '[a:, b, :c]\n'],
];

const OBJECT = (text: string): string => `apiVersion: v1\nkind: A\nmetadata: {name: a}\na: ${text}\n`;

test.each(READ)('%s is what Kubernetes reads', (text, value) => {
  const { manifests, unread } = readManifests('a.yaml', OBJECT(text));
  expect(unread).toEqual([]);
  expect(manifests.map(one => one.value.a)).toEqual([value]);
});

test('lines stay what they are', () => {
  const [manifest] = readManifests('a.yaml', OBJECT('[a:,\n  fe80::]\nb: 1')).manifests;
  expect([['a', 1], ['b']].map(path => manifest.lineOf(path))).toEqual([5, 6]);
});

test.each(['[2001:db8::1, ::1]', '[::]', '{a: :b}', '[:a, b]', '{cidr: ::/0}'])('fails %s, which Kubernetes cannot read', text => {
  expect(readManifests('a.yaml', OBJECT(text))).toEqual({ manifests: [], unread: [expect.objectContaining({ line: 4 })] });
});

test('input of other programs may start with a colon in brackets', () => {
  expect(readManifests('a.yaml', 'static_resources: {a: [:b]}\n').unread).toEqual([]);
});
