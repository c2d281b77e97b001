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
  expect(warned('experimental { use_sync_authorized_entries = true }')).toEqual(['warning: experimental.use_sync_authorized_entries is deprecated']);
});

test('fails when the URL of the bundle is none', () => {
  const [message] = agentRefuses({ agent: 'insecure_bootstrap = false trust_bundle_url = "https://a b/bundle"' });
  expect(message).toBe('trust_bundle_url "https://a b/bundle" has a character in its host that may not be there');
});
