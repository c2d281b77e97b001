import * as fc from 'fast-check';
import { calls, runs, sentences, System } from './system';
import { AccessEnforcer } from '../../../../src';
import { istioAllows } from '../../../support/policies/istio-authorization';

const RUNS = { numRuns: 60 };

test('Istio says what the statements say', () => {
  fc.assert(fc.property(runs(), ([stated, requests]) => {
    const system = new System(stated, [AccessEnforcer.istio()]);
    const policies = system.manifests.filter((manifest) => manifest.kind === 'AuthorizationPolicy');
    for (const call of requests) {
      const workload = system.workload(call.destination);
      const byIstio = istioAllows(policies, { namespace: workload.namespace, labels: workload.podLabels }, {
        identity: system.identity(call.source)?.uri, port: call.port, http: call.http, claims: call.claims,
      });
      expect({ call, allowed: byIstio }).toEqual({ call, allowed: system.allows(call) });
    }
  }), RUNS);
});

test('some calls are allowed, and most ways to be allowed are met', () => {
  const stated = fc.sample(sentences, { numRuns: 120, seed: 1 });
  const system = new System(stated, [AccessEnforcer.istio()]);
  const verdicts = fc.sample(calls, { numRuns: 2000, seed: 2 }).map((call) => system.access.decides(system.request(call)));
  const kinds = new Set(verdicts.map(({ allowed, statement }) => `${allowed} ${statement?.source._caller.kind}`));
  expect(kinds).toEqual(new Set(['true workload', 'true namespace', 'true trustDomain', 'true identity', 'true token', 'false workload', 'false namespace', 'false trustDomain', 'false identity', 'false token', 'false undefined']));
});
