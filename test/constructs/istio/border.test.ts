import { Fixture } from './fixture';
import { Cluster, EastWestGateway, IWorkloads, TrustDomain, WorkloadIdentity } from '../../../src';
import { Border } from '../../../src/constructs/istio/border';

const US = TrustDomain.of('us.example.org');
const caller = { identity: WorkloadIdentity.of({ trustDomain: US, namespace: 'shop', serviceAccount: 'web' }) };

function neighbour(network?: string): IWorkloads {
  const other = {
    cluster: Cluster.of({ name: 'us', trustDomain: US }), workloads: [], network, isMember: ({ identity }: typeof caller) => identity.trustDomain.sameAs(US), federate: () => undefined,
  };
  return other as IWorkloads;
}

test('a mesh has one border', () => {
  const { mesh } = new Fixture();
  expect(Border.of(mesh)).toBe(Border.of(mesh));
  expect(Border.of(mesh)).not.toBe(Border.of(new Fixture().mesh));
});

test('gateways are told whenever they are defined', () => {
  const { platform, mesh } = new Fixture({ network: 'eu' });
  const seen: string[] = [];
  const listen = (name: string) => Border.of(mesh).onGateway((gateway) => seen.push(`${name} ${gateway}`));
  listen('before');
  const gateway = new EastWestGateway(platform, 'east-west', { mesh });
  listen('after');
  expect(seen).toEqual(['before istio-eastwest/istio-eastwestgateway', 'after istio-eastwest/istio-eastwestgateway']);
  expect(Border.of(mesh).gateways).toEqual([gateway.workload]);
});

test('calls are told whenever they are stated', () => {
  const border = Border.of(new Fixture().mesh);
  const calls: string[] = [];
  const call = (called: string) => border.addCall({ caller, called, port: 15443 });
  call('a');
  border.onCall(({ called }) => calls.push(called));
  call('b');
  expect(calls).toEqual(['a', 'b']);
  expect(border.calls.map(({ called }) => called)).toEqual(['a', 'b']);
});

test.each<[string | undefined, (string | undefined)[], boolean]>([
  ['eu', ['us'], true],
  ['eu', ['eu'], false],
  ['eu', [undefined], false],
  [undefined, ['us'], false],
  ['eu', [], false],
  // copies of one workload in two clusters: one of them comes without a gateway
  ['eu', ['us', 'eu'], false],
])('calls into network %s from %s come in by a gateway: %s', (own, networks, isBeyond) => {
  const border = Border.of(new Fixture({ network: own }).mesh);
  networks.forEach((network) => border.addNeighbour(neighbour(network)));
  expect(border.isBeyond(caller)).toBe(isBeyond);
});
