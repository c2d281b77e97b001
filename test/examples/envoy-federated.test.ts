import '../support/snapshot-files';
import { exampleOutput } from './example';
import { strictErrors } from '../support/strict-schema';

const output = exampleOutput('envoy-federated');

test('identities and bootstraps on both sides', () => {
  const review = Object.entries(output.files).filter(([file]) => /^(eu|us)\/(40-identities|60-policies)\//.test(file));
  expect(Object.fromEntries(review)).toMatchSnapshotFiles('envoy-federated');
});

test('every object is what its API takes', () => {
  expect(strictErrors(output.allObjects)).toEqual([]);
});
