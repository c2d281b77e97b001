import '../support/snapshot-files';
import { exampleOutput } from './example';
import { strictErrors } from '../support/strict-schema';

const output = exampleOutput('envoy-and-opa');

test('the bootstraps, the policy and the pods', () => {
  const review = Object.entries(output.files).filter(([file]) => /^edge\/(40-identities|60-policies|80-apps)\//.test(file));
  expect(Object.fromEntries(review)).toMatchSnapshotFiles('envoy-and-opa');
});

test('every object is what its API takes', () => {
  expect(strictErrors(output.allObjects)).toEqual([]);
});
