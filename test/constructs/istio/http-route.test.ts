import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { HttpRoute, RouteDestination, StringMatch } from '../../../src';
import { httpRouteJson } from '../../../src/constructs/istio/http-route';

const ALL: HttpRoute = { destinations: [RouteDestination.host('reviews')] };
const REVIEWS = { destination: { host: 'reviews.full' } };
const route = (fields: Partial<HttpRoute>) => httpRouteJson('route 1', { ...ALL, ...fields }, (host) => `${host}.full`);

test('matches, times out and retries', () => {
  expect(route({
    name: 'testers',
    matches: [
      { path: StringMatch.prefix('/reviews'), method: 'GET', headers: { 'x-tester': StringMatch.exact('yes') } },
      { sourceNamespace: 'test', sourceLabels: { app: 'web' } },
    ],
    timeout: Duration.seconds(10),
    retries: { attempts: 3, perTryTimeout: Duration.millis(2500), retryOn: ['connect-failure', '503'] },
    additionalFields: { mirror: { host: 'reviews-shadow' } },
  })).toEqual({
    name: 'testers',
    match: [
      { uri: { prefix: '/reviews' }, method: { exact: 'GET' }, headers: { 'x-tester': { exact: 'yes' } } },
      { sourceNamespace: 'test', sourceLabels: { app: 'web' } },
    ],
    route: [REVIEWS],
    timeout: '10s',
    retries: { attempts: 3, perTryTimeout: '2s500ms', retryOn: 'connect-failure,503' },
    mirror: { host: 'reviews-shadow' },
  });
  expect(route({ retries: { attempts: 0 } }).retries).toEqual({ attempts: 0 });
});

test.each<[string, Partial<HttpRoute>, string]>([
  ['no destinations', { destinations: [] }, "route 1: 'destinations' is an empty list"],
  ['no matches', { matches: [] }, "route 1: 'matches' is an empty list"],
  ['a match without conditions', { matches: [{}] }, 'has a match without conditions'],
  ['a match with empty conditions', { matches: [{ sourceLabels: {}, headers: {} }] }, 'has a match without conditions'],
  ['an empty namespace', { matches: [{ method: 'GET', sourceNamespace: '' }] }, "matches source namespace '', which is no Kubernetes name"],
  ['a label that no pod has', { matches: [{ sourceLabels: { 'a b': 'c' } }] }, "has the key 'a b', which no label can have"],
  ['a share of one', { destinations: [RouteDestination.host('reviews', { weight: 50 })] }, 'has weights that add up to 50 (50)'],
  ['shares that are too much', { destinations: [60, 50].map((weight) => RouteDestination.host('reviews', { weight })) },
    'route 1 has weights that add up to 110 (60 + 50): they have to be 100 together'],
  ['two destinations, one without share', { destinations: [RouteDestination.host('a', { weight: 100 }), RouteDestination.host('b')] }, 'not all with a weight'],
  ['a path that no request has', { matches: [{ path: StringMatch.prefix('orders') }] }, "matches path 'orders', which no request has: paths begin with '/', use '/orders'"],
  ['a lower-case method', { matches: [{ method: 'get' }] }, "matches method 'get': methods are upper case, use 'GET'"],
  ['an upper-case header', { matches: [{ headers: { 'X-User': StringMatch.exact('a') } }] }, "matches header 'X-User'"],
  ['an identity header', { matches: [{ headers: { 'spiffe-id': StringMatch.exact('spiffe://a/b') } }] }, 'as if it were an identity: anybody can send it'],
  ['the certificate header', { matches: [{ headers: { 'x-forwarded-client-cert': StringMatch.prefix('By=') } }] }, 'as if it were an identity'],
  ['no time', { timeout: Duration.seconds(0) }, 'timeout is 0s'],
  ['half an attempt', { retries: { attempts: 0.5 } }, 'has 0.5 retry attempts'],
  ['attempts longer than the whole', { timeout: Duration.seconds(1), retries: { attempts: 2, perTryTimeout: Duration.seconds(2) } },
    'has perTryTimeout 2s, longer than its timeout 1s'],
  ['an unknown failure', { retries: { attempts: 1, retryOn: ['timeout'] } }, "retries on 'timeout', which Envoy does not know"],
  ['no failures', { retries: { attempts: 1, retryOn: [] } }, "'retryOn' is an empty list"],
])('fails for a route with %s', (_, fields, message) => {
  expect(() => route(fields)).toThrow(message);
});

test('a path by an expression may begin with anything', () => {
  expect(route({ matches: [{ path: StringMatch.regex('.*/orders') }] }).match).toEqual([{ uri: { regex: '.*/orders' } }]);
});

test('shares pass if and only if they are 100 together', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 5 }), (weights) => {
    const define = () => route({ destinations: weights.map((weight) => RouteDestination.host('reviews', { weight })) });
    const rest = 100 - weights.slice(1).reduce((sum, weight) => sum + weight, 0);
    if (rest === weights[0]) {
      define();
    } else {
      expect(define).toThrow('add up to');
    }
    if (rest >= 0) {
      weights[0] = rest;
      expect(define().route.map((one: any) => one.weight)).toEqual(weights);
    }
  }), { numRuns: 20 });
});
