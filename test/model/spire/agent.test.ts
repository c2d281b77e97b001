import { agentRefuses } from './configs';
import { readAgentConfig } from '../../../src/model/spire/agent';
import { Problems } from '../../../src/model/spire/problems';

const BROKER = (address: string): string => `experimental { broker { bind_address = "${address}" brokers = [{ id = "spiffe://example.org/b" allowed_reference_types = [{ type_url = "*" }] }] } }`;

test.each(['127.0.0.1:9000', '127.0.0.1:http', '127.0.0.1:', '[::1]:9000'])('a broker listens on %s', address => {
  expect(agentRefuses({ agent: BROKER(address) })).toEqual([]);
});

test.each(['127.0.0.1', '256.1.1.1:80', '127.0.0.1:70000', 'a b:80'])('fails when a broker is to listen on %s', address => {
  expect(agentRefuses({ agent: BROKER(address) })).toEqual([`experimental.broker.bind_address "${address}" is no host:port`]);
});

test('fails when a broker has no socket of its own', () => {
  const socket = (path: string): string[] => agentRefuses({ agent: BROKER('127.0.0.1:9000').replace('bind_address', `socket_path = "${path}" bind_address`) });
  expect(socket('/run/spire/broker.sock')).toEqual([]);
  expect(socket('/')).toEqual(['socket_path "/" is a folder']);
  expect(socket(`/run/${'a'.repeat(110)}`)).toEqual(['socket_path is 115 bytes long, a unix socket path holds 107']);
});

test('fails when one socket is a folder of another', () => {
  const sockets = (path: string, settings = ''): string[] => agentRefuses({ agent: `socket_path = "/run/spire/public/api.sock" admin_socket_path = "${path}" ${settings}` });
  expect(sockets('/run/spire/private')).toEqual([]);
  expect(sockets('/run/spire/public')).toEqual(['admin_socket_path /run/spire/public is a folder of the Workload API socket /run/spire/public/api.sock']);
  expect(sockets('/run/spire/public', 'disable_workload_api = true disable_sds_api = true')).toEqual([]);
});

test('profiles that are not written', () => {
  const warned = (settings: string): string[] => {
    const problems = new Problems();
    readAgentConfig(`agent { trust_domain = "example.org" server_address = "s" server_port = 1 trust_bundle_path = "/b" profiling_enabled = true ${settings} }
plugins { KeyManager "memory" {} NodeAttestor "x509pop" { plugin_data { private_key_path = "/k" certificate_path = "/c" } } WorkloadAttestor "unix" {} }`, problems);
    return problems.list.map(({ severity, message }) => `${severity}: ${message}`);
  };
  expect(warned('profiling_freq = 5 profiling_names = ["heap", "cpu"] profiling_port = 6060')).toEqual([]);
  expect(warned('profiling_names = ["none"]')).toEqual([]);
  expect(warned('profiling_freq = 5 profiling_names = ["heap", "Heap"]')).toEqual(['warning: profiling_names "Heap" is unknown: no profile is written for it']);
  expect(warned('profiling_freq = 5')).toEqual(['warning: profiling_freq has no effect without profiling_names']);
  expect(warned('profiling_port = 70000')).toEqual(['warning: profiling_port 70000 is no port: profiles are not served']);
});

