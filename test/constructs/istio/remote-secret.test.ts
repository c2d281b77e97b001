import { Cluster, RemoteSecret, RemoteSecretStore } from '../../../src';
import { Synthesized } from '../../support/synth';
import { TestCluster } from '../federation/fixture';

const synth = (store?: RemoteSecretStore) => Synthesized.of((app) => {
  const [eu, us] = ['eu', 'us'].map((name) => new TestCluster(app, name));
  new RemoteSecret(eu.platform, 'remote', { mesh: eu.mesh, remoteMesh: us.mesh, store });
});

test('credentials are never in a manifest: a command makes the Secret', () => {
  const output = synth();
  expect(output.ofKind('Secret')).toEqual([]);
  expect(output.files['eu/artifacts/VERIFY.md']).toContain('istioctl create-remote-secret --context us --name us | kubectl --context eu apply -f -');
});

test('or an ExternalSecret refers to them, with the label by which istiod takes them', () => {
  const output = synth({ name: 'vault', key: 'istio/us' });
  expect(output.object('ExternalSecret', 'istio-remote-secret-us')).toMatchObject({
    apiVersion: 'external-secrets.io/v1',
    metadata: { namespace: 'istio-system' },
    spec: {
      refreshInterval: '1h',
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
      target: {
        name: 'istio-remote-secret-us',
        template: { metadata: { labels: { 'istio/multiCluster': 'true' }, annotations: { 'networking.istio.io/cluster': 'us' } } },
      },
      data: [{ secretKey: 'us', remoteRef: { key: 'istio/us' } }],
    },
  });
  expect(output.files['eu/artifacts/VERIFY.md']).not.toContain('create-remote-secret');
});

test('fails for a cluster with itself', () => {
  expect(() => Synthesized.of((app) => {
    const { platform, mesh } = new TestCluster(app, 'eu');
    new RemoteSecret(platform, 'remote', { mesh, remoteMesh: mesh });
  })).toThrow("cluster 'eu' needs no credentials for itself");
});

test('fails in the platform of another cluster, and for clusters of different cluster domains', () => {
  expect(() => Synthesized.of((app) => {
    const [eu, us] = ['eu', 'us'].map((name) => new TestCluster(app, name));
    new RemoteSecret(us.platform, 'remote', { mesh: eu.mesh, remoteMesh: us.mesh });
  })).toThrow("credentials for cluster 'us' are for the mesh of cluster 'eu', and are defined in 'us': define them in the Platform of 'eu'");
  expect(() => Synthesized.of((app) => {
    const [eu, us] = ['eu', 'us'].map((name) => new TestCluster(app, name));
    const remoteMesh = { ...us.mesh, isMember: us.mesh.isMember, cluster: Cluster.of({ name: 'us', trustDomain: us.platform.cluster.trustDomain, clusterDomain: 'us.local' }) };
    new RemoteSecret(eu.platform, 'remote', { mesh: eu.mesh, remoteMesh: remoteMesh as any });
  })).toThrow("cluster 'us' has cluster domain 'us.local', 'eu' has 'cluster.local'");
});
