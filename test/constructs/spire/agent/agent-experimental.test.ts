import { Duration } from 'cdk8s';
import { AgentExperimental, SpiffeId, Spire } from '../../../../src';
import { synthPlatform } from '../../../support/synth';

const spire = (experimental: AgentExperimental) => synthPlatform((platform) => new Spire(platform, 'spire', { agent: { experimental } }));
const id = SpiffeId.parse('spiffe://example.org/broker');
const broker = (...typeUrls: string[]) => ({ id, allowedReferenceTypes: typeUrls.map((typeUrl) => ({ typeUrl })) });

test('the broker\'s socket is on the node', () => {
  const pod = spire({ broker: { socketPath: '/run/spire/broker/api.sock', brokers: [broker('*')] } }).object('DaemonSet', 'spire-agent').spec.template.spec;
  expect(pod.volumes).toContainEqual({ name: 'broker-socket', hostPath: { path: '/run/spire/broker', type: 'DirectoryOrCreate' } });
});

test.each<[string, AgentExperimental, string]>([
  ['a timeout under 5 seconds', { jwtSvidCacheHitTimeout: Duration.seconds(4) }, 'jwtSvidCacheHitTimeout 4s is not possible: give from 5s to under 30s'],
  ['a timeout of 30 seconds', { jwtSvidCacheHitTimeout: Duration.seconds(30) }, 'jwtSvidCacheHitTimeout 30s is not possible'],
  ['a negative limit', { rateLimit: { fetchX509Svid: -1 } }, 'fetchX509Svid -1 is not possible: give a whole number from 0'],
  ['a broker API nowhere', { broker: { brokers: [broker('*')] } }, 'the broker API has no place to listen: give socketPath or bindAddress'],
  ['nobody who may call', { broker: { bindAddress: ':1', brokers: [] } }, 'brokers of the broker API is empty'],
  ['a broker twice', { broker: { bindAddress: ':1', brokers: [broker('*'), broker('a')] } }, "broker 'spiffe://example.org/broker' is given twice"],
  ['all and more', { broker: { bindAddress: ':1', brokers: [broker('*', 'a')] } }, "has '*' beside other reference types"],
  ['no references', { broker: { bindAddress: ':1', brokers: [broker()] } }, "allowedReferenceTypes of broker 'spiffe://example.org/broker' is empty"],
  ['a socket among the workloads', { broker: { socketPath: '/run/spire/agent-sockets/b.sock', brokers: [broker('*')] } }, 'is in the directory that workloads mount'],
  ['no flags', { featureFlags: [] }, 'featureFlags is empty: give at least one'],
])('fails for %s', (_, experimental, message) => {
  expect(() => spire(experimental)).toThrow(message);
});
