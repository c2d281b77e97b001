import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { requireTtlWithinCa } from '../../../src/constructs/spire/ttl';

const DAY = 24 * 60 * 60 * 1000;

test('a lifetime passes exactly when it is of whole seconds, at least 30, and within a sixth of the CA and seven days', () => {
  const seconds = fc.oneof(fc.nat({ max: 100 * DAY / 1000 }), fc.nat({ max: 100 })).map((count) => count * 1000);
  const milliseconds = fc.oneof(seconds, fc.nat({ max: 100 * DAY }));
  fc.assert(fc.property(milliseconds, fc.integer({ min: 1, max: 365 * DAY }), (ttl, ca) => {
    const check = () => requireTtlWithinCa('x509SvidTtl', Duration.millis(ttl), Duration.millis(ca));
    if (ttl >= 30_000 && ttl % 1000 === 0 && ttl * 6 <= ca && ttl <= 7 * DAY) {
      expect(check).not.toThrow();
    } else {
      expect(check).toThrow('x509SvidTtl');
    }
  }), { numRuns: 500 });
});

test('the limit itself passes', () => {
  expect(() => requireTtlWithinCa('x509SvidTtl', Duration.hours(4), Duration.hours(24))).not.toThrow();
  expect(() => requireTtlWithinCa('x509SvidTtl', Duration.days(7), Duration.days(365))).not.toThrow();
  expect(() => requireTtlWithinCa('x509SvidTtl', undefined, Duration.hours(1))).not.toThrow();
});

test.each([
  [Duration.hours(6), Duration.hours(24), 'x509SvidTtl 6h exceeds 4h, one sixth of the CA TTL (24h): lower it or raise caTtl'],
  [Duration.days(8), Duration.days(365), 'x509SvidTtl 192h exceeds 168h, the seven days that SPIRE keeps free: lower it or raise caTtl'],
  [Duration.seconds(29), Duration.hours(24), 'x509SvidTtl 29s is too short to be renewed in time, agents look every 5s: give at least 30s'],
  [Duration.millis(60_500), Duration.hours(24), 'x509SvidTtl 1m500ms is no number of seconds, SPIRE cuts off the rest: give whole seconds'],
  [Duration.seconds(0), Duration.hours(24), 'x509SvidTtl is 0s: give a duration greater than zero'],
])('fails for %s under a CA of %s', (ttl, ca, message) => {
  expect(() => requireTtlWithinCa('x509SvidTtl', ttl, ca)).toThrow(message);
});
