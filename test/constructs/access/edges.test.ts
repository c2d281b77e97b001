import { EastWestGateway, EgressGateway, IngressGateway } from '../../../src';
import { edgesOf } from '../../../src/constructs/access/edges';
import { Fixture } from '../istio/fixture';

test('gateways take connections from outside, unless they lead out; workloads do not', () => {
  const fixture = new Fixture({ network: 'net' });
  fixture.mesh.enroll(fixture.deployment('web'));
  new IngressGateway(fixture.platform, 'ingress', { mesh: fixture.mesh });
  new EastWestGateway(fixture.platform, 'east-west', { mesh: fixture.mesh });
  new EgressGateway(fixture.platform, 'egress', { mesh: fixture.mesh });
  expect(edgesOf(fixture.mesh.workloads).map(({ workload, ports }) => [workload.toString(), ports])).toEqual([
    ['istio-ingress/istio-ingressgateway', [80, 443]], ['istio-eastwest/istio-eastwestgateway', [15443]],
  ]);
});
