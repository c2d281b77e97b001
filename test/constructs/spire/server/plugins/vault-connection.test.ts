import { FileRef, SecretRef, UpstreamAuthority, VaultAuth } from '../../../../../src';

test('fails for an authority that nobody asks', () => {
  expect(() => UpstreamAuthority.vault({
    address: 'https://v', auth: VaultAuth.token(SecretRef.of('v')), insecureSkipVerify: true, certificateAuthority: FileRef.configMap('a', 'b'),
  })).toThrow('insecureSkipVerify and certificateAuthority exclude each other: keep certificateAuthority');
});
