import { Subset } from '../../../src';

test.each(['V1', 'v1.0', '-v1', ''])("fails for the name '%s'", (name) => {
  expect(() => new Subset('reviews', { name, labels: { version: 'v1' } })).toThrow(`subset name '${name}' of host 'reviews' is no DNS label`);
});

test('fails for labels that no pod can have', () => {
  expect(() => new Subset('reviews', { name: 'v1', labels: { version: 'v 1' } })).toThrow("subset 'v1' of host 'reviews' has the value \"v 1\" for 'version'");
});

test('fails without labels', () => {
  expect(() => new Subset('reviews', { name: 'v1', labels: {} })).toThrow("subset 'v1' of host 'reviews' has no labels, so it would be the whole host");
});
