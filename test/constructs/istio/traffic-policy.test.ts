import { Duration } from 'cdk8s';
import { TrafficPolicy } from '../../../src';
import { trafficPolicyJson } from '../../../src/constructs/istio/traffic-policy';

test('only what is given is written', () => {
  expect(JSON.stringify(trafficPolicyJson('rule', { connectionPool: { maxRetries: 2 } }))).toBe('{"connectionPool":{"http":{"maxRetries":2}}}');
  expect(JSON.stringify(trafficPolicyJson('rule', { outlierDetection: {} }))).toBe('{"outlierDetection":{}}');
});

test('0 errors switch circuit breaking by 5xx off', () => {
  expect(trafficPolicyJson('rule', { outlierDetection: { consecutive5xxErrors: 0 } }).outlierDetection.consecutive5xxErrors).toBe(0);
});

test.each<[string, TrafficPolicy, string]>([
  ['calls spread by an identity header', { additionalFields: { loadBalancer: { consistentHash: { httpHeaderName: 'spiffe-id' } } } },
    "spreads calls by header 'spiffe-id', which anybody can send"],
  ['a limit of nothing', { connectionPool: { maxConnections: 0 } }, 'maxConnections 0 is no limit'],
  ['a time of nothing', { outlierDetection: { interval: Duration.seconds(0) } }, 'interval is 0s'],
  ['more than all pods', { outlierDetection: { maxEjectionPercent: 101 } }, 'maxEjectionPercent 101 is no percentage'],
  ['a negative count', { outlierDetection: { consecutive5xxErrors: -1 } }, 'consecutive5xxErrors -1 is no count'],
])('fails for %s', (_, policy, message) => {
  expect(() => trafficPolicyJson('rule', policy)).toThrow(message);
});
