import '../support/snapshot-files';
import { exampleOutput } from './example';
import { strictErrors } from '../support/strict-schema';
import { Synthesized } from '../support/synth';

const output: Synthesized = exampleOutput('federation-hub-and-spoke');

test('what differs from cluster to cluster: trust, identities and policies', () => {
  const review = Object.entries(output.files).filter(([file]) => /\/(40-identities|60-policies)\/|FEDERATE\.md$/.test(file));
  expect(Object.fromEntries(review)).toMatchSnapshotFiles('federation-hub-and-spoke');
});

test('every object is what its API takes', () => {
  expect(strictErrors(output.allObjects)).toEqual([]);
});

test('five clusters: the hub trusts four, each spoke the hub alone', () => {
  const trusts = (cluster: string) => (output.objects[`${cluster}/40-identities/federation.k8s.yaml`] ?? []).map((object) => object.spec.trustDomain);
  expect(['hub', 'north', 'east', 'south', 'west'].map(trusts)).toEqual([
    ['north.example.org', 'east.example.org', 'south.example.org', 'west.example.org'],
    ['hub.example.org'], ['hub.example.org'], ['hub.example.org'], ['hub.example.org'],
  ]);
});
