import { readFileSync } from 'node:fs';
import { App, JsonPatch } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { Cluster, Platform, Stage, TrustDomain } from '../../../../src';
import { SpireCrds } from '../../../../src/constructs/spire/crds';
import { describeWithSharedData, sharedData } from '../../../support/shared-data';
import { strictErrors } from '../../../support/strict-schema';

const COMPARED = ['clusterfederatedtrustdomains.spire.spiffe.io', 'clusterspiffeids.spire.spiffe.io', 'clusterstaticentries.spire.spiffe.io'];

function definitions(): any[] {
  const platform = new Platform(new App(), 'prod', { cluster: Cluster.of({ name: 'prod', trustDomain: TrustDomain.of('example.org') }) });
  new SpireCrds(platform, 'crds');
  return platform.chart(Stage.CRDS, 'spire-crds').toJson();
}

/** Every field of a schema as one line, `path: value`; descriptions are each author's own. */
function fields(schema: any, path = ''): string[] {
  if (schema === null || typeof schema !== 'object') {
    return [`${path}: ${JSON.stringify(schema)}`];
  }
  return Object.entries(schema)
    .filter(([key, value]) => !(key === 'description' && typeof value === 'string'))
    .flatMap(([key, value]) => fields(value, `${path}/${key}`)).concat(Object.keys(schema).length === 0 ? [`${path}: {}`] : []);
}

/** The places that name a field without saying what it is for. */
function undescribed(schema: any, path = ''): string[] {
  return Object.entries<any>(schema.properties ?? {}).flatMap(([name, property]) => [
    ...(property.description?.endsWith('.') ? [] : [`${path}/${name}`]),
    ...undescribed(property, `${path}/${name}`),
    ...undescribed(property.items ?? {}, `${path}/${name}[]`),
  ]);
}

test('there are three definitions, each once', () => {
  expect(definitions().map((definition) => definition.metadata.name).sort()).toEqual(COMPARED);
});

test('the API server takes each definition', () => {
  expect(strictErrors(definitions())).toEqual([]);
});

test('GitOps controllers are told to keep them', () => {
  for (const { metadata } of definitions()) {
    expect(metadata.annotations).toEqual({
      'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
      'argocd.argoproj.io/sync-wave': '-10',
      'kustomize.toolkit.fluxcd.io/prune': 'disabled',
    });
  }
});

test('every field but the metadata says what it is for', () => {
  const missing = definitions().flatMap((definition) => undescribed(definition.spec.versions[0].schema.openAPIV3Schema));
  expect([...new Set(missing)]).toEqual(['/metadata']);
});

test('a patch of a definition survives', () => {
  const platform = new Platform(new App(), 'prod', { cluster: Cluster.of({ name: 'prod', trustDomain: TrustDomain.of('example.org') }) });
  const crds = new SpireCrds(platform, 'crds');
  crds.clusterStaticEntry.addJsonPatch(JsonPatch.add('/spec/names/shortNames', ['cse']));
  expect(crds.clusterStaticEntry.toJson().spec.names.shortNames).toEqual(['cse']);
});

describeWithSharedData('spire-controller-manager', () => {
  const published = () => parseAllDocuments(readFileSync(sharedData('crds', 'spire-controller-manager.yaml'), 'utf8'))
    .map((document) => document.toJS()).filter(Boolean);

  test.each(COMPARED)('%s is field by field the published one', (name) => {
    const ours = definitions().find((definition) => definition.metadata.name === name);
    const theirs = published().find((definition) => definition.metadata.name === name);
    expect(fields(theirs.spec).length).toBeGreaterThan(30);
    expect(fields(ours.spec).sort()).toEqual(fields(theirs.spec).sort());
  });
});
