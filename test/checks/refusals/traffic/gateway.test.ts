import { withValue } from '../../../support/changed-object';
import { found } from '../../cases';

const RULE = 'MESH-GATEWAY-SHAPE';
const GATEWAY = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'Gateway',
  metadata: { name: 'edge', namespace: 'edge' },
  spec: {
    selector: { istio: 'ingressgateway' },
    servers: [
      { bind: '192.0.2.1', port: { number: 443, name: 'https', protocol: 'https' }, hosts: ['shop/a.example.org', './*', '*/*.example.org', '192.0.2.1'], tls: { mode: 'SIMPLE', credentialName: 'edge' } },
      { bind: 'unix:///run/edge', port: { number: 0, name: 'file', protocol: 'GRPC-Web' }, hosts: ['*'] },
    ],
  },
};
const at = (path: string, value: unknown, rule = RULE): string[] => found(rule, withValue(GATEWAY, path, value));

test('what Istio takes is taken', () => expect(found(/^MESH-GATEWAY-(SHAPE|SERVER|TLS)$/, JSON.stringify(GATEWAY))).toEqual([]));

test.each<[path: string, value: unknown, message: string]>([
  ['metadata.name', 'edge.example', '"edge.example" is no name of a Gateway'],
  ['spec.servers', [], 'the Gateway has no server'],
  ['spec.servers.0.hosts', [], 'the server has no hosts'],
  ['spec.servers.0.hosts.0', 'web', 'host "web" is a short name'],
  ['spec.servers.0.hosts.0', 'a b/c.d', 'host "a b/c.d" is not of the form namespace/host'],
  ['spec.servers.0.hosts.0', 'shop/', 'host "" is a short name'],
  ['spec.servers.0.hosts.0', '*a.b', 'host "*a.b" has a star that is no whole label'],
  ['spec.servers.0.hosts.0', 'a.*.c', 'host "a.*.c" has a star that is no whole label'],
  ['spec.servers.0.hosts.0', 'a..b', '"a..b" is no DNS name'],
  ['spec.servers.0.port.protocol', 'HTTP3', 'protocol "HTTP3" is unknown: TCP'],
  ['spec.servers.0.port.number', 0, 'port 0 is not from 1 to 65535'],
  ['spec.servers.0.port.targetPort', 8443, 'targetPort has no meaning here'],
  ['spec.servers.0.port.name', '', 'the port has no name'],
  ['spec.servers.0.bind', 'eth0', '"eth0" is no IP address'],
  ['spec.servers.1.bind', 'unix://run/edge', '"unix://run/edge" is no socket'],
  ['spec.servers.1.port.number', 80, 'port 80 of a socket in a file: 0 is wanted'],
  ['spec.servers.0.tls', { mode: 'SIMPLE', credentialNames: ['a', 'b', 'c'] }, '3 certificates: 2 are taken at most'],
])('fails %s = %j', (path, value, message) => expect(at(path, value)).toContainEqual(expect.stringContaining(message)));

test.each<[path: string, value: unknown]>([
  ['metadata.name', '${NAME}'],
  ['spec.servers.0.hosts.0', '{{ .Values.host }}'],
  ['spec.servers.0.port.protocol', '${PROTOCOL}'],
  ['spec.servers.0.port', '{{ .Values.port }}'],
  ['spec.servers.1.bind', 'unix://@edge'],
])('takes %s = %j', (path, value) => expect(at(path, value)).toEqual([]));

test.each<[rule: string, tls: object, protocol: string, message: string]>([
  ['MESH-GATEWAY-SERVER', {}, 'TCP', 'protocol TCP with tls: only HTTPS and TLS may have it'],
  ['MESH-GATEWAY-SERVER', { mode: 'SIMPLE' }, 'UDP', 'protocol UDP with tls mode: only HTTPS and TLS may have it'],
  ['MESH-GATEWAY-SERVER', { mode: 'SIMPLE' }, 'HTTP_PROXY', 'protocol HTTP_PROXY with tls mode: only HTTPS and TLS may have it'],
  ['MESH-GATEWAY-TLS', { mode: 'SIMPLE', tlsCertificates: [{ serverCertificate: '/a' }] }, 'HTTPS', 'an entry of tlsCertificates has no privateKey'],
  ['MESH-GATEWAY-TLS', { mode: 'PASSTHROUGH', credentialName: 'a', caCrl: '/a' }, 'TLS', 'caCrl beside credentialName: the list belongs into the Secret'],
])('fails %s with %j of %s', (rule, tls, protocol, message) => {
  const gateway = withValue(JSON.parse(withValue(GATEWAY, 'spec.servers.0.port.protocol', protocol)), 'spec.servers.0.tls', tls);
  expect(found(rule, gateway)).toEqual([message]);
});
