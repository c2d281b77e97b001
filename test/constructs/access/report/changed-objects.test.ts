import { ApiObject, JsonPatch, Testing } from 'cdk8s';
import { isChanged } from '../../../../src/constructs/access/report/changed-objects';

const policy = () => new ApiObject(Testing.chart(), 'policy', { apiVersion: 'security.istio.io/v1', kind: 'AuthorizationPolicy', metadata: { name: 'api' }, spec: {} });

test('an object as it was defined is not changed, nor is one whose labels are', () => {
  const object = policy();
  expect(isChanged(object)).toBe(false);
  object.metadata.addLabel('team', 'shop');
  object.addJsonPatch(JsonPatch.add('/metadata/annotations', { note: 'of the shop' }));
  expect(isChanged(object)).toBe(false);
});

test.each([JsonPatch.add('/spec/rules', []), JsonPatch.move('/spec', '/metadata/annotations/spec')])('a patch of what it says is a change', (patch) => {
  const object = policy();
  object.addJsonPatch(patch);
  expect(isChanged(object)).toBe(true);
});

test('with a cdk8s that keeps its patches elsewhere each object is told as it is', () => {
  const { metadata } = policy();
  expect(isChanged({ metadata, toJson: () => ({ metadata: {} }) } as unknown as ApiObject)).toBe(true);
});
