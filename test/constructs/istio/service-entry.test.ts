import { Fixture } from './fixture';
import { ServiceEntry, ServiceEntryProps, ServiceEntryProtocol, ServiceEntryResolution, SpiffeId, TrustDomain } from '../../../src';

function entry(props: Partial<ServiceEntryProps> = {}): any {
  return new ServiceEntry(new Fixture().platform, 'ratings', {
    namespace: 'shop', hosts: ['ratings.example.com'], ports: [{ port: 443, protocol: ServiceEntryProtocol.TLS }], ...props,
  }).apiObject.toJson();
}

const VM: Partial<ServiceEntryProps> = {
  resolution: ServiceEntryResolution.STATIC,
  addresses: ['192.0.2.1'],
  identities: [SpiffeId.of(TrustDomain.of('example.org'), 'ns', 'vm', 'sa', 'ratings')],
  ports: [{ port: 8080, protocol: ServiceEntryProtocol.HTTP, name: 'http-api' }, { port: 9090, protocol: ServiceEntryProtocol.GRPC }],
  additionalSpec: { exportTo: ['.'] },
};

test('a host outside the mesh', () => {
  expect(entry()).toMatchObject({ apiVersion: 'networking.istio.io/v1', kind: 'ServiceEntry', metadata: { name: 'ratings', namespace: 'shop' } });
  expect(entry().spec).toEqual({
    hosts: ['ratings.example.com'], location: 'MESH_EXTERNAL', resolution: 'DNS', ports: [{ number: 443, name: 'tls-443', protocol: 'TLS' }],
  });
});

test('a host of the mesh that is not in the cluster has to prove its identity', () => {
  expect(entry(VM).spec).toEqual({
    hosts: ['ratings.example.com'],
    location: 'MESH_INTERNAL',
    resolution: 'STATIC',
    ports: [{ number: 8080, name: 'http-api', protocol: 'HTTP' }, { number: 9090, name: 'grpc-9090', protocol: 'GRPC' }],
    endpoints: [{ address: '192.0.2.1' }],
    subjectAltNames: ['spiffe://example.org/ns/vm/sa/ratings'],
    exportTo: ['.'],
  });
});

test.each<[string, Partial<ServiceEntryProps>, string]>([
  ['no hosts', { hosts: [] }, "service entry 'ratings': 'hosts' is an empty list"],
  ['no ports', { ports: [] }, "'ports' is an empty list"],
  ['no addresses', { resolution: ServiceEntryResolution.STATIC }, 'has no addresses with resolution STATIC'],
  ['an empty list of addresses', { resolution: ServiceEntryResolution.STATIC, addresses: [] }, "'addresses' is an empty list"],
  ['addresses with DNS', { addresses: ['192.0.2.1'] }, 'has addresses with resolution DNS'],
  ['an empty list of identities', { identities: [] }, "'identities' is an empty list"],
  ['a short name', { hosts: ['ratings'] }, "has host 'ratings', which is no full DNS name"],
  ['a URL', { hosts: ['https://ratings.example.com'] }, 'which is no full DNS name'],
  ['a wildcard with DNS', { hosts: ['*.example.com'] }, 'a wildcard has no address, name the hosts or use NONE'],
  ['a port that is none', { ports: [{ port: 0, protocol: ServiceEntryProtocol.TCP }] }, 'port 0 is no port'],
  ['a protocol that Istio does not know', { ports: [{ port: 443, protocol: 'https2' as ServiceEntryProtocol }] }, "has protocol 'https2' at port 443, which is none of Istio's: use one of HTTP,"],
  ['a name of a port that Istio refuses', { ports: [{ port: 443, protocol: ServiceEntryProtocol.TLS, name: 'My port' }] }, "has the name 'My port' for port 443, which Istio refuses"],
  ['one port twice', { ports: [1, 2].map(() => ({ port: 80, protocol: ServiceEntryProtocol.HTTP })) }, 'has port 80 twice'],
])('fails for %s', (_, props, message) => {
  expect(() => entry(props)).toThrow(message);
});
