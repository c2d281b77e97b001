import { Duration } from 'cdk8s';
import { KeyType, ServerExperimental, Spire, SpireServerProps, SpireVersion } from '../../../../src';
import { synthPlatform } from '../../../support/synth';

const spire = (server: SpireServerProps, version = '1.15.3') => synthPlatform((platform) => new Spire(platform, 'spire', { server, version: SpireVersion.of(version) }));

test.each<[string, ServerExperimental, string]>([
  ['tokens that are off', { witKeyType: KeyType.EC_P256 }, 'witKeyType and witIssuer have no use without workload identity tokens: add FeatureFlag.WIT_SVID'],
  ['a cache that is off', { fullCacheReloadInterval: Duration.hours(1) }, 'fullCacheReloadInterval has no use without eventsBasedCache'],
  ['a deprecated key', { additionalConfig: { sql_transaction_timeout: '1m' } }, "additional key 'sql_transaction_timeout' is one that this library writes"],
  ['a time of zero', { eventTimeout: Duration.seconds(0) }, 'eventTimeout is 0s: give a duration greater than zero'],
])('fails for %s', (_, experimental, message) => {
  expect(() => spire({ experimental })).toThrow(message);
});

test.each<[string, SpireServerProps]>([
  ['agentSpiffeIdAsSelector needs SPIRE 1.15.0', { experimental: { agentSpiffeIdAsSelector: true } }],
  ['disableJwtSvids needs SPIRE 1.14.0', { disableJwtSvids: true }],
  ['pruneAttestedNodesBatchSize needs SPIRE 1.15.2', { pruneAttestedNodesBatchSize: 1 }],
  ['proxyProtocolTrustedCidrs needs SPIRE 1.15.0', { proxyProtocolTrustedCidrs: [] }],
  ['maxAttestedNodeInfoStaleness needs SPIRE 1.13.1', { maxAttestedNodeInfoStaleness: Duration.seconds(1) }],
])('fails: %s', (message, server) => {
  expect(() => spire(server, '1.13.0')).toThrow(`${message}, this is 1.13.0`);
});

test.each<[string, SpireServerProps, string]>([
  ['an address that is no range', { proxyProtocolTrustedCidrs: ['10.0.0.0'] }, "proxyProtocolTrustedCidrs has '10.0.0.0', which is no address range: use CIDR notation such as '10.0.0.0/16'"],
  ['a range that is too narrow', { proxyProtocolTrustedCidrs: ['10.0.0.0/33'] }, "proxyProtocolTrustedCidrs has '10.0.0.0/33'"],
  ['an octet that is none', { proxyProtocolTrustedCidrs: ['10.0.0.256/8'] }, "proxyProtocolTrustedCidrs has '10.0.0.256/8'"],
  ['pruning of nothing', { pruneTofuNodes: true }, 'pruneAttestedNodesBatchSize and pruneTofuNodes have no use without pruneAttestedNodesExpiredFor'],
  ['an issuer of nothing', { disableJwtSvids: true, jwtIssuer: 'https://a' }, 'disableJwtSvids leaves jwtIssuer and jwtKeyType without use'],
])('fails for %s', (_, server, message) => {
  expect(() => spire(server)).toThrow(message);
});
