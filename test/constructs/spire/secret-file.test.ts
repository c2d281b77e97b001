import { FileRef, NodeAttestor, PrometheusTls, SecretRef, UpstreamAuthority, VaultAuth } from '../../../src';

const open = FileRef.configMap('keys', 'tls.key');
const certificate = FileRef.configMap('keys', 'tls.crt');

test('a private key in a Secret passes', () => {
  expect(() => UpstreamAuthority.disk({ certificate, privateKey: FileRef.secret(SecretRef.of('ca'), 'tls.key') })).not.toThrow();
});

test.each<[string, () => unknown]>([
  ['UpstreamAuthority.disk', () => UpstreamAuthority.disk({ certificate, privateKey: open })],
  ['UpstreamAuthority.ejbca', () => UpstreamAuthority.ejbca({
    hostname: 'ejbca.example.org', caName: 'ca', clientCertificate: certificate, clientKey: open, endEntityProfileName: 'e', certificateProfileName: 'c',
  })],
  ['VaultAuth.certificate', () => VaultAuth.certificate({ certificate, privateKey: open })],
  ['NodeAttestor.x509pop', () => NodeAttestor.x509pop({ certificateAuthorities: [certificate], certificate, privateKey: open })],
  ['NodeAttestor.sshpop', () => NodeAttestor.sshpop({ certAuthorities: ['ssh-rsa AAAA'], hostKey: open })],
  ['NodeAttestor.tpmDevid', () => NodeAttestor.tpmDevid({ devIdCa: certificate, endorsementCa: certificate, node: { certificate, publicKey: certificate, privateKey: open } })],
  ['PrometheusTls.certificate', () => PrometheusTls.certificate({ certificate, privateKey: open })],
])('fails for a private key in a ConfigMap: %s', (_, make) => {
  expect(make).toThrow(/(privateKey|clientKey|hostKey) comes from ConfigMap 'keys', but a private key must not stand in a ConfigMap: use FileRef\.secret/);
});

test('fails for a private key as a text, encrypted or not', () => {
  expect(() => UpstreamAuthority.disk({ certificate, privateKey: FileRef.text('MIIEvQ') })).toThrow('privateKey comes from a text, but a private key');
});
