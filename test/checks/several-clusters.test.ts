import { findingsOf, found } from './cases';

const SERVER = (trustDomain: string): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: spire-server, namespace: spire}
data:
  server.conf: |
    server {
      trust_domain = "${trustDomain}"
      data_dir = "/data"
    }
    plugins {
      DataStore "sql" { plugin_data { database_type = "sqlite3" connection_string = "/data/db" } }
      KeyManager "disk" { plugin_data { keys_path = "/data/keys.json" } }
    }
`;

const ID = (name: string, trustDomain: string): string => `apiVersion: spire.spiffe.io/v1alpha1
kind: ClusterSPIFFEID
metadata: {name: ${name}}
spec: {spiffeIDTemplate: "spiffe://${trustDomain}/ns/a/sa/${name}"}
`;

const TEMPLATE = 'SPIRE-ID-TEMPLATE';

test('what is in no folder of a cluster may be for one of them', () => {
  const clusters = { 'demo/one/spire.yaml': SERVER('one.org'), 'demo/two/spire.yaml': SERVER('two.org') };
  expect(found(TEMPLATE, { ...clusters, 'demo/web.yaml': ID('web', 'one.org'), 'demo/api.yaml': ID('api', 'two.org') })).toEqual([]);
});

test('fails where it is for none of them, and is told once', () => {
  const clusters = { 'demo/one/spire.yaml': SERVER('one.org'), 'demo/two/spire.yaml': SERVER('two.org') };
  expect(findingsOf(TEMPLATE, { ...clusters, 'demo/web.yaml': ID('web', 'other.org') })).toEqual([
    expect.objectContaining({ file: 'demo/web.yaml', message: 'the ID is in the trust domain "other.org", the server has "one.org"' }),
    expect.objectContaining({ file: 'demo/web.yaml', message: 'the ID is in the trust domain "other.org", the server has "two.org"' }),
  ]);
});

test('folders of one name in different places are one cluster', () => {
  const files = (web: string): Record<string, string> => ({
    'clusters/prod/spire.yaml': SERVER('prod.org'),
    'clusters/test/spire.yaml': SERVER('test.org'),
    'apps/prod/web.yaml': ID('web', web),
    'apps/test/web.yaml': ID('web', 'test.org'),
  });
  expect(found(TEMPLATE, files('prod.org'))).toEqual([]);
  expect(found(TEMPLATE, files('test.org'))).toHaveLength(1);
});

test('folders beside those of clusters belong to each', () => {
  const files = { 'clusters/prod/spire.yaml': SERVER('one.org'), 'clusters/test/spire.yaml': SERVER('one.org'), 'identities/web.yaml': ID('web', 'two.org') };
  expect(found(TEMPLATE, files)).toHaveLength(1);
});

test('clusters may have clusters below', () => {
  const files = {
    'a/one/spire.yaml': SERVER('a-one.org'),
    'a/one/web.yaml': ID('web', 'a-one.org'),
    'a/two/spire.yaml': SERVER('a-two.org'),
    'a/two/web.yaml': ID('web', 'a-two.org'),
    'b/spire.yaml': SERVER('b.org'),
    'b/web.yaml': ID('web', 'b.org'),
  };
  expect(found(TEMPLATE, files)).toEqual([]);
  expect(found(TEMPLATE, { ...files, 'a/two/web.yaml': ID('web', 'a-one.org') })).toHaveLength(1);
});
