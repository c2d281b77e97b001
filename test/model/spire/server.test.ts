import { serverRefuses } from './configs';

test.each([
  'bind_address = "fe80::1%eth0"', 'bind_address = "localhost"', 'proxy_protocol_trusted_cidrs = ["10.0.0.0/08"]', 'ca_ttl = "0s"', 'agent_ttl = "-1s"', 'default_jwt_svid_ttl = "-1s"',
  'default_x509_svid_ttl = "1s"', 'experimental { cache_reload_interval = "0s" full_cache_reload_interval = "1m" }',
])('a server takes %s', server => {
  expect(serverRefuses({ server })).toEqual([]);
});

test.each([
  ['bind_address = "256.1.1.1"', 'bind_address "256.1.1.1" is no IP address and no name'],
  ['ca_ttl = "-1h"', 'ca_ttl -1h: what is signed has expired already'],
  ['default_x509_svid_ttl = "1ns"', 'default_x509_svid_ttl 1ns: what is signed has expired already'],
  ['experimental { cache_reload_interval = "-1s" }', 'cache_reload_interval -1s is negative: the server panics'],
  ['experimental { cache_reload_interval = "24h" }', 'full_cache_reload_interval 24h is not longer than cache_reload_interval 24h'],
  ['experimental { full_cache_reload_interval = "5s" }', 'full_cache_reload_interval 5s is not longer than cache_reload_interval 5s'],
])('fails when it has %s', (server, message) => {
  expect(serverRefuses({ server })).toEqual([message]);
});

test('with an upstream authority the lifetime of the CA is that authority\'s matter', () => {
  const plugins = 'UpstreamAuthority "disk" { plugin_data { cert_file_path = "/a" key_file_path = "/b" } }';
  expect(serverRefuses({ server: 'ca_ttl = "-1h"', plugins })).toEqual([]);
});
