import { Block } from '../../../src/formats/hcl/reader';
import { applyFlags, flagsOf } from '../../../src/model/spire/flags';

test.each([
  [['-trustDomain', 'a.org'], { trust_domain: 'a.org' }],
  [['--trustDomain=a.org', '-serverPort', '9000'], { trust_domain: 'a.org', bind_port: 9000 }],
  [['-insecureBootstrap'], { insecure_bootstrap: true }],
  [['-insecureBootstrap=false'], {}],
  [['-trustBundle=/b.pem', '-socketPath', '/s.sock'], { trust_bundle_path: '/b.pem', socket_path: '/s.sock' }],
  [['run', '-config', '/c', '-expandEnv', '-serverPort', 'x', '-dataDir'], {}],
  [['-serverAddress', '$(SERVER)'], { server_address: '\uE000' }],
])('%j', (args, expected) => {
  const block = new Block({ line: 1, column: 1 });
  applyFlags(block, flagsOf(args), 'bind_port');
  const keys = ['trust_domain', 'bind_port', 'insecure_bootstrap', 'trust_bundle_path', 'socket_path', 'server_address', 'data_dir'];
  expect(Object.fromEntries(keys.filter(key => block.has(key)).map(key => [key, block.value(key)]))).toEqual(expected);
});

test('the port is the one an agent calls', () => {
  const block = new Block({ line: 1, column: 1 });
  applyFlags(block, flagsOf(['-serverPort=1']), 'server_port');
  expect(block.int('server_port')).toBe(1);
});
