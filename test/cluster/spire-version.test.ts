import { SpireVersion } from '../../src/cluster';

test('a release has a full version and a minor one', () => {
  expect([SpireVersion.V1_15.version, SpireVersion.V1_15.minor, `${SpireVersion.V1_15}`]).toEqual(['1.15.3', '1.15', '1.15.3']);
});

test('releases are compared by number, not by text', () => {
  expect(SpireVersion.of('1.15.10').isAtLeast('1.15.9')).toBe(true);
  expect(SpireVersion.of('1.14.7').isAtLeast('1.15.0')).toBe(false);
  expect(SpireVersion.V1_15.minorsAheadOf(SpireVersion.of('1.13.3'))).toBe(2);
});

test('fails for half a version, and for one that is too old', () => {
  expect(() => SpireVersion.of('1.15')).toThrow("SPIRE version '1.15' is not a full version: write it as '1.15.3'");
  expect(() => SpireVersion.of('1.12.6')).toThrow('SPIRE 1.12.6 is older than what this library writes configurations for: use 1.13 or newer');
});

test('a patch release that is newer than the library is taken, a minor one by those who say so', () => {
  expect(SpireVersion.of('1.15.99').isKnown).toBe(true);
  expect(SpireVersion.unchecked('1.16.0')).toMatchObject({ version: '1.16.0', isKnown: false });
});

test.each([
  ['1.16.0', "SPIRE 1.16.0 is newer than what this library writes configurations for, which is 1.15: use a newer cdk8s-spiffe, or SpireVersion.unchecked('1.16.0')"],
  ['2.0.0', 'SPIRE 2.0.0 is another major release than 1, the one that this library writes configurations for: use a newer cdk8s-spiffe'],
  ['1.015.3', "SPIRE version '1.015.3' is not a full version"],
  ['v1.15.3', 'is not a full version'],
])('fails for %s', (version, message) => {
  expect(() => SpireVersion.of(version)).toThrow(message);
});

test('fails for another major release and for an old one, whoever says so', () => {
  expect(() => SpireVersion.unchecked('2.0.0')).toThrow('another major release');
  expect(() => SpireVersion.unchecked('1.12.6')).toThrow('older than what this library writes configurations for');
});
