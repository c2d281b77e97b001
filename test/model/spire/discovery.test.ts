import { configKind, readProgram } from '../../../src/model/spire/discovery';
import { Text } from '../../../src/model/text';

test.each([
  ['server', 'server { trust_domain = "example.org" }'],
  ['server', 'SERVER {\n  trust_domain = "example.org"\n}'],
  ['server', '{"plugins": {"DataStore": {}}, "server": {"trust_domain": "example.org"}}'],
  ['agent', '{"plugins": {"KeyManager": {}}, "agent": [{"trust_domain": "example.org"}]}'],
  ['server', 'server = 5\nplugins { KeyManager "memory" {} }'],
  ['agent', '{"agent": true, "plugins": {"KeyManager": {}}}'],
  ['server', 'server {\n  trust_domain = \'broken\'\n'],
  ['oidc', 'domains = ["oidc.example.org"]\nlisten_socket_path = "/run/x"'],
  [undefined, 'server {\n  listen 80;\n  # trust_domain\n}'],
  [undefined, 'plugins { KeyManager "memory" {} }'],
  [undefined, 'server { spire_socket_path = "/x" trust_domain = "example.org" }'],
])('a configuration is known by its sections: %s', (kind, text) => {
  expect(configKind(text)).toBe(kind);
});

test('a file that tells nothing but SPIRE\'s words is known by its name', () => {
  const text = 'trust_domain: example.org\n';
  expect(configKind(text, 'conf/server.conf')).toBe('server');
  expect(configKind(text, 'spire-agent.hcl')).toBe('agent');
  expect(configKind(text, 'values.conf')).toBeUndefined();
  expect(configKind('listen: 80\n', 'server.conf')).toBeUndefined();
  expect(configKind('insecure_addr = ":8080"\n', 'conf/oidc-discovery-provider.conf')).toBe('oidc');
  expect(configKind('a = 1\n', 'oidc-discovery-provider.conf')).toBeUndefined();
});

describe('a configuration that nobody is seen to run', () => {
  const refusals = (domain: string): string[] => readProgram('server', new Text('server.conf',
    `server { trust_domain = "${domain}" data_dir = "/run" }\nplugins { DataStore "sql" { plugin_data { database_type = "sqlite3" connection_string = "/db" } } KeyManager "memory" {} }`), [], () => undefined)
    .problems.list.filter(({ severity }) => severity === 'refused').map(({ message }) => message);

  test('may have variables', () => expect(refusals('${TRUST_DOMAIN}')).toEqual([]));

  test('fails where it has what no variable is called, with -expandEnv and without', () => {
    expect(refusals('${TRUST_DOMAIN:-example.org}')).toEqual(['trust_domain must be configured']);
  });
});
