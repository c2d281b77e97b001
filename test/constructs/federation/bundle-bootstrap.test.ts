import { BundleBootstrap } from '../../../src';

const KEY = { name: 'bundle-us', namespace: 'spire-server', key: 'bundle.spiffe' };

test('a bundle comes from a key of a ConfigMap', () => {
  expect(BundleBootstrap.configMap(KEY).source).toEqual(KEY);
});

test.each([
  [{ name: 'Bundle US' }, "name of the ConfigMap with a bundle 'Bundle US' is no Kubernetes name"],
  [{ namespace: 'spire.server' }, "ConfigMap 'bundle-us' with a bundle has namespace 'spire.server', which is no Kubernetes name"],
  [{ key: '../bundle' }, "key '../bundle' is no key of a Secret or ConfigMap"],
])('fails for %j', (change, message) => {
  expect(() => BundleBootstrap.configMap({ ...KEY, ...change })).toThrow(message);
});

test('fails for no bundle, which would be an exchange', () => {
  expect(() => BundleBootstrap.bundle(undefined as any)).toThrow('BundleBootstrap.bundle has no bundle: give a SpiffeBundle');
});
