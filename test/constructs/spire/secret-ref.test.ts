import { SecretRef } from '../../../src';

test('a name is kept', () => {
  expect(SecretRef.of('spire-db.v1').name).toBe('spire-db.v1');
});

test.each(['', 'Spire', 'a/b', '-a', 'a.', 'a..b', 'a'.repeat(254)])('fails for %j', (name) => {
  expect(() => SecretRef.of(name)).toThrow(`secret name '${name}' is no Kubernetes name`);
});
