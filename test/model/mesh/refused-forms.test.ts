import {
  durationFormRefusal, durationLengthRefusal, durationRefusal, headerNameRefusal, hostPortRefusal, isUnixAddress, namespacedHostRefusal,
  portNameRefusal, protocolRefusal, unixAddressRefusal,
} from '../../../src/model/mesh/refused-forms';

test.each([
  [unixAddressRefusal, ['unix:///a.sock', 'unix://@a', 'unix://${DIR}/']],
  [portNameRefusal, ['http', 'a-1', '{{ .name }}']],
  [protocolRefusal, ['', 'HTTP', 'http_proxy', '${PROTOCOL}']],
  [durationRefusal, ['5s', '1h30m', '1.5s', '0.001s', '${TIMEOUT}']],
  [durationFormRefusal, ['0s', '-1s']],
  [durationLengthRefusal, ['5s', 'soon']],
  [hostPortRefusal, ['a.b:80', '10.0.0.1:80', '[::1]:80', '${HOST}:80']],
  [namespacedHostRefusal, ['./*', '*/*', 'shop/*', 'shop/*.example.org', '~/a.b', '~shop/a.b', '{{ .ns }}/a']],
  [headerNameRefusal, ['x-a', 'x_a', '${NAME}']],
])('%o takes %j', (refusal, values) => {
  expect(values.map(refusal)).toEqual(values.map(() => undefined));
});

test.each([
  [unixAddressRefusal, 'unix://a', '"unix://a" is no socket'],
  [unixAddressRefusal, 'unix:///a/', '"unix:///a/" is no socket'],
  [portNameRefusal, 'a b', '"a b" is no name of a port'],
  [protocolRefusal, 'HTTP3', 'protocol "HTTP3" is unknown: TCP, UDP, '],
  [durationRefusal, 'soon', '"soon" is no duration'],
  [durationRefusal, '5', '"5" is no duration'],
  [durationRefusal, '0s', '"0s" is less than 1ms'],
  [durationRefusal, '1.0005s', '"1.0005s" is not in whole milliseconds'],
  [hostPortRefusal, 'a', '"a" is not of the form host:port'],
  [hostPortRefusal, '::1:80', '"::1:80" is not of the form host:port'],
  [hostPortRefusal, 'a:http', '"a:http" has no port from 1 to 65535 at its end'],
  [hostPortRefusal, 'a:0', '"a:0" has no port from 1 to 65535 at its end'],
  [hostPortRefusal, 'a_b:80', '"a_b" is neither a DNS name nor an IP address'],
  [namespacedHostRefusal, '/a.b', '"/a.b" has no namespace before the slash'],
  [namespacedHostRefusal, 'shop/', '"shop/" has no name behind the slash'],
  [namespacedHostRefusal, 'a*/a.b', '"a*" is no namespace'],
  [namespacedHostRefusal, 'shop/a', 'write it in full, such as a.shop.svc.cluster.local'],
  [namespacedHostRefusal, 'shop/*a.b', '"shop/*a.b" has a star that is not a whole part of the name'],
  [namespacedHostRefusal, 'shop/a_b.c', '"a_b.c" is no DNS name'],
  [headerNameRefusal, 'x a', '"x a" is no name of a header'],
])('%o fails with %j', (refusal, value, message) => {
  expect(refusal(value)).toContain(message);
});

test('a socket is known by its scheme', () => {
  expect(['unix:///a', '10.0.0.1'].map(isUnixAddress)).toEqual([true, false]);
});
