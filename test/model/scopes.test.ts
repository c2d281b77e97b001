import { Manifest } from '../../src/model/manifest';
import { readManifests } from '../../src/model/reader';
import { systemsOf } from '../../src/model/scopes';

const secret = (file: string, name: string): Manifest[] => readManifests(file, `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}}\n`).manifests;

const server = (file: string, trustDomain: string): Manifest[] => readManifests(file, `apiVersion: v1
kind: ConfigMap
metadata: {name: spire-server, namespace: spire-system}
data:
  server.conf: |
    server { trust_domain = "${trustDomain}" }
    plugins {}
`).manifests;

const filesOf = (...manifests: Manifest[]): string[][] => systemsOf(manifests, []).map(system => system.manifests.map(({ file }) => file));

/** The folders of the clusters that each cluster knows. */
const known = (...manifests: Manifest[]): string[][] =>
  systemsOf(manifests, []).map(({ clusters }) => clusters.map(cluster => cluster.manifests[0].file.replace(/\/[^/]*$/, '')));

test('clusters are the folders in which files of one object differ', () => {
  expect(filesOf(...secret('x/east/a.yaml', 'a'), ...secret('x/west/b/a.yaml', 'a'), ...secret('x/shared.yaml', 's')))
    .toEqual([['x/shared.yaml', 'x/east/a.yaml'], ['x/shared.yaml', 'x/west/b/a.yaml']]);
});

test('all is one cluster where no object is there twice', () => {
  expect(filesOf(...secret('east/a.yaml', 'a'), ...secret('west/b.yaml', 'b'))).toHaveLength(1);
});

test('a folder of platforms has the clusters of each', () => {
  expect(filesOf(...secret('shop/a.yaml', 'a'), ...secret('bank/east/a.yaml', 'a'), ...secret('bank/west/a.yaml', 'a'), ...secret('bank/b.yaml', 'b'), ...secret('c.yaml', 'c')))
    .toEqual([['c.yaml', 'shop/a.yaml'], ['c.yaml', 'bank/b.yaml', 'bank/east/a.yaml'], ['c.yaml', 'bank/b.yaml', 'bank/west/a.yaml']]);
});

describe('clusters know', () => {
  test('all others of one platform', () => {
    expect(known(...server('east/a.yaml', 'one'), ...server('west/a.yaml', 'one'))).toEqual([['east', 'west'], ['east', 'west']]);
  });

  test('those of other regions', () => {
    expect(known(...server('eu/a/a.yaml', 'a'), ...server('eu/b/a.yaml', 'b'), ...server('us/a.yaml', 'c'))).toEqual(Array(3).fill(['eu/a', 'eu/b', 'us']));
  });

  test('those of their platform only, where another has their trust domain', () => {
    expect(known(...server('bank/a/a.yaml', 'a'), ...server('bank/b/a.yaml', 'b'), ...server('shop/a.yaml', 'a')))
      .toEqual([['bank/a', 'bank/b'], ['bank/a', 'bank/b'], ['shop']]);
  });
});
