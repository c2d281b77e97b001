import * as fc from 'fast-check';
import { Json } from '../../src/model/manifest';
import { SharedValues } from '../../src/model/shared-values';

const sharing = (): (value: Json) => Json => {
  const values = new SharedValues();
  return value => values.share(value);
};
const isPlain = (value: Json): boolean => !JSON.stringify(value).includes('__proto__');
const json = fc.jsonValue().filter(isPlain);

/** All lists and mappings in a value. */
function collections(value: Json): Json[] {
  return typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(collections)] : [];
}

test('texts and what has nothing else in it are one value in two documents', () => {
  const share = sharing();
  const pod = (name: string): Json => share({ metadata: { name, labels: { app: 'shop' } }, spec: { securityContext: { capabilities: { drop: ['ALL'] } } } });
  const [one, other] = [pod('a'), pod('b')];
  expect(one.metadata.labels).toBe(other.metadata.labels);
  expect(one.spec.securityContext.capabilities.drop).toBe(other.spec.securityContext.capabilities.drop);
  expect(one.metadata).not.toBe(other.metadata);
  expect(other).toEqual({ metadata: { name: 'b', labels: { app: 'shop' } }, spec: { securityContext: { capabilities: { drop: ['ALL'] } } } });
});

test('items of lists stay values of their own, and so does what holds other values', () => {
  const share = sharing();
  const pod = (): Json => share({ containers: [{ name: 'a', image: 'b' }], volumes: { first: { emptyDir: {} } } });
  const [one, other] = [pod(), pod()];
  expect(one.containers[0]).not.toBe(other.containers[0]);
  expect(one.volumes).not.toBe(other.volumes);
});

test('what is equal in one document stays apart, and is shared with another document one by one', () => {
  const share = sharing();
  const document = (): Json => share({ first: { port: 80 }, second: { port: 80 } });
  const [one, other] = [document(), document()];
  expect(one.first).not.toBe(one.second);
  expect([other.first, other.second].map(value => [one.first, one.second].indexOf(value))).toEqual([0, 1]);
});

test.each<[string, Json, Json]>([
  ['another order of keys', { a: 1, b: 2 }, { b: 2, a: 1 }],
  ['another key', { a: 1 }, { b: 1 }],
  ['a list and a mapping', ['x'], { 0: 'x' }],
  ['a number and its text', { a: 1 }, { a: '1' }],
  ['nothing and false', { a: null }, { a: false }],
])('%s is no equal value', (_, one, other) => {
  const share = sharing();
  const [first, second] = [share({ in: structuredClone(one) }), share({ in: structuredClone(other) })];
  expect(second.in).not.toBe(first.in);
  expect([JSON.stringify(first.in), JSON.stringify(second.in)]).toEqual([JSON.stringify(one), JSON.stringify(other)]);
});

test('each document keeps its value, whatever came before', () => {
  fc.assert(fc.property(fc.array(json, { maxLength: 20 }), documents => {
    const share = sharing();
    const shared = documents.map(document => share(structuredClone(document)));
    expect(shared.map(value => JSON.stringify(value))).toEqual(documents.map(document => JSON.stringify(document)));
  }));
});

test('no document has one collection in two places', () => {
  fc.assert(fc.property(fc.array(json, { maxLength: 10 }), documents => {
    const share = sharing();
    for (const document of [...documents, ...documents]) {
      const found = collections(share(structuredClone(document)));
      expect(new Set(found).size).toBe(found.length);
    }
  }));
});

test('more values than are remembered are right as well', () => {
  const share = sharing();
  const values = Array.from({ length: 40_000 }, (_, i) => share({ name: `service-${i}`, port: 80 }));
  expect(values.every(({ name, port }, i) => name === `service-${i}` && port === 80)).toBe(true);
});
