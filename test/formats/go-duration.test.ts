import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { goDuration, requirePositive } from '../../src/formats/go-duration';

const UNITS: { [unit: string]: number } = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** Go's time.ParseDuration, for whole numbers. */
function parse(text: string): number {
  expect(text).toMatch(/^(\d+(h|ms|m|s))+$/);
  return [...text.matchAll(/(\d+)(h|ms|m|s)/g)].reduce((sum, [, count, unit]) => sum + Number(count) * UNITS[unit], 0);
}

test('what is written is read back', () => {
  fc.assert(fc.property(fc.nat({ max: 1e12 }), (milliseconds) => {
    expect(parse(goDuration(Duration.millis(milliseconds)))).toBe(milliseconds);
  }), { numRuns: 1000 });
});

test('no part is zero and none reaches the next unit', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 1e12 }), (milliseconds) => {
    const [, ...parts] = /^(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+)s)?(?:(\d+)ms)?$/.exec(goDuration(Duration.millis(milliseconds)))!;
    expect(parts.filter((part) => part === '0')).toEqual([]);
    expect(Number(parts[1] ?? 0)).toBeLessThan(60);
    expect(Number(parts[2] ?? 0)).toBeLessThan(60);
    expect(Number(parts[3] ?? 0)).toBeLessThan(1000);
  }));
});

test.each([
  [Duration.minutes(90), '1h30m'],
  [Duration.days(1), '24h'],
  [Duration.seconds(0), '0s'],
  [Duration.millis(1), '1ms'],
  [Duration.millis(61_001), '1m1s1ms'],
  [Duration.hours(0.5), '30m'],
])('%s is %s', (duration, expected) => {
  expect(goDuration(duration)).toBe(expected);
});

test('a positive duration, or none, passes', () => {
  expect(() => requirePositive('caTtl', Duration.millis(1))).not.toThrow();
  expect(() => requirePositive('caTtl', undefined)).not.toThrow();
});

test('fails for zero', () => {
  expect(() => requirePositive('caTtl', Duration.seconds(0)))
    .toThrow('caTtl is 0s: give a duration greater than zero, or leave it out for the default');
});

test('fails for less than a millisecond', () => {
  expect(() => goDuration(Duration.seconds(0.0005))).toThrow('cannot be converted into a whole number of millis');
});
