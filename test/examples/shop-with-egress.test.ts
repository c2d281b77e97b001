import '../support/snapshot-files';
import { exampleOutput } from './example';
import { strictErrors } from '../support/strict-schema';

const output = exampleOutput('shop-with-egress');

test('the policies of both layers, the way out, and the report', () => {
  const review = Object.entries(output.files).filter(([file]) => /\/(60-policies|70-gateways)\/|ACCESS\.(md|svg)$/.test(file));
  expect(Object.fromEntries(review)).toMatchSnapshotFiles('shop-with-egress');
});

test('every object is what its API takes', () => {
  expect(strictErrors(output.allObjects)).toEqual([]);
});
