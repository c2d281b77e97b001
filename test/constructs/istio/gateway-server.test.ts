import { GatewayServer } from '../../../src';

const json = (server: GatewayServer) => server._toJson(server._name, () => ['shop']);

test('HTTPS has a certificate and no TLS before 1.2', () => {
  expect(json(GatewayServer.https({ hosts: ['shop.example.com'], credentialName: 'shop-tls' }))).toEqual({
    hosts: ['shop/shop.example.com'],
    port: { number: 443, name: 'https', protocol: 'HTTPS' },
    tls: { mode: 'SIMPLE', credentialName: 'shop-tls', minProtocolVersion: 'TLSV1_2' },
  });
});

test('mutual TLS asks for the certificate of the client', () => {
  expect(json(GatewayServer.mutualTls({ hosts: ['b2b.example.com'], credentialName: 'b2b-tls' })).tls)
    .toEqual({ mode: 'MUTUAL', credentialName: 'b2b-tls', minProtocolVersion: 'TLSV1_2' });
});

test('HTTP redirects, or serves when it is said so', () => {
  const port = { number: 80, name: 'http', protocol: 'HTTP' };
  expect(json(GatewayServer.httpsRedirect('a.example.com', '*.example.org'))).toEqual({
    hosts: ['a.example.com', '*.example.org'], port, tls: { httpsRedirect: true },
  });
  expect(json(GatewayServer.http('*'))).toEqual({ hosts: ['shop/*'], port });
});

test.each(['https://shop.example.com', 'shop.example.com:443', 'Shop.example.com', 'shop.*.com', '*shop.example.com', ''])("fails for host '%s'", (host) => {
  expect(() => GatewayServer.http(host)).toThrow(`gateway host '${host}' is no DNS name`);
});

test('fails for no hosts', () => {
  expect(() => GatewayServer.http()).toThrow("gateway server: 'hosts' is an empty list");
});

test.each(['istio-ingress/shop-tls', 'Shop', ''])("fails for credential '%s'", (credentialName) => {
  expect(() => GatewayServer.https({ hosts: ['a.example.com'], credentialName })).toThrow(`gateway credentialName '${credentialName}' is no name of a Secret`);
});
