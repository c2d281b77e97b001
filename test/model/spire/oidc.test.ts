import { readOidcConfig } from '../../../src/model/spire/oidc';
import { Problems } from '../../../src/model/spire/problems';

const [DOMAINS, LISTENER, SOURCE] = ['domains = ["oidc.example.org"]\n', 'insecure_addr = ":8080"\n', 'server_api { address = "unix:///run/api.sock" }\n'];

function refused(text: string): string[] {
  const problems = new Problems();
  readOidcConfig(text, problems);
  return problems.list.filter(({ severity }) => severity === 'refused').map(({ message }) => message);
}

test.each([
  DOMAINS + LISTENER + SOURCE, `${DOMAINS}insecure_addr = ":http"\n${SOURCE}`, `${DOMAINS}${LISTENER}file {}`, `domains = ["xn--9ca.org", "127.0.0.1"]\n${LISTENER}${SOURCE}`,
  `${DOMAINS}${LISTENER}server_api { address = "unix:/run/x" poll_interval = "-1s" }`, `${DOMAINS}${LISTENER}${SOURCE}health_checks { live_path = "GET /x" }`,
  `${DOMAINS}${LISTENER}${SOURCE}server_path_prefix = "/a/"`, `${DOMAINS}listen_socket_path = "/run/oidc.sock"\n${SOURCE}`, `${DOMAINS}${LISTENER}workload_api { socket_path = "run/x" trust_domain = "example.org" }`,
])('the discovery provider takes %j', text => {
  expect(refused(text)).toEqual([]);
});

test.each([
  [LISTENER + SOURCE, 'at least one domain must be configured'],
  [`domains = ["Example.org"]\n${LISTENER}${SOURCE}`, 'domain "Example.org" is no host name in lower case, without port, in Punycode'],
  [`domains = ["a.org:8443"]\n${LISTENER}${SOURCE}`, 'domain "a.org:8443" is no host name in lower case, without port, in Punycode'],
  [DOMAINS + SOURCE, 'no listener: one of acme, serving_cert_file, insecure_addr, listen_socket_path is needed'],
  [`${DOMAINS}${LISTENER}listen_socket_path = "/x"\n${SOURCE}`, 'insecure_addr and listen_socket_path exclude each other'],
  [`${DOMAINS}listen_socket_path = "unix:///run/oidc.sock"\n${SOURCE}`, 'listen_socket_path "unix:///run/oidc.sock" is a URL'],
  [`${DOMAINS}listen_socket_path = "/"\n${SOURCE}`, 'listen_socket_path "/" is a folder'],
  [`${DOMAINS}listen_socket_path = "/run/${'a'.repeat(110)}"\n${SOURCE}`, 'listen_socket_path is 115 bytes long, a unix socket path holds 107'],
  [`${DOMAINS}insecure_addr = "8080"\n${SOURCE}`, 'insecure_addr "8080" is no host:port'],
  [`${DOMAINS}serving_cert_file { cert_file_path = "/c" key_file_path = "/k" file_sync_interval = "1d" }\n${SOURCE}`, 'file_sync_interval "1d" is no duration'],
  [DOMAINS + LISTENER, 'exactly one of server_api, workload_api and file is needed, got none'],
  [`${DOMAINS}${LISTENER}server_api { address = "unix:///run/%zz" }`, 'server_api address "unix:///run/%zz" has a % that no two hexadecimal digits follow'],
  [`${DOMAINS}${LISTENER}${SOURCE}server_path_prefix = "//"`, 'server_path_prefix "//" makes the process panic: there is no slash'],
  [`${DOMAINS}${LISTENER}server_api {}`, 'server_api.address must be configured'],
  [`${DOMAINS}${LISTENER}workload_api { socket_path = "/x" trust_domain = "Example.org" }`,
    'trust_domain "Example.org" is not valid: characters are limited to lower case letters, digits, dots, dashes and underscores'],
  [`${DOMAINS}${LISTENER}${SOURCE}jwt_issuer = "https://u@/"`, 'jwt_issuer "https://u@/" needs a scheme and a host'],
  [`${DOMAINS}${LISTENER}${SOURCE}server_path_prefix = "/%zz"`, 'server_path_prefix "/%zz" has a % that no two hexadecimal digits follow'],
  [`domains = ["xn--a.org"]\n${LISTENER}${SOURCE}`, 'domain "xn--a.org" is no host name in lower case, without port, in Punycode'],
  [`${DOMAINS}${LISTENER}${SOURCE}server_path_prefix = "."`, 'server_path_prefix "." makes the process panic: there is no slash'],
  [`${DOMAINS}${LISTENER}${SOURCE}server_path_prefix = "?a"`, 'server_path_prefix "?a" makes the process panic: there is no slash'],
  [`${DOMAINS}${LISTENER}${SOURCE}server_path_prefix = "a.org:80"`, 'server_path_prefix "a.org:80" makes the process panic: there is no slash'],
  [`${DOMAINS}${LISTENER}workload_api { socket_path = "/a?b" trust_domain = "example.org" }`, 'workload_api.socket_path "/a?b" has a ? or a #'],
  [`${DOMAINS}${LISTENER}workload_api { socket_path = "/%zz" trust_domain = "example.org" }`, 'workload_api.socket_path "/%zz" has a % that no two hexadecimal digits follow'],
  [`${DOMAINS}${LISTENER}${SOURCE}health_checks { live_path = "live" }`, 'live_path "live" makes the process panic: there is no slash'],
  [`${DOMAINS}${LISTENER}${SOURCE}log_level = "loud"`, 'log_level "loud" is unknown'],
])('fails for %j', (text, message) => {
  expect(refused(text)).toEqual([message]);
});

test('a provider that runs without keys or health checks', () => {
  const problems = new Problems();
  readOidcConfig(`${DOMAINS}${LISTENER}file {}\nhealth_checks { bind_port = 70000 }`, problems);
  expect(problems.list.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
    'warning: file has no path: the provider never has keys', 'warning: bind_port 70000 is no port: the process runs without health checks',
  ]);
});

test('a prefix without a slash is a host', () => {
  const warned = (prefix: string): string[] => {
    const problems = new Problems();
    readOidcConfig(`${DOMAINS}${LISTENER}${SOURCE}server_path_prefix = "${prefix}"`, problems);
    return problems.list.map(({ severity, message }) => `${severity}: ${message}`);
  };
  expect(warned('spire')).toEqual(['warning: server_path_prefix "spire" has no slash at its start: it is taken for a host, and no path begins with it']);
  expect(warned('/spire')).toEqual([]);
});
