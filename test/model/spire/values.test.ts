import { isCidr, isHost, isHostPort, isIp } from '../../../src/model/spire/values';

test.each(['localhost', '127.0.0.1', '::1', 'fe80::1%eth0', 'spire-server.spire.svc', 'a_b', 'host.', ''])('%j may be a host', text => expect(isHost(text)).toBe(true));

test.each(['256.1.1.1', '1.2.3', '010.0.0.1', '*', 'a b', 'http://a', '/x', '127.0.0.1:80', 'a..b', '-a'])('fails: %j is no host', text => expect(isHost(text)).toBe(false));

test.each(['localhost:8125', '127.0.0.1:1', '[::1]:80', ':8125', 'a:'])('%j is a host and a port', text => expect(isHostPort(text)).toBe(true));

test.each(['localhost', '::1:80', '127.0.0.1:http', 'a:65536', 'a:-1', 'http://a:80', '127.0.0.1:80/x', '[a]:80'])('fails: %j is no host and port', text => {
  expect(isHostPort(text)).toBe(false);
});

test('leading zeros are fine in the bits of a CIDR, an IPv4 address ends one of IPv6', () => {
  expect(isCidr('10.0.0.0/08')).toBe(true);
  expect(isCidr('10.0.0.0/33')).toBe(false);
  expect(isIp('::1.2.3.4')).toBe(true);
  expect(isIp('1.2.3.4::')).toBe(false);
});
