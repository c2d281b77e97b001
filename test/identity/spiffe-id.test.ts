import * as fc from 'fast-check';
import { SpiffeId, TrustDomain } from '../../src/identity';
import { anyText, pathSegments, trustDomains } from '../support/arbitraries';

const EXAMPLE = TrustDomain.of('example.org');
const ids = fc.tuple(trustDomains, fc.array(pathSegments, { minLength: 1, maxLength: 6 }));

test('what is written is read back', () => {
  fc.assert(fc.property(ids, ([trustDomain, segments]) => {
    const id = SpiffeId.of(trustDomain, ...segments);
    expect(id.uri).toBe(`spiffe://${trustDomain.name}/${segments.join('/')}`);
    expect(`${id}`).toBe(id.uri);
    const again = SpiffeId.parse(id.uri);
    expect([again.path, again.trustDomain.name]).toEqual([id.path, trustDomain.name]);
    expect(again.sameAs(id)).toBe(true);
  }));
});

test('a segment is taken exactly when its characters are allowed and it is not relative', () => {
  const nearly = fc.string({ unit: fc.constantFrom(...'aZ0._-/%? é'), maxLength: 4 });
  fc.assert(fc.property(fc.oneof(nearly, anyText), (segment) => {
    const allowed = !['', '.', '..'].includes(segment)
      && [...segment].every((c) => /[a-z0-9._-]/i.test(c) && c.charCodeAt(0) < 128);
    const id = () => SpiffeId.of(EXAMPLE, 'ns', segment);
    if (allowed) {
      expect(id().path).toBe(`/ns/${segment}`);
    } else {
      expect(id).toThrow('SPIFFE ID path');
    }
  }), { numRuns: 500 });
});

test('any text is a SPIFFE ID that is written back the same, or an error', () => {
  const nearly = fc.string({ unit: fc.constantFrom('spiffe://', 'a.b', '/', 'ns', '.', '?', '#', '@', '%', 'A', ':') });
  fc.assert(fc.property(fc.oneof(nearly, nearly.map((rest) => `spiffe://${rest}`), anyText), (uri) => {
    try {
      expect(SpiffeId.parse(uri).uri).toBe(uri);
    } catch (error) {
      expect((error as Error).message).toMatch(/SPIFFE ID|trust domain/);
    }
  }), { numRuns: 500 });
});

test.each([
  ['/spire', true], ['/spire/agent/x', true], ['/spire-server', false], ['/ns/spire', false], ['/Spire/agent', false],
])('the path %s is reserved for SPIRE: %s', (path, reserved) => {
  expect(SpiffeId.parse(`spiffe://example.org${path}`).reserved).toBe(reserved);
});

test('paths are case-sensitive', () => {
  expect(SpiffeId.of(EXAMPLE, 'ns', 'Shop').sameAs(SpiffeId.of(EXAMPLE, 'ns', 'shop'))).toBe(false);
});

test.each([
  ['https://example.org/a', "does not start with 'spiffe://'"],
  ['SPIFFE://example.org/a', "does not start with 'spiffe://'"],
  ['spiffe://example.org', "names a trust domain, not a workload: add a path, such as '/ns/shop/sa/web'"],
  ['spiffe://example.org/', 'has an empty segment: remove the doubled or trailing slash'],
  ['spiffe://example.org/a/', 'has an empty segment'],
  ['spiffe://example.org/a//b', 'has an empty segment'],
  ['spiffe://example.org/a/../b', "has the segment '..': relative segments are not allowed"],
  ['spiffe://example.org/./b', "has the segment '.'"],
  ['spiffe://example.org/a?b', "has '?': a SPIFFE ID has no query"],
  ['spiffe://example.org/a#b', "has '#'"],
  ['spiffe://user@example.org/a', "has '@'"],
  ['spiffe://example.org/%41', "has '%'"],
  ['spiffe://example.org:1/a', 'no port'],
  ['spiffe:///a', "trust domain '' is not valid"],
  ['spiffe://example.org/a b', "has the segment 'a b': allowed are letters, digits, '.', '-' and '_'"],
])('fails for %s', (uri, message) => {
  expect(() => SpiffeId.parse(uri)).toThrow(message);
});

test('fails beyond 2048 bytes', () => {
  const room = 2048 - 'spiffe://example.org/'.length;
  expect(SpiffeId.of(EXAMPLE, 'a'.repeat(room)).uri.length).toBe(2048);
  expect(() => SpiffeId.of(EXAMPLE, 'a'.repeat(room + 1))).toThrow('SPIFFE ID of 2049 bytes is too long: 2048 are allowed');
});

test('fails without a path', () => {
  expect(() => SpiffeId.of(EXAMPLE)).toThrow('names a trust domain, not a workload');
});
