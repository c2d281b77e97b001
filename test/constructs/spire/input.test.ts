import {
  requireHost, requireHttps, requireInteger, requireNamespace, requireOneOf, requireRegion, requireSocketPath, requireText,
} from '../../../src/constructs/spire/input';

test('what is fit passes', () => {
  expect(requireText('name', 'x')).toBe('x');
  requireInteger('count', 1, 1);
  requireInteger('count', undefined, 1);
  requireHttps('url', 'https://a.example.org:8200/v1?x=1');
  requireSocketPath('socket', '/run/a/b.sock');
  requireOneOf('mode', 'a', ['a', 'b']);
  requireRegion('eu-west-1');
  requireNamespace('namespace', 'cert-manager');
  ['spire.example.org', '10.0.0.1', 'fd00::1', '[fd00::1]'].forEach((host) => requireHost('host', host));
});

test.each([
  [() => requireInteger('count', 1.5, 1), 'count 1.5 is not possible: give a whole number from 1'],
  [() => requireInteger('port', 70000, 1, 65535), 'port 70000 is not possible: give a whole number from 1 to 65535'],
  [() => requireHttps('url', 'http://a'), "url 'http://a' is no https URL: write it as 'https://host.example.org'"],
  [() => requireHttps('url', 'https://user@a'), "url 'https://user@a' is no https URL"],
  [() => requireSocketPath('socket', 'a.sock'), "socket 'a.sock' is no absolute path"],
  [() => requireSocketPath('socket', `/${'a'.repeat(107)}`), 'socket of 108 bytes is too long: Linux allows 107'],
  [() => requireRegion('Europe West'), "region 'Europe West' is no region of a cloud: use a-z, 0-9 and '-', such as 'eu-west-1'"],
  [() => requireNamespace('namespace', 'Certs'), "namespace 'Certs' is no name of a namespace"],
  [() => requireHost('host', 'https://a'), "host 'https://a' is no host: give a DNS name or an address alone"],
  [() => requireHost('host', 'a:8081'), "host 'a:8081' is no host"],
  [() => requireHost('host', ''), 'host is empty: give a value'],
  [() => requireOneOf('mode', 'c', ['a', 'b']), "mode 'c' is unknown: use one of a, b"],
])('fails for what is not: %#', (check, message) => {
  expect(check).toThrow(message);
});
