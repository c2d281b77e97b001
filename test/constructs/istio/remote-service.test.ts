import { Federation, RemoteService, RemoteServiceProps } from '../../../src';
import { strictErrors } from '../../support/strict-schema';
import { Synthesized } from '../../support/synth';
import { TestCluster } from '../federation/fixture';

const synth = (change: (eu: TestCluster, us: TestCluster) => Partial<RemoteServiceProps> = () => ({})) => Synthesized.of((app) => {
  const [eu, us] = ['eu', 'us'].map((name) => new TestCluster(app, name));
  new Federation(app, 'federation', { members: [eu, us].map(({ spire, mesh }) => ({ spire, mesh })) });
  new RemoteService(eu.platform, 'remote', {
    mesh: eu.mesh,
    remoteMesh: us.mesh,
    service: 'web',
    port: 80,
    workloads: [us.web],
    gatewayAddress: 'east-west.us.example.org',
    namespace: 'shop',
    ...change(eu, us),
  });
});

test('the host is in the mesh, its address is the gateway, and it has to prove the identity of the other cluster', () => {
  const output = synth();
  expect(output.object('ServiceEntry', 'web-us').spec).toEqual({
    hosts: ['web.shop.us.mesh.internal'],
    location: 'MESH_INTERNAL',
    resolution: 'DNS',
    ports: [{ number: 80, name: 'http-80', protocol: 'HTTP' }],
    workloadSelector: { labels: { 'cdk8s-spiffe.dev/remote-service': 'web-us' } },
  });
  expect(output.object('WorkloadEntry', 'web-us').spec).toEqual({
    address: 'east-west.us.example.org',
    labels: { 'cdk8s-spiffe.dev/remote-service': 'web-us', 'security.istio.io/tlsMode': 'istio' },
    ports: { 'http-80': 15443 },
  });
  expect(output.object('DestinationRule', 'web-us').spec).toEqual({
    host: 'web.shop.us.mesh.internal',
    trafficPolicy: {
      tls: { mode: 'ISTIO_MUTUAL', sni: 'outbound_.80_._.web.shop.svc.cluster.local', subjectAltNames: ['spiffe://us.example.org/ns/shop/sa/web'] },
    },
  });
  expect(strictErrors(output.allObjects)).toEqual([]);
});

test('an IP address is not looked up', () => {
  expect(synth(() => ({ gatewayAddress: '203.0.113.7' })).object('ServiceEntry', 'web-us').spec.resolution).toBe('STATIC');
});

test.each<[string, (eu: TestCluster, us: TestCluster) => Partial<RemoteServiceProps>, string]>([
  ['the same mesh', (eu) => ({ remoteMesh: eu.mesh, workloads: [eu.web] }), "remote service 'web' is in the mesh of cluster 'eu' itself: call the Service by its own name"],
  ['a workload of this mesh', (eu) => ({ workloads: [eu.web] }), "workload 'shop/web' is not enrolled in the mesh of cluster 'us', so it cannot prove such an identity"],
  ['no workloads', () => ({ workloads: [] }), "'workloads' is an empty list"],
  ['the name of a Service here', () => ({ host: 'web.shop.svc.cluster.local' }), 'which is that of a Service in the calling cluster'],
  ['a short name', () => ({ host: 'web' }), "has host 'web', which is no full DNS name"],
  ['an address with a port', () => ({ gatewayAddress: 'east-west.us.example.org:15443' }), 'give a DNS name or IPv4 address, without scheme and port'],
  ['an address of this cluster', () => ({ gatewayAddress: 'istio-eastwestgateway.istio-eastwest.svc.cluster.local' }), 'which other clusters cannot reach'],
  ['an address that is none', () => ({ gatewayAddress: '999.1.1.1' }), "gatewayAddress has host '999.1.1.1', which is no IPv4 address"],
  ['an IPv6 address', () => ({ gatewayAddress: '2001:db8::1' }), 'give a DNS name or IPv4 address, without scheme and port'],
  ['no port', () => ({ port: 0 }), 'port 0 is no port'],
])('fails for %s', (_, change, message) => {
  expect(() => synth(change)).toThrow(message);
});

test('fails in the platform of another cluster', () => {
  expect(() => Synthesized.of((app) => {
    const [eu, us] = ['eu', 'us'].map((name) => new TestCluster(app, name));
    new RemoteService(us.platform, 'remote', {
      mesh: eu.mesh, remoteMesh: us.mesh, service: 'web', port: 80, workloads: [us.web], gatewayAddress: 'east-west.us.example.org', namespace: 'shop',
    });
  })).toThrow("remote service 'web' is for callers of cluster 'eu', and is defined in 'us': define it in the Platform of 'eu'");
});

test('fails for a trust domain that the callers do not trust', () => {
  expect(() => Synthesized.of((app) => {
    const [eu, us] = ['eu', 'us'].map((name) => new TestCluster(app, name));
    new RemoteService(eu.platform, 'remote', {
      mesh: eu.mesh, remoteMesh: us.mesh, service: 'web', port: 80, workloads: [us.web], gatewayAddress: 'east-west.us.example.org', namespace: 'shop',
    });
  })).toThrow("remote service 'web' answers as 'us.example.org', which the mesh of cluster 'eu' does not accept: add 'eu' and 'us' to a Federation");
});

test('names in DNS have no underscore', () => {
  const files = Synthesized.of((app) => {
    const [eu, us] = ['eu', 'US_1'].map((name) => new TestCluster(app, name, { trustDomain: `${name.slice(0, 2).toLowerCase()}.example.org`, spire: {}, mesh: { network: 'one' } }));
    eu.mesh.acceptTrustDomain(us.platform.cluster.trustDomain);
    new RemoteService(eu.platform, 'remote', {
      mesh: eu.mesh, remoteMesh: us.mesh, service: 'web', port: 80, workloads: [us.web], gatewayAddress: 'east-west.us.example.org', namespace: 'shop',
    });
  });
  expect(files.object('ServiceEntry', 'web-us-1').spec.hosts).toEqual(['web.shop.us-1.mesh.internal']);
});
