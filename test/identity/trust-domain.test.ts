import * as fc from 'fast-check';
import { TrustDomain } from '../../src/identity';
import { anyText, trustDomainNames } from '../support/arbitraries';

test('a name is kept as it is', () => {
  fc.assert(fc.property(trustDomainNames, (name) => {
    const trustDomain = TrustDomain.of(name);
    expect([trustDomain.name, trustDomain.uri, `${trustDomain}`]).toEqual([name, `spiffe://${name}`, name]);
  }));
});

test('two trust domains are the same when their names are', () => {
  fc.assert(fc.property(trustDomainNames, trustDomainNames, (one, other) => {
    expect(TrustDomain.of(one).sameAs(TrustDomain.of(other))).toBe(one === other);
    expect(TrustDomain.of(one).sameAs(TrustDomain.of(one))).toBe(true);
  }));
});

test('a name is taken exactly when it has the allowed characters in non-empty labels', () => {
  const allowed = (name: string) => name.length <= 255 && name.split('.').every((label) => label !== '' && [...label].every((c) => 'abcdefghijklmnopqrstuvwxyz0123456789-_'.includes(c)));
  const nearly = fc.string({ unit: fc.constantFrom(...'ab1.-_A:/@% é'), maxLength: 8 });
  fc.assert(fc.property(fc.oneof(nearly, anyText, trustDomainNames), (name) => {
    const taken = () => TrustDomain.of(name);
    if (allowed(name)) {
      expect(taken().name).toBe(name);
    } else {
      expect(taken).toThrow('trust domain');
    }
  }), { numRuns: 500 });
});

test.each([
  ['', "trust domain '' is not valid"],
  ['Example.org', "trust domain 'Example.org' has upper-case letters: SPIFFE allows lower case only, use 'example.org'"],
  ['spiffe://example.org/x', "trust domain 'spiffe://example.org/x' has a scheme: give the name alone, such as 'example.org'"],
  ['example..org', 'is not valid: allowed are'],
  ['.example.org', 'is not valid'],
  ['example.org.', 'is not valid'],
  ['example.org:8443', 'no port and no path'],
  ['example.org/a', 'no port and no path'],
  ['a'.repeat(256), 'trust domain of 256 bytes is too long: 255 are allowed'],
  ['example.org\n', 'is not valid'],
])('fails for %j', (name, message) => {
  expect(() => TrustDomain.of(name)).toThrow(message);
});

test('255 bytes are allowed', () => {
  expect(TrustDomain.of('a'.repeat(255)).name.length).toBe(255);
});

test('fails for a missing environment variable', () => {
  const missing = undefined as unknown as string;
  expect(() => TrustDomain.of(missing)).toThrow("trust domain is undefined, no text: give its name, such as 'example.org'");
});