test('an agent that attested with a token cannot do so again', () => {
  const warned = (agent: string, attestor = 'join_token'): string[] => {
    const problems = new Problems();
    readAgentConfig(`agent { trust_domain = "example.org" server_address = "s" server_port = 1 trust_bundle_path = "/b" ${agent} }
plugins { KeyManager "memory" {} NodeAttestor "${attestor}" { plugin_data { ${attestor === 'join_token' ? '' : 'cluster = "c"'} } } WorkloadAttestor "unix" {} }`, problems);
    return problems.list.map(({ severity, message }) => `${severity}: ${message}`);
  };
  expect(warned('rebootstrap_mode = "always"')).toEqual(['warning: rebootstrap_mode "always" cannot work with a join token: the agent does not start again']);
  expect(warned('rebootstrap_mode = "auto" join_token = "t"', 'k8s_psat')).toEqual(['warning: rebootstrap_mode "auto" cannot work with a join token: it is switched off']);
  expect(warned('rebootstrap_mode = "always"', 'k8s_psat')).toEqual([]);
  expect(warned('rebootstrap_mode = "never"')).toEqual([]);
  expect(warned('experimental { sync_interval = "-5s" }')).toEqual(['warning: sync_interval -5s is negative: the agent asks the server without a pause']);
  expect(warned('sds "x" { default_svid_name = "a" }')).toEqual(['warning: unknown key "x" in agent.sds']);
  expect(warned('experimental { use_sync_authorized_entries = true }')).toEqual(['warning: experimental.use_sync_authorized_entries is deprecated']);
});

test('fails when the URL of the bundle is none', () => {
  const [message] = agentRefuses({ agent: 'insecure_bootstrap = false trust_bundle_url = "https://a b/bundle"' });
  expect(message).toBe('trust_bundle_url "https://a b/bundle" has a character in its host that may not be there');
});

const BUNDLE = (settings: string): string[] => agentRefuses({ agent: `insecure_bootstrap = false ${settings}` });

test.each(['unix:///run/x.sock', 'unix:/run/x.sock', 'UNIX:///a', 'unix://host/a', 'unix:///a?', 'unix:///a#', 'tcp://1.2.3.4:5', 'tcp://[::1]:5'])('a Workload API is at %s', address => {
  expect(BUNDLE(`trust_bundle_spiffe_workload_api = "${address}"`)).toEqual([]);
});

test.each([
  '/run/x.sock', 'unix:a', 'unix:', 'unix://', 'unix://u@h/a', 'unix:///a?b', 'unix://?', 'unix:///a#b', 'unix:///%zz', 'tcp://localhost:5', 'tcp://1.2.3.4', 'tcp://01.2.3.4:5', 'tcp://1.2.3.4:5/', 'tcp://[1.2.3.4]:5', 'tcp://u@1.2.3.4:5',
  'http://x',
])('fails when a Workload API is at %s', address => {
  expect(BUNDLE(`trust_bundle_spiffe_workload_api = "${address}"`)).toEqual([`trust_bundle_spiffe_workload_api "${address}" is no unix:// or tcp:// address`]);
});

test.each(['http://x', 'http://x?a=spire-b', 'http://x?Spire-a=1', 'http://x#?spire-a', 'http://x?spire-a%zz'])('a bundle behind a socket is at %s', url => {
  expect(BUNDLE(`trust_bundle_unix_socket = "/run/x" trust_bundle_url = "${url}"`)).toEqual([]);
});

test.each(['http://x?spire-=1', 'http://x?a=1&spiffe-x', 'http://x?%73pire-a=1'])('fails when a bundle behind a socket is at %s', url => {
  expect(BUNDLE(`trust_bundle_unix_socket = "/run/x" trust_bundle_url = "${url}"`)).toEqual(['trust_bundle_url has a parameter that starts with spiffe- or spire-']);
});

test.each([['a.sock', '../b.sock'], ['public/a.sock', 'b.sock'], ['/run/a/x', '/run/ab/x'], ['/x', '/a/b']])('the Workload API at %s and the administration at %s are apart', (socket, admin) => {
  expect(agentRefuses({ agent: `socket_path = "${socket}" admin_socket_path = "${admin}"` })).toEqual([]);
});

test.each([['a.sock', './b.sock', '.'], ['../a.sock', '../x/b.sock', '.'], ['public/a.sock', 'public/sub/b.sock', './public'], ['/run/a/x', '/run/a/../a/y', '/run/a']])(
  'fails when the Workload API is at %s and the administration at %s', (socket, admin, folder) => {
    expect(agentRefuses({ agent: `socket_path = "${socket}" admin_socket_path = "${admin}"` }))
      .toEqual([`admin_socket_path ${admin} is in the folder of the Workload API socket (${folder}), which workloads mount`]);
  });
