import { agentRefuses } from './configs';

const BROKER = (address: string): string => `experimental { broker { bind_address = "${address}" brokers = [{ id = "spiffe://example.org/b" allowed_reference_types = [{ type_url = "*" }] }] } }`;

test.each(['127.0.0.1:9000', '127.0.0.1:http', '127.0.0.1:', '[::1]:9000'])('a broker listens on %s', address => {
  expect(agentRefuses({ agent: BROKER(address) })).toEqual([]);
});

test.each(['127.0.0.1', '256.1.1.1:80', '127.0.0.1:70000', 'a b:80'])('fails when a broker is to listen on %s', address => {
  expect(agentRefuses({ agent: BROKER(address) })).toEqual([`experimental.broker.bind_address "${address}" is no host:port`]);
});

test('fails when the URL of the bundle is none', () => {
  const [message] = agentRefuses({ agent: 'insecure_bootstrap = false trust_bundle_url = "https://a b/bundle"' });
  expect(message).toBe('trust_bundle_url "https://a b/bundle" has a character in its host that may not be there');
});
