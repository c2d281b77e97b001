import { serverRefuses } from './configs';
import { Problems } from '../../../src/model/spire/problems';
import { readServerConfig } from '../../../src/model/spire/server';

const CERTIFICATE = 'serving_cert_file { cert_file_path = "/c" key_file_path = "/k"';
const endpoint = (settings: string, profile = 'https_spiffe" {} #'): string => `federation { bundle_endpoint { ${settings} profile "${profile}\n } }`;

test.each([
  'bind_address = "fe80::1%eth0"', 'bind_address = "localhost"', 'proxy_protocol_trusted_cidrs = ["10.0.0.0/08"]', 'ca_ttl = "0s"', 'agent_ttl = "-1s"', 'default_jwt_svid_ttl = "-1s"',
  'default_x509_svid_ttl = "1s"', 'experimental { cache_reload_interval = "0s" full_cache_reload_interval = "1m" }', 'experimental { cache_reload_interval = "-1s" }',
  'socket_path = "/run/spire/sockets/api.sock/"', 'trust_domain = "spiffe://example.org"', endpoint('port = 8443'), endpoint('port = 0'),
  endpoint('port = 8443', `https_web" { ${CERTIFICATE} file_sync_interval = "0s" } } #`),
])('a server takes %s', server => {
  expect(serverRefuses({ server })).toEqual([]);
});

test.each([
  ['bind_address = "256.1.1.1"', 'bind_address "256.1.1.1" is no IP address and no name'],
  ['ca_ttl = "-1h"', 'ca_ttl -1h: what is signed has expired already'],
  ['default_x509_svid_ttl = "1ns"', 'default_x509_svid_ttl 1ns: what is signed has expired already'],
  ['trust_domain = "spiffe://a..b"', 'trust_domain "spiffe://a..b" has an empty label: no X.509 certificate can carry it'],
  ['socket_path = "/"', 'socket_path "/" is a folder'],
  ['socket_path = "./"', 'socket_path "./" is a folder'],
  [endpoint('port = 84430'), 'bundle_endpoint port 84430 is no port: the server stops'],
  [endpoint('port = -1'), 'bundle_endpoint port -1 is no port: the server stops'],
  [endpoint('port = 8443', `https_web" { ${CERTIFICATE} file_sync_interval = "-1h" } } #`), 'file_sync_interval -1h is negative: the server panics'],
  ['experimental { events_based_cache = true cache_reload_interval = "-1s" }', 'cache_reload_interval -1s is negative: the server panics'],
  ['experimental { cache_reload_interval = "24h" }', 'full_cache_reload_interval 24h is not longer than cache_reload_interval 24h'],
  ['experimental { full_cache_reload_interval = "5s" }', 'full_cache_reload_interval 5s is not longer than cache_reload_interval 5s'],
])('fails when it has %s', (server, message) => {
  expect(serverRefuses({ server })).toEqual([message]);
});

test('with an upstream authority the lifetime of the CA is that authority\'s matter', () => {
  const plugins = 'UpstreamAuthority "disk" { plugin_data { cert_file_path = "/a" key_file_path = "/b" } }';
  expect(serverRefuses({ server: 'ca_ttl = "-1h"', plugins })).toEqual([]);
});

test('a DataStore cannot be disabled', () => {
  const problems = new Problems();
  readServerConfig(`server { trust_domain = "example.org" data_dir = "/d" }
plugins { DataStore "sql" { enabled = false plugin_data { database_type = "sqlite3" connection_string = "/d/x" } } KeyManager "memory" {} }`, problems);
  expect(problems.list.map(({ severity, message }) => `${severity}: ${message}`)).toEqual(['warning: enabled = false of the DataStore is ignored']);
});

test('what a server takes and does not do as it is meant is told', () => {
  const warned = (server: string): string[] => {
    const problems = new Problems();
    readServerConfig(`server { trust_domain = "example.org" data_dir = "/d" ${server} }\nplugins { DataStore "sql" { plugin_data { database_type = "sqlite3" connection_string = "/d/x" } } KeyManager "memory" {} }`, problems);
    return problems.list.map(({ severity, message }) => `${severity}: ${message}`);
  };
  expect(warned(endpoint(''))).toEqual(['warning: bundle_endpoint has no port: it listens on another one at each start']);
  expect(warned(endpoint('port = 8443'))).toEqual([]);
  expect(warned('experimental { cache_reload_interval = "-1s" }')).toEqual(['warning: cache_reload_interval -1s is negative: the cache is built again without a pause']);
  expect(warned('experimental { sql_transaction_timeout = "1m" }')).toEqual(['warning: experimental.sql_transaction_timeout is deprecated']);
  expect(warned('experimental { event_timeout = "1m" }')).toEqual([]);
  expect(warned('ratelimit "x" { attestation = false }')).toEqual(['warning: unknown key "x" in server.ratelimit']);
  expect(warned('ExpandEnv = true')).toEqual(['warning: ExpandEnv in the file does nothing']);
  expect(warned(endpoint('port = 8443', 'https_web" { acme { tos_accepted = true } } #'))).toEqual(['warning: acme has no domain_name: no certificate will come']);
  const partner = (url: string): string => `federation { federates_with "p.org" { bundle_endpoint_url = "${url}" bundle_endpoint_profile "https_web" {} } }`;
  expect(warned(partner('https://p.org'))).toEqual([]);
  expect(warned(partner('https://p.org:x'))).toEqual(['warning: federates_with "p.org": bundle_endpoint_url "https://p.org:x" has "x" for a port: the bundle is never fetched']);
  expect(warned(partner('https:///bundle'))).toEqual(['warning: federates_with "p.org": bundle_endpoint_url "https:///bundle" has no host: the bundle is never fetched']);
  expect(warned('default_x509_svid_ttl = "500ms"')).toEqual(['warning: default_x509_svid_ttl 500ms: what is signed may have expired already, and the server stops']);
});
