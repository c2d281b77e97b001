import { withValue } from '../../../support/changed-object';
import { found } from '../../cases';

const RULE = 'MESH-SERVICE-ENTRY-SHAPE';
const ENTRY = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'ServiceEntry',
  metadata: { name: 'db', namespace: 'shop' },
  spec: {
    hosts: ['db.example.org'],
    addresses: ['192.0.2.1', '192.0.2.0/24'],
    exportTo: ['~'],
    ports: [{ number: 5432, name: 'tcp', protocol: 'tcp', targetPort: 5433 }, { number: 80, name: 'http' }],
    location: 'MESH_INTERNAL',
    resolution: 'STATIC',
    endpoints: [{ address: '192.0.2.2', ports: { tcp: 5432 }, labels: { app: 'db' }, weight: 1 }, { network: 'other' }],
  },
};
const at = (path: string, value: unknown): string[] => found(RULE, withValue(ENTRY, path, value));
const spec = (changes: object): string => withValue(ENTRY, 'spec', { hosts: ['*.example.org'], ports: [{ number: 443, name: 'tls', protocol: 'TLS' }], ...changes });

test('what Istio takes is taken', () => expect(found(RULE, JSON.stringify(ENTRY))).toEqual([]));

test.each<[path: string, value: unknown, message: string]>([
  ['spec', undefined, 'the ServiceEntry has no spec'],
  ['spec.hosts', [], 'the ServiceEntry has no hosts'],
  ['spec.hosts.0', 'db:5432', '"db:5432" is no DNS name'],
  ['spec.hosts', ['a.b', 'c.d'], 'several hosts with a port of neither HTTP nor TLS'],
  ['spec.addresses.0', '192.0.2', '"192.0.2" is no address or range'],
  ['spec.exportTo', ['~', '.'], 'exportTo "~" beside others'],
  ['spec.ports.1.name', 'tcp', 'port name tcp is there twice'],
  ['spec.ports.1.number', 5432, 'port number 5432 is there twice'],
  ['spec.ports.0.name', 'tcp_db', '"tcp_db" is no name of a port'],
  ['spec.ports.0.protocol', 'postgres', 'protocol "postgres" is unknown: TCP'],
  ['spec.ports.0.number', 0, 'port 0 is not from 1 to 65535'],
  ['spec.ports.0.targetPort', 70000, 'port 70000 is not from 1 to 65535'],
  ['spec.endpoints.0.ports.tcp', 0, 'port 0 is not from 1 to 65535'],
  ['spec.endpoints.0.labels', { app: '-' }, '"-" is no value of a label'],
  ['spec.endpoints.0.weight', -1, 'weight -1 is below 0'],
  ['spec.endpoints.1', {}, 'the endpoint has neither address nor network'],
  ['spec.endpoints.0.address', 'unix:///run/db', 'a socket in a file has no ports'],
  ['spec.endpoints.1.address', 'unix:///run/db', 'a socket in a file is for one port, and there are 2'],
  ['spec.endpoints.1.address', 'unix://db', '"unix://db" is no socket'],
  ['spec.workloadSelector', { labels: { app: 'db' } }, 'workloadSelector and endpoints exclude each other'],
  ['spec.workloadSelector', { labels: { app: '*' } }, 'label "app: *" has a star'],
  ['spec.resolution', undefined, 'resolution NONE, which is the default, beside endpoints'],
  ['spec.resolution', 'DNS', 'resolution DNS takes no ranges of addresses'],
  ['spec.resolution', 'DNS', 'the endpoint has no address to look up'],
])('fails %s = %j', (path, value, message) => expect(at(path, value)).toContainEqual(expect.stringContaining(message)));

test.each<[spec: object, message: string]>([
  [{ resolution: 'DNS', endpoints: [{ address: 'unix:///a' }] }, '"unix:///a" is no DNS name: "unix:///a" may not be a part of one'],
  [{ resolution: 'DNS_ROUND_ROBIN', endpoints: [{ address: 'a.b' }, { address: 'b.c' }] }, 'resolution DNS_ROUND_ROBIN takes one endpoint'],
  [{ resolution: 'DYNAMIC_DNS', hosts: ['a.b'] }, 'host "a.b" has no star, and resolution DYNAMIC_DNS is for such'],
  [{ resolution: 'DYNAMIC_DNS', addresses: ['192.0.2.1'] }, 'resolution DYNAMIC_DNS takes no addresses: names are looked up as callers ask for them'],
  [{ resolution: 'DYNAMIC_DNS', endpoints: [{ address: 'a.b' }] }, 'resolution DYNAMIC_DNS takes no endpoints: names are looked up as callers ask for them'],
  [{ resolution: 'DYNAMIC_DNS', ports: [{ number: 1, name: 'tcp', protocol: 'TCP' }] }, 'resolution DYNAMIC_DNS is for HTTP, TLS, GRPC, HTTP2, and the protocol is TCP'],
])('fails %j', (changes, message) => expect(found(RULE, spec(changes))).toEqual([message]));

test('fails DYNAMIC_DNS with a waypoint', () => {
  const entry = JSON.parse(spec({ resolution: 'DYNAMIC_DNS', location: 'MESH_INTERNAL' }));
  expect(found(RULE, JSON.stringify(entry))).toEqual([]);
  expect(found(RULE, withValue(entry, 'metadata.labels', { 'istio.io/use-waypoint': 'waypoint' }))).toEqual(['resolution DYNAMIC_DNS with location MESH_INTERNAL takes no waypoint']);
});

test.each<[path: string, value: unknown]>([
  ['spec.hosts', ['${HOST}']],
  ['spec.addresses', ['{{ .Values.address }}']],
  ['spec.ports.0.protocol', '${PROTOCOL}'],
  ['spec.resolution', '${RESOLUTION}'],
  ['spec.endpoints.0.address', '${ADDRESS}'],
])('takes %s = %j', (path, value) => expect(at(path, value)).toEqual([]));
