import * as fc from 'fast-check';
import { NAMES, System } from './system';
import { AccessEnforcer, EgressGateway, ServiceEntryProtocol } from '../../../../src';
import { EGRESS_HTTP_PORT, EGRESS_TLS_PORT } from '../../../../src/constructs/istio/egress-gateway';
import { istioAllows } from '../../../support/policies/istio-authorization';
import { networkAllows } from '../../../support/policies/network-policy';

const HOSTS = ['api.example.com', 'b.example.com', 'example.com'];
const PORTS = { [ServiceEntryProtocol.TLS]: EGRESS_TLS_PORT, [ServiceEntryProtocol.HTTP]: EGRESS_HTTP_PORT };

const ways = fc.array(fc.record({
  source: fc.constantFrom(...NAMES),
  hosts: fc.uniqueArray(fc.constantFrom(...HOSTS), { minLength: 1, maxLength: 2 }),
  protocol: fc.constantFrom(ServiceEntryProtocol.TLS as const, ServiceEntryProtocol.HTTP as const),
}), { maxLength: 5 });

test('the gateway lets each workload through to its hosts and no others, by the way that was said', () => {
  fc.assert(fc.property(ways, (stated) => {
    const system = new System([], [AccessEnforcer.istio(), AccessEnforcer.networkPolicy()]);
    const gateway = new EgressGateway(system.fixture.platform, 'egress', { mesh: system.fixture.mesh });
    stated.forEach(({ source, ...rest }) => system.access.allowEgress({ ...rest, source: system.workload(source), gateway }));
    const { manifests } = system;
    const ofKind = (kind: string) => manifests.filter((one) => one.kind === kind);
    const { namespace, podLabels: labels } = gateway.workload;
    const pods = NAMES.map((name) => system.workload(name)).map((one) => ({ namespace: one.namespace, labels: one.podLabels }));
    for (const source of [...NAMES, 'gateway', 'nobody', 'foreign']) {
      for (const [protocol, port] of Object.entries(PORTS)) {
        const own = stated.filter((one) => one.source === source && one.protocol === protocol);
        for (const sni of [...HOSTS, 'other.example.com', 'x.api.example.com']) {
          const allowed = istioAllows(ofKind('AuthorizationPolicy'), { namespace, labels }, {
            identity: system.identity(source)?.uri, port, sni, http: protocol === 'HTTP' ? { method: 'GET', path: '/', host: sni } : undefined,
          });
          expect({ source, protocol, sni, allowed }).toEqual({ source, protocol, sni, allowed: own.some(({ hosts }) => hosts.includes(sni)) });
        }
        const pod = pods[NAMES.indexOf(source)];
        if (pod && stated.some((one) => system.workload(one.source).namespace === pod.namespace)) {
          const passes = networkAllows(ofKind('NetworkPolicy'), pod, { namespace, labels }, port);
          expect({ source, protocol, passes }).toEqual({ source, protocol, passes: own.length > 0 });
          expect(networkAllows(ofKind('NetworkPolicy'), pod, undefined, 443)).toBe(false);
        }
      }
    }
  }), { numRuns: 30 });
});
