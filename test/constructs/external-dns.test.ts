import { externalDns } from '../../src/constructs/external-dns';

test('a name is for external-dns', () => {
  expect(externalDns('oidc.example.org')).toEqual({ 'external-dns.alpha.kubernetes.io/hostname': 'oidc.example.org' });
});

test.each(['203.0.113.7', '2001:db8::1'])('the address %s is not', (address) => {
  expect(externalDns(address)).toEqual({});
});
