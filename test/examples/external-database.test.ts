import '../support/snapshot-files';
import { exampleOutput } from './example';
import { strictErrors } from '../support/strict-schema';

const output = exampleOutput('external-database');

test('the servers, their commands, and who serves the keys of JWT-SVIDs', () => {
  const review = Object.entries(output.files).filter(([file]) => /\/20-spire-server\/|oidc|VERIFY\.md$/.test(file));
  expect(Object.fromEntries(review)).toMatchSnapshotFiles('external-database');
});

test('every object is what its API takes', () => {
  expect(strictErrors(output.allObjects)).toEqual([]);
});

test('no secret stands in a manifest, two are named', () => {
  expect(output.ofKind('Secret')).toEqual([]);
  const pod = output.object('StatefulSet', 'spire-server').spec.template.spec;
  const variables = pod.containers.flatMap((each: any) => each.env ?? []).map((each: any) => each.valueFrom?.secretKeyRef?.name);
  const secrets = [...variables, ...pod.volumes.map((each: any) => each.secret?.secretName)];
  expect([...new Set(secrets.filter((name) => name !== undefined))].sort()).toEqual(['spire-db', 'spire-db-ca']);
});
