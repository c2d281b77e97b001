import '../support/snapshot-files';
import { exampleOutput } from './example';
import { strictErrors } from '../support/strict-schema';

const output = exampleOutput('nested-spire');

test('the servers, their entries and the commands', () => {
  const review = Object.entries(output.files).filter(([file]) => /^(root|eu)\/(20-spire-server\/|40-identities\/|artifacts\/VERIFY\.md$)/.test(file));
  expect(Object.fromEntries(review)).toMatchSnapshotFiles('nested-spire');
});

test('every object is what its API takes', () => {
  expect(strictErrors(output.allObjects)).toEqual([]);
});
