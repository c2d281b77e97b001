import * as fc from 'fast-check';
import { AccessEnforcer, AccessPolicy, Cluster, EgressGateway, NetworkPeer, NetworkPolicyEnforcerProps, presets, TrustDomain } from '../../../../src';
import { askCilium, describeWithCilium } from '../../../support/cilium';
import { describeWithSharedData } from '../../../support/shared-data';
import { strictErrors } from '../../../support/strict-schema';
import { Synthesized } from '../../../support/synth';
import { Fixture } from '../../istio/fixture';
import { sentences, System } from '../equivalence/system';

function shop(props: NetworkPolicyEnforcerProps = {}) {
  const fixture = new Fixture();
  const web = fixture.mesh.enroll(fixture.deployment('web'));
  const api = fixture.mesh.enroll(fixture.deployment('api'));
  const access = new AccessPolicy(fixture.platform, 'access', { mesh: fixture.mesh, enforcers: [AccessEnforcer.cilium(props)] });
  return { fixture, web, api, access };
}

const spec = (fixture: Fixture, name: string) => fixture.manifests.find((one) => one.kind === 'CiliumNetworkPolicy' && one.metadata.name === name).spec;
const endpoint = (namespace: string, labels: object) => [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': namespace, ...labels } }];
const tcp = (port: string) => [{ ports: [{ port, protocol: 'TCP' }] }];

test('caller and called workload by their endpoints, and no rule for HTTP, since the mesh encrypts it', () => {
  const { fixture, web, api, access } = shop();
  access.allow({ source: web, destination: api, port: 8080, methods: ['GET'] });
  expect(spec(fixture, 'api')).toEqual({
    endpointSelector: { matchLabels: { app: 'api' } },
    ingress: [{ fromEndpoints: endpoint('shop', { app: 'web' }), toPorts: tcp('8080') }],
    egress: [{}],
  });
});

test('a namespace is closed by rules that are empty, not by lists that are', () => {
  const { fixture, access } = shop();
  access.denyByDefault('shop');
  expect(spec(fixture, 'default-deny')).toEqual({ endpointSelector: {}, ingress: [{}], egress: [{}] });
  expect(spec(fixture, 'mesh-base').egress[0].toPorts[0].rules).toEqual({ dns: [{ matchPattern: '*' }] });
});

test('a denial of a whole port is written, one by method is not', () => {
  const { fixture, web, api, access } = shop();
  access.allow({ source: web, destination: api, port: 8080 });
  access.deny({ source: web, destination: api, port: 8080, methods: ['DELETE'] });
  expect(spec(fixture, 'api').ingressDeny).toBeUndefined();
  access.deny({ source: web, destination: api, port: 8080 });
  expect(spec(fixture, 'api').ingressDeny).toEqual([{ fromEndpoints: endpoint('shop', { app: 'web' }), toPorts: tcp('8080') }]);
});

test('the API server by the name that Cilium has for it', () => {
  const { fixture, web, access } = shop({ apiServerAddresses: ['192.0.2.1/32'] });
  access.allowApiServer(web);
  expect(spec(fixture, 'web').egress).toEqual([
    { toEntities: ['kube-apiserver'], toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }, { port: '6443', protocol: 'TCP' }] }] },
  ]);
});

test('hosts outside by their names', () => {
  const { fixture, web, access } = shop();
  access.allowEgress({ source: web, hosts: ['api.example.com'] });
  expect(spec(fixture, 'web').egress).toEqual([{ toFQDNs: [{ matchName: 'api.example.com' }], toPorts: tcp('443') }]);
});

describeWithCilium('Cilium itself', () => {
  const written = (system: System) => system.manifests.filter((one) => one.kind === 'CiliumNetworkPolicy');

  test('takes what is written for many statements', () => {
    const cilium = AccessEnforcer.cilium({ externalAddresses: ['203.0.113.0/24'], dns: [NetworkPeer.ipBlock('169.254.20.10/32')] });
    const system = new System(fc.sample(sentences, { numRuns: 200, seed: 8 }), [cilium]);
    const [web, api] = ['web', 'api'].map((name) => system.workload(name));
    system.access.allowEgress({ source: web, hosts: ['api.example.com'] });
    system.access.allowEgress({ source: api, hosts: ['b.example.com'], gateway: new EgressGateway(system.fixture.platform, 'egress', { mesh: system.fixture.mesh }) });
    system.access.allowApiServer(web);
    system.access.allowMetrics({ workload: web, readerNamespace: 'monitoring' });
    expect(askCilium(written(system))).toEqual({ accepted: true, says: written(system).map((one) => `${one.metadata.name}: 1`) });
  });

  test('takes what is written for calls between clusters', () => {
    const clusters = ['eu', 'us'].map((name) => ({
      cluster: Cluster.of({ name, trustDomain: TrustDomain.of(`${name}.example.org`) }), region: name, accessEnforcers: [AccessEnforcer.istio(), AccessEnforcer.cilium()],
    }));
    const policies = Synthesized.of((app) => new presets.MultiClusterFederated(app, 'bookinfo', { clusters })).ofKind('CiliumNetworkPolicy');
    expect(policies).toHaveLength(28);
    expect(askCilium(policies)).toEqual({ accepted: true, says: policies.map((one) => `${one.metadata.name}: 1`) });
  });

  test.each<[string, (spec: any) => void, string]>([
    ['names beside pods', (one) => one.egress = [{ toFQDNs: [{ matchName: 'a.b' }], toEndpoints: [{}] }], 'is not supported yet'],
    ['a port that is none', (one) => one.ingress[0].toPorts[0].ports[0].port = '99999', 'unable to parse port'],
    ['an entity that is none', (one) => one.ingress = [{ fromEntities: ['anybody'] }], 'unsupported entity: anybody'],
    ['a range that is none', (one) => one.egress = [{ toCIDR: ['10.0.0.0/99'] }], 'unable to parse'],
  ])('fails for %s', (_, spoil, message) => {
    const [policy] = written(new System([{ deny: false, auditOnly: false, source: 'web', destination: 'api', port: 8080 }], [AccessEnforcer.cilium()]))
      .filter((one) => one.metadata.name === 'api');
    spoil(policy.spec);
    expect(askCilium([policy])).toMatchObject({ accepted: false, says: [expect.stringContaining(message)] });
  });
});

describeWithSharedData('strict schemas', () => {
  test('CiliumNetworkPolicies pass', () => {
    const { fixture, web, api, access } = shop();
    access.allow({ source: web, destination: api, port: 8080 });
    access.deny({ source: web, destination: api, port: 8080 });
    access.allowEgress({ source: web, hosts: ['api.example.com'] });
    expect(strictErrors(fixture.manifests)).toEqual([]);
  });
});
