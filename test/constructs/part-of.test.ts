import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { partOf } from '../../src/constructs/part-of';

const SNAPSHOTS = join(__dirname, '..', '__snapshots__');

test.each([
  ['spire-server', 'spire'], ['spire-system', 'spire'], ['spire-oidc', 'spire'],
  ['istio-system', 'istio'], ['istio-cni', 'istio'], ['istio-ingress', 'istio'], ['istio-egress', 'istio'], ['istio-eastwest', 'istio'],
])('what is in %s is part of %s', (namespace, expected) => {
  expect(partOf(namespace)).toBe(expected);
});

test.each(['shop', 'monitoring', 'istio-shop', 'spire', 'constructor'])('what is in %s is part of the application of that name', (namespace) => {
  expect(partOf(namespace)).toBe(namespace);
});

test('all objects of a namespace are part of the same, in every example', () => {
  const files = (readdirSync(SNAPSHOTS, { recursive: true }) as string[]).filter((path) => path.endsWith('.k8s.yaml'));
  const objects = files.flatMap((path) => parseAllDocuments(readFileSync(join(SNAPSHOTS, path), 'utf8')).map((document) => document.toJS()));
  const told = objects.map(({ kind, metadata }) => [metadata.namespace ?? (kind === 'Namespace' ? metadata.name : 'spire'), metadata.labels?.['app.kubernetes.io/part-of']])
    .filter(([, label]) => label !== undefined);
  expect(told.length).toBeGreaterThan(200);
  expect(told.filter(([owner, label]) => label !== partOf(owner))).toEqual([]);
});
