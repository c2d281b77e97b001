import { EastWestGatewayProps, EastWestGateway } from '../../../src';
import { strictErrors } from '../../support/strict-schema';
import { Synthesized } from '../../support/synth';
import { TestCluster } from '../federation/fixture';

const synth = (props: Partial<EastWestGatewayProps> = {}, network: string | undefined = 'eu-net') => Synthesized.of((app) => {
  const { platform, mesh } = new TestCluster(app, 'eu', { mesh: { network, meshId: 'global' } });
  new EastWestGateway(platform, 'east-west', { mesh, ...props });
});
const NAME = 'istio-eastwestgateway';

test('it passes mutual TLS through on 15443, for services of the cluster', () => {
  const output = synth();
  expect(output.object('Gateway', 'cross-network').spec).toEqual({
    selector: { istio: 'eastwestgateway' },
    servers: [{ port: { number: 15443, name: 'tls', protocol: 'TLS' }, tls: { mode: 'AUTO_PASSTHROUGH' }, hosts: ['*.cluster.local'] }],
  });
  expect(output.object('Service', NAME).spec.ports.map((port: any) => port.port)).toEqual([15021, 15443]);
  expect(output.object('AuthorizationPolicy', NAME).spec).toEqual({
    action: 'ALLOW', selector: { matchLabels: { istio: 'eastwestgateway' } }, rules: [{ to: [{ operation: { ports: ['15443'] } }] }],
  });
  expect(strictErrors(output.allObjects)).toEqual([]);
});

test('its proxies have their identity from SPIRE and send to their own network only', () => {
  const { metadata, spec } = synth().object('Deployment', NAME).spec.template;
  expect(metadata.annotations['inject.istio.io/templates']).toBe('gateway,spire');
  expect(metadata.labels).toMatchObject({ 'istio': 'eastwestgateway', 'topology.istio.io/network': 'eu-net', 'spiffe.io/spire-managed-identity': 'true' });
  expect(spec.containers[0].env).toEqual([{ name: 'ISTIO_META_REQUESTED_NETWORK_VIEW', value: 'eu-net' }]);
});

test('istiod finds the gateway by the network of its Service, and the network of the cluster by that of its namespace', () => {
  const output = synth();
  expect(output.object('Service', NAME).metadata.labels['topology.istio.io/network']).toBe('eu-net');
  expect(output.object('Namespace', 'istio-system').metadata.labels['topology.istio.io/network']).toBe('eu-net');
  expect(output.files['eu/artifacts/istiod-values.yaml']).toMatch(/ {2}meshID: global\n {2}network: eu-net\n {2}multiCluster:\n {4}clusterName: eu\n/);
});

test('hosts and DNS name are those that are given', () => {
  const output = synth({ hosts: ['web.shop.svc.cluster.local'], dnsName: 'east-west.example.org' });
  expect(output.object('Gateway', 'cross-network').spec.servers[0].hosts).toEqual(['web.shop.svc.cluster.local']);
  expect(output.object('Service', NAME).metadata.annotations['external-dns.alpha.kubernetes.io/hostname']).toBe('east-west.example.org');
});

test('an address asks for no DNS name', () => {
  expect(Object.keys(synth({ dnsName: '203.0.113.7' }).object('Service', NAME).metadata.annotations ?? {}).filter((key) => key.startsWith('external-dns'))).toEqual([]);
});

test.each<[string, Partial<EastWestGatewayProps>, string]>([
  ['a DNS name with a scheme', { dnsName: 'https://east-west.example.org' }, "dnsName has host 'https://east-west.example.org' with scheme 'https': give the host alone"],
  ['a DNS name of this cluster', { dnsName: 'gateway.istio-eastwest.svc.cluster.local' }, 'which other clusters cannot reach'],
  ['one replica', { replicas: 1 }, "east-west gateway 'istio-eastwestgateway' has 1 replicas: use 2 or more"],
  ['no hosts', { hosts: [] }, "'hosts' is an empty list"],
  ['a host with a scheme', { hosts: ['https://web'] }, 'which is no DNS name'],
  ['namespace default', { namespace: 'default' }, "is in namespace 'default'"],
])('fails for %s', (_, props, message) => {
  expect(() => synth(props)).toThrow(message);
});

test('fails for a mesh without a network, and for a network that is no name', () => {
  expect(() => Synthesized.of((app) => {
    const { platform, mesh } = new TestCluster(app, 'eu', { mesh: { network: undefined } });
    new EastWestGateway(platform, 'east-west', { mesh });
  })).toThrow('leads into a mesh without a network');
  expect(() => synth({}, 'eu net')).toThrow("network 'eu net' is no Kubernetes name");
});

test('VERIFY.md waits for it and says where its name has to lead', () => {
  const verify = Synthesized.of((app) => {
    const eu = new TestCluster(app, 'eu');
    new EastWestGateway(eu.platform, 'gateway', { mesh: eu.mesh, dnsName: 'east-west.eu.example.org' });
  }).files['eu/artifacts/VERIFY.md'];
  expect(verify).toContain('kubectl -n istio-eastwest rollout status deployment/istio-eastwestgateway --timeout=5m');
  expect(verify).toContain('See its address: east-west.eu.example.org has to lead there from the other clusters');
});
