import { IstioVersion } from '../../src/cluster';

test('a release knows which minor releases it is at least', () => {
  expect(`${IstioVersion.V1_30}`).toBe('1.30.3');
  expect([29, 30, 31].map((minor) => IstioVersion.V1_30.isAtLeast(minor))).toEqual([true, true, false]);
  expect(IstioVersion.V1_29.isAtLeast(30)).toBe(false);
  expect(IstioVersion.unchecked('1.100.0').isAtLeast(30)).toBe(true);
});

test.each(['1.26.0', '1.30.4', '1.30.5-rc.0'])('%s is taken', (version) => {
  expect(IstioVersion.of(version).version).toBe(version);
});

test('a minor release that is newer than the library is taken by those who say so', () => {
  expect(IstioVersion.unchecked('1.31.0-rc.0')).toMatchObject({ version: '1.31.0-rc.0', isKnown: false });
  expect(IstioVersion.unchecked('1.30.9').isKnown).toBe(true);
});

test('fails for a minor release that is newer than the library', () => {
  expect(() => IstioVersion.of('1.31.0')).toThrow('Istio 1.31.0 is newer than what this library writes installations for, which is 1.30: '
    + "use a newer cdk8s-spiffe, or IstioVersion.unchecked('1.31.0')");
  expect(() => IstioVersion.unchecked('2.0.0')).toThrow('another major release');
  expect(() => IstioVersion.unchecked('1.25.0')).toThrow('cannot be used with SPIRE here');
});

test.each([
  ['1.30', "Istio version '1.30' is not a full version: write it as '1.30.3'"],
  ['v1.30.3', 'is not a full version'],
  ['2.0.0', 'Istio 2.0.0 is another major release than 1'],
  ['1.030.3', 'is not a full version'],
  ['1.30.x', 'is not a full version'],
  ['', 'is not a full version'],
  ['1.25.9', 'Istio 1.25.9 cannot be used with SPIRE here'],
])('fails for %s', (version, message) => {
  expect(() => IstioVersion.of(version)).toThrow(message);
});
