import { NetworkPeer } from '../../../src';

test('pods of a namespace, by labels or all of them', () => {
  expect(NetworkPeer.pods('shop', { app: 'web' })._facts).toEqual({ kind: 'pods', namespace: 'shop', podLabels: { app: 'web' } });
  expect(NetworkPeer.pods('shop')._facts).toEqual({ kind: 'pods', namespace: 'shop', podLabels: {} });
});

test.each(['10.0.0.0/16', '203.0.113.7/32', '0.0.0.0/0', '::/0', '2001:db8::/32'])('%s is a range', (cidr) => {
  expect(NetworkPeer.ipBlock(cidr)._facts).toEqual({ kind: 'ipBlock', cidr });
});

test.each(['10.0.0.1', '10.999.0.0/16', '10.0.0.0/016', '::/129', '10.0.0.0/-1', '::g/64', '10.0.0.0/33', 'example.org', ''])("fails for '%s'", (cidr) => {
  expect(() => NetworkPeer.ipBlock(cidr)).toThrow(`network peer '${cidr}' is no CIDR range`);
});

test('fails for a namespace and for labels that Kubernetes does not take', () => {
  expect(() => NetworkPeer.pods('Shop')).toThrow("network peer has the namespace 'Shop', which is no Kubernetes name");
  expect(() => NetworkPeer.pods('shop', { app: 'we b' })).toThrow("network peer in namespace 'shop' has the value \"we b\" for 'app'");
});
