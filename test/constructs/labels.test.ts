import { labels, requireLabels, selectorLabels } from '../../src/constructs/labels';

test('labels say what an object is, what it is part of and who wrote it', () => {
  expect(labels('spire-server', 'spire')).toEqual({
    'app.kubernetes.io/name': 'spire-server',
    'app.kubernetes.io/part-of': 'spire',
    'app.kubernetes.io/managed-by': 'cdk8s-spiffe',
  });
});

test('what selects pods is among their labels, and in none of those that may change', () => {
  expect(labels('spire-server', 'spire')).toMatchObject(selectorLabels('spire-server'));
  expect(Object.keys(selectorLabels('spire-server'))).toEqual(['app.kubernetes.io/name']);
});

test('63 characters are allowed in a label', () => {
  expect(labels('a'.repeat(63), 'spire')['app.kubernetes.io/name']).toHaveLength(63);
});

test.each(['a'.repeat(64), 'ends-with_', '-'])('a name that no label can have is in none: %s', (name) => {
  expect(labels(name, 'spire')).toEqual({ 'app.kubernetes.io/part-of': 'spire', 'app.kubernetes.io/managed-by': 'cdk8s-spiffe' });
});

test.each<{ [key: string]: string }>([{}, { release: 'prometheus' }, { 'a.example.org/B_c.d-e': '' }, { ['a'.repeat(63)]: 'v'.repeat(63) }])('%j are labels', (given) => {
  expect(() => requireLabels('ruleLabels', given)).not.toThrow();
});

test.each([
  [{ 'no space': 'a' }, "ruleLabels has the key 'no space', which no label can have: use up to 63 letters"],
  [{ '': 'a' }, "the key ''"],
  [{ 'Example.org/a': 'a' }, "the key 'Example.org/a'"],
  [{ '/a': 'a' }, "the key '/a'"],
  [{ 'a/b/c': 'a' }, "the key 'a/b/c'"],
  [{ ['a'.repeat(64)]: 'a' }, 'which no label can have'],
  [{ release: 'kube prometheus' }, 'ruleLabels has the value "kube prometheus" for \'release\', which no label can have: use a text of up to 63 letters'],
  [{ release: '-a' }, 'the value "-a"'],
  [{ release: 'a'.repeat(64) }, 'which no label can have'],
  [{ release: 1 }, "the value 1 for 'release'"],
  [{ release: undefined }, "the value undefined for 'release'"],
])('fails for %j', (given, message) => {
  expect(() => requireLabels('ruleLabels', given as { [key: string]: string })).toThrow(message);
});
