import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { configHash } from '../../src/constructs/config-hash';

const KEY = 'cdk8s-spiffe.dev/config-hash';

function hashOf(data: object, patch?: (configMap: ApiObject) => void): string {
  const chart = new Chart(new App(), 'c');
  const configMap = new ApiObject(chart, 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data });
  const pod = new ApiObject(chart, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', annotations: configHash(configMap) } });
  patch?.(configMap);
  return pod.toJson().metadata.annotations[KEY];
}

test('the same data have the same hash, other data another one', () => {
  expect(hashOf({ a: '1' })).toMatch(/^[0-9a-f]{16}$/);
  expect(hashOf({ a: '1' })).toBe(hashOf({ a: '1' }));
  expect(hashOf({ a: '1' })).not.toBe(hashOf({ a: '2' }));
});

test('a patch of the data counts, though it comes later', () => {
  expect(hashOf({ a: '1' }, (configMap) => configMap.addJsonPatch(JsonPatch.replace('/data/a', '2')))).toBe(hashOf({ a: '2' }));
});

test('metadata do not count: pods need not roll for a label', () => {
  expect(hashOf({ a: '1' }, (configMap) => configMap.addJsonPatch(JsonPatch.add('/metadata/labels', { x: 'y' })))).toBe(hashOf({ a: '1' }));
});
