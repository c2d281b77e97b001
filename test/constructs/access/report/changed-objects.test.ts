import { ApiObject, JsonPatch, Testing } from 'cdk8s';
import { isChanged } from '../../../../src/constructs/access/report/changed-objects';

const DRY_RUN = { 'istio.io/dry-run': 'true' };

function changed(change: (object: ApiObject) => void, annotations?: { [key: string]: string }): boolean {
  const object = new ApiObject(Testing.chart(), 'policy', {
    apiVersion: 'security.istio.io/v1', kind: 'AuthorizationPolicy', metadata: { name: 'p', labels: {}, annotations }, spec: { action: 'DENY' },
  });
  change(object);
  return isChanged(object);
}

test.each<[string, (object: ApiObject) => void]>([
  ['another decision', (object) => object.addJsonPatch(JsonPatch.replace('/spec/action', 'ALLOW'))],
  ['another namespace', (object) => object.addJsonPatch(JsonPatch.add('/metadata/namespace', 'other'))],
  ['something taken from the decision', (object) => object.addJsonPatch(JsonPatch.move('/spec/action', '/metadata/labels/action'))],
  ['an annotation that takes it out of force', (object) => object.metadata.addAnnotation('istio.io/dry-run', 'true')],
  ['the same by a patch', (object) => object.addJsonPatch(JsonPatch.add('/metadata/annotations', DRY_RUN))],
])('a policy with %s is changed', (_, change) => {
  expect(changed(change)).toBe(true);
});

test('so is a trial that is put in force', () => {
  expect(changed((object) => object.metadata.addAnnotation('istio.io/dry-run', 'false'), DRY_RUN)).toBe(true);
});

test.each<[string, (object: ApiObject) => void]>([
  ['nothing', () => undefined],
  ['a label', (object) => object.metadata.addLabel('team', 'shop')],
  ['an annotation', (object) => object.metadata.addAnnotation('owner', 'shop')],
  ['both by patches', (object) => object.addJsonPatch(JsonPatch.add('/metadata/labels', { team: 'shop' }), JsonPatch.add('/metadata/annotations', { owner: 'shop' }))],
])('a policy with %s is as it was', (_, change) => {
  expect(changed(change)).toBe(false);
  expect(changed(change, { owner: 'web' })).toBe(false);
});
