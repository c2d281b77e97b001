import '../support/snapshot-files';
import { exampleOutput } from './example';
import { strictErrors } from '../support/strict-schema';

const output = exampleOutput('federation-partner');

test('our side of the trust, and the page for the other one', () => {
  const review = Object.entries(output.files).filter(([file]) => /\/(40-identities|60-policies)\/|FEDERATE\.md$/.test(file));
  expect(Object.fromEntries(review)).toMatchSnapshotFiles('federation-partner');
});

test('every object is what its API takes', () => {
  expect(strictErrors(output.allObjects)).toEqual([]);
});

test('only the two ends of the two calls federate', () => {
  expect(output.ofKind('ClusterSPIFFEID').filter((one) => one.spec.federatesWith).map((one) => [one.metadata.name, one.spec.federatesWith])).toEqual([
    ['istio-federated-shop-orders', ['acme.example']],
    ['istio-federated-shop-checkout', ['acme.example']],
  ]);
});
