import { FileRef, NodeAttestor, SecretRef, SpireVersion } from '../../../../src';
import { agentPod, configured, OWN_CLUSTER, serverPod } from '../plugins/pods';

const ca = FileRef.configMap('cas', 'ca.crt');
const key = FileRef.secret(SecretRef.of('node'), 'tls.key');
const server = (attestor: NodeAttestor, version = '1.15.3') => configured(attestor._sides().server(OWN_CLUSTER), serverPod(SpireVersion.of(version)));
const agent = (attestor: NodeAttestor) => configured(attestor._sides().agent(OWN_CLUSTER), agentPod());

test('one authority is a path, several are a list', () => {
  expect(server(NodeAttestor.x509pop({ certificateAuthorities: [ca] })).lines).toContain('ca_bundle_path = "/run/spire/server/files/config-maps/cas/ca.crt"');
  expect(server(NodeAttestor.x509pop({ certificateAuthorities: [ca, ca] })).lines.join()).toContain('ca_bundle_paths = [');
});

test('SVIDs come from a socket of the node', () => {
  const { lines, pod } = agent(NodeAttestor.x509popSpiffe({ spiffeEndpointSocket: '/run/upstream/api.sock' }));
  expect(lines).toEqual(['spiffe_endpoint_socket = "unix:///run/upstream/api.sock"']);
  expect(pod.volumes).toEqual([{ name: 'x509pop-socket', hostPath: { path: '/run/upstream', type: 'Directory' } }]);
});

test.each([
  ['no authority', () => NodeAttestor.x509pop({ certificateAuthorities: [] }), 'certificateAuthorities of x509pop is empty: give at least one file'],
  ['half a certificate', () => NodeAttestor.x509pop({ certificateAuthorities: [ca], privateKey: key }), 'certificate and privateKey of x509pop belong together'],
  ['agents without certificate', () => agent(NodeAttestor.x509pop({ certificateAuthorities: [ca] })), 'the agents of this cluster have no certificate for x509pop'],
  ['agents without SVID', () => agent(NodeAttestor.x509popSpiffe()), 'the agents of this cluster have no SVID for x509pop'],
  ['a prefix that is no path', () => NodeAttestor.x509popSpiffe({ spiffePrefix: 'x' }), "spiffePrefix 'x' is no path of a SPIFFE ID"],
  ['a template that is no path', () => NodeAttestor.x509popSpiffe({ agentPathTemplate: 'x' }), "agentPathTemplate 'x' gives no path of a SPIFFE ID"],
  ['no intermediates', () => NodeAttestor.x509popSpiffe({ maxIntermediates: 0 }), 'maxIntermediates 0 is not possible: give a whole number from 1'],
  ['addresses before 1.15.2', () => server(NodeAttestor.x509popSpiffe({ verifyClientIp: true }), '1.15.0'), 'verifyClientIp of x509pop needs SPIRE 1.15.2'],
])('fails for %s', (_, make, message) => {
  expect(make).toThrow(message);
});
