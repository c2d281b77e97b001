import { NetworkPeer } from '../../../src';
import { networkRulesJson } from '../../../src/constructs/network/network-policy-rule';

const web = NetworkPeer.pods('shop', { app: 'web' });

test('rules for the same peers are joined, each port once', () => {
  expect(networkRulesJson('from', [
    { peers: [web], ports: [{ port: 1 }] }, { peers: undefined, ports: [{ port: 2 }] }, { peers: [web], ports: [{ port: 1 }, { port: 1, protocol: 'UDP' }] },
  ])).toEqual([
    {
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } }, podSelector: { matchLabels: { app: 'web' } } }],
      ports: [{ protocol: 'TCP', port: 1 }, { protocol: 'UDP', port: 1 }],
    },
    { ports: [{ protocol: 'TCP', port: 2 }] },
  ]);
});

test('fails for empty lists, which Kubernetes reads as no limit', () => {
  expect(() => networkRulesJson('to', [{ peers: [], ports: [{ port: 1 }] }])).toThrow('a network rule has an empty list of peers, which Kubernetes reads as no limit');
  expect(() => networkRulesJson('to', [{ peers: [web], ports: [] }])).toThrow('a network rule has an empty list of ports');
});
