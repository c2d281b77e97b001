import { parse } from 'yaml';
import { ClusterOptions, endpoint, TestCluster } from './fixture';
import {
  AccessPolicy, BundleBootstrap, BundleEndpoint, BundleEndpointCertificate,
  Federation, FederationTopology, GitOpsApp, IstioVersion, RemoteSecret, SecretRef, SpiffeBundle,
} from '../../../src';
import { strictErrors } from '../../support/strict-schema';
import { Synthesized } from '../../support/synth';
import { BUNDLE } from '../spire/federation/bundle';

type Clusters = { [name: string]: TestCluster };

function synth(names: string[], define: (app: GitOpsApp, clusters: Clusters) => void, options: { [name: string]: ClusterOptions } = {}): Synthesized {
  return Synthesized.of((app) => define(app, Object.fromEntries(names.map((name) => [name, new TestCluster(app, name, options[name])]))));
}

const members = (clusters: Clusters) => Object.values(clusters).map(({ spire, mesh }) => ({ spire, mesh }));
const both = (options: { [name: string]: ClusterOptions } = {}) =>
  synth(['eu', 'us'], (app, clusters) => { new Federation(app, 'federation', { members: members(clusters) }); }, options);

/** What a cluster trusts, in each of the three places that have to agree. */
function trust(output: Synthesized, cluster: string) {
  const objects = (kind: string) => Object.entries(output.objects).filter(([path]) => path.startsWith(`${cluster}/`)).flatMap(([, all]) => all)
    .filter((object) => object.kind === kind);
  const { meshConfig } = parse(output.files[`${cluster}/artifacts/istiod-values.yaml`]);
  const agentConf = objects('ConfigMap').find((one) => one.metadata.name === 'spire-agent').data['agent.conf'];
  return {
    relations: objects('ClusterFederatedTrustDomain').map((one) => one.spec.trustDomain).sort(),
    accepted: (meshConfig.caCertificates ?? []).flatMap((one: any) => one.trustDomains).sort(),
    sds: /default_all_bundles_name = "(.*)"/.exec(agentConf)?.[1],
  };
}

test('a full mesh: what has to agree is written on each side from one object', () => {
  const output = synth(['a', 'b', 'c'], (app, clusters) => { new Federation(app, 'federation', { members: members(clusters) }); });
  expect(trust(output, 'a')).toEqual({ relations: ['b.example.org', 'c.example.org'], accepted: ['b.example.org', 'c.example.org'], sds: 'ROOTCA' });
  expect(trust(output, 'b')).toEqual({ relations: ['a.example.org', 'c.example.org'], accepted: ['a.example.org', 'c.example.org'], sds: 'ROOTCA' });
  expect(trust(output, 'c')).toEqual({ relations: ['a.example.org', 'b.example.org'], accepted: ['a.example.org', 'b.example.org'], sds: 'ROOTCA' });
  expect(strictErrors(output.allObjects)).toEqual([]);
});

test('hub and spoke: spokes do not trust each other', () => {
  const output = synth(['hub', 'east', 'west'], (app, clusters) => {
    new Federation(app, 'federation', { members: members(clusters), topology: FederationTopology.hubAndSpoke(clusters.hub.spire) });
  });
  expect(trust(output, 'hub').relations).toEqual(['east.example.org', 'west.example.org']);
  expect(trust(output, 'east')).toEqual({ relations: ['hub.example.org'], accepted: ['hub.example.org'], sds: 'ROOTCA' });
  expect(trust(output, 'west')).toEqual({ relations: ['hub.example.org'], accepted: ['hub.example.org'], sds: 'ROOTCA' });
});

test('one way: the trusted side knows nothing of it, and the trusting side needs no endpoint', () => {
  const output = synth(['eu', 'us'], (app, clusters) => {
    const topology = FederationTopology.oneWay({ trusting: [clusters.us.spire], trusted: [clusters.eu.spire] });
    new Federation(app, 'federation', { members: members(clusters), topology });
  }, { us: { spire: {} } });
  expect(trust(output, 'us')).toEqual({ relations: ['eu.example.org'], accepted: ['eu.example.org'], sds: 'ROOTCA' });
  expect(trust(output, 'eu')).toEqual({ relations: [], accepted: [], sds: undefined });
});

test('one way: a workload that verifies the others gets their bundle, and nobody of the trusted side does', () => {
  const output = synth(['eu', 'us'], (app, clusters) => {
    const { eu, us } = clusters;
    const topology = FederationTopology.oneWay({ trusting: [us.spire], trusted: [eu.spire] });
    new Federation(app, 'federation', { members: members(clusters), topology });
    us.mesh.federate(us.web, eu.platform.cluster.trustDomain);
  }, { us: { spire: {} } });
  expect(output.ofKind('ClusterSPIFFEID').filter((one) => one.spec.federatesWith).map((one) => one.spec.federatesWith)).toEqual([['eu.example.org']]);
  expect(output.files['eu/artifacts/FEDERATE.md']).toContain('Trusted by us (us.example.org)');
  expect(output.files['eu/artifacts/FEDERATE.md']).toContain('Trusts nobody.');
  expect(output.files['us/artifacts/FEDERATE.md']).toContain('Trusted by nobody.');
  expect(output.files['us/artifacts/VERIFY.md']).toContain('bundle set -id spiffe://eu.example.org');
  expect(output.files['eu/artifacts/VERIFY.md']).not.toContain('bundle set');
});

test('fails for a call over a border that trust crosses one way only', () => {
  expect(() => synth(['eu', 'us'], (app, clusters) => {
    const { eu, us } = clusters;
    const topology = FederationTopology.oneWay({ trusting: [us.spire], trusted: [eu.spire] });
    new Federation(app, 'federation', { members: members(clusters), topology });
    new AccessPolicy(us.platform, 'access', { mesh: us.mesh, federatedMeshes: [eu.mesh] }).allow({ source: eu.web, destination: us.web, port: 8080 });
  }, { us: { spire: {} } })).toThrow("workload 'shop/web' federates with 'us.example.org', which the mesh of cluster 'eu' does not accept: "
    + 'add both clusters to a Federation that goes both ways');
});

test('endpoint and its SPIFFE ID come from the other cluster', () => {
  expect(both().object('ClusterFederatedTrustDomain', 'eu.example.org').spec).toEqual({
    className: 'spire',
    trustDomain: 'eu.example.org',
    bundleEndpointURL: 'https://spire-bundle.eu.example.org',
    bundleEndpointProfile: { type: 'https_spiffe', endpointSPIFFEID: 'spiffe://eu.example.org/spire/server' },
  });
});

test('no identity federates before somebody calls over the border: SPIRE would issue none while a bundle lacks', () => {
  expect(both().ofKind('ClusterSPIFFEID').filter((one) => one.spec.federatesWith)).toEqual([]);
});

test('the foreign trust domain is no alias: aliases make identities equal', () => {
  const { meshConfig } = parse(both().files['eu/artifacts/istiod-values.yaml']);
  expect(meshConfig.trustDomainAliases).toBeUndefined();
  expect(meshConfig.caCertificates).toEqual([{ trustDomains: ['us.example.org'] }]);
});

test('own CA certificates of the mesh stay', () => {
  const own = { pem: 'x', trustDomains: ['third.org'] };
  const output = both({ eu: { mesh: { additionalMeshConfig: { caCertificates: [own] } } } });
  expect(parse(output.files['eu/artifacts/istiod-values.yaml']).meshConfig.caCertificates).toEqual([own, { trustDomains: ['us.example.org'] }]);
});

test('two phases: the first bundle goes over by a command before the identities, and is checked after them', () => {
  const verify = both().files['eu/artifacts/VERIFY.md'];
  const at = (text: string) => verify.indexOf(text);
  expect(verify).toContain(`kubectl --context us -n spire-server exec -i spire-server-0 -c spire-server -- /opt/spire/bin/spire-server bundle show -format spiffe -socketPath /run/spire/server/private/api.sock \\
  | kubectl --context eu -n spire-server exec -i spire-server-0 -c spire-server -- /opt/spire/bin/spire-server bundle set -id spiffe://us.example.org -format spiffe -socketPath /run/spire/server/private/api.sock`);
  expect([at('## 40-identities'), at('bundle set -id'), at('kubectl apply --server-side -f 40-identities/'), at('federation refresh -id'), at('## 50-mesh')])
    .toEqual([at('## 40-identities'), at('bundle set -id'), at('kubectl apply --server-side -f 40-identities/'), at('federation refresh -id'), at('## 50-mesh')]
      .sort((a, b) => a - b));
});

test('FEDERATE.md says how trust ends: what is gone from the manifests, relation, bundle with its entries, open connections, in this order', () => {
  const page = both().files['eu/artifacts/FEDERATE.md'];
  const revoke = page.slice(page.indexOf('## REVOKE trust in us.example.org'));
  expect(revoke.match(/(git diff --diff-filter=D --name-only|delete clusterfederatedtrustdomain us\.example\.org|bundle delete -id spiffe:\/\/us\.example\.org -mode dissociate|bundle list -id|delete pod)/g))
    .toEqual([
      'git diff --diff-filter=D --name-only', 'delete clusterfederatedtrustdomain us.example.org', 'bundle delete -id spiffe://us.example.org -mode dissociate',
      'bundle list -id', 'delete pod',
    ]);
});

const bootstrapped = (bootstrap: BundleBootstrap) => synth(['eu', 'us'], (app, { eu, us }) => {
  new Federation(app, 'federation', { members: [{ spire: eu.spire, bootstrap }, { spire: us.spire }] });
});

test('a bundle that is known goes into the manifest, and no command is needed', () => {
  const output = bootstrapped(BundleBootstrap.bundle(SpiffeBundle.json(BUNDLE)));
  expect(output.object('ClusterFederatedTrustDomain', 'eu.example.org').spec.trustDomainBundle).toBe(BUNDLE);
  expect(output.files['us/artifacts/VERIFY.md']).not.toContain('bundle set');
  expect(output.files['us/artifacts/FEDERATE.md']).toContain('The first bundle needs no command.');
});

test('a bundle in a ConfigMap is taken from the trusting cluster', () => {
  const output = bootstrapped(BundleBootstrap.configMap({ name: 'eu-bundle', namespace: 'spire-server', key: 'bundle.spiffe' }));
  expect(output.files['us/artifacts/VERIFY.md']).toContain(
    "kubectl --context us -n spire-server get configmap eu-bundle -o jsonpath='{.data.bundle\\.spiffe}' \\\n  | kubectl --context us");
});

test('https_web needs no first bundle', () => {
  const certificate = BundleEndpointCertificate.secret(SecretRef.of('tls'));
  const web = BundleEndpoint.httpsWeb({ host: 'spire-bundle.eu.example.org', certificate });
  const output = both({ eu: { spire: { server: { bundleEndpoint: web } } } });
  expect(output.object('ClusterFederatedTrustDomain', 'eu.example.org').spec.bundleEndpointProfile).toEqual({ type: 'https_web' });
  expect(output.files['us/artifacts/VERIFY.md']).not.toContain('bundle set');
});

test('two runs write the same bytes', () => {
  expect(both().files).toEqual(both().files);
});

test.each<[string, { [name: string]: ClusterOptions }, string]>([
  ['one trust domain with two roots', { us: { trustDomain: 'eu.example.org' } },
    "clusters 'eu' and 'us' have one trust domain 'eu.example.org' but roots of their own: give each a trust domain, or share one root with a nested SPIRE server"],
  ['a trusted cluster without endpoint', { us: { spire: {} } },
    "cluster 'eu' is to trust 'us', whose SPIRE has no bundle endpoint: give its server a bundleEndpoint"],
  ['one endpoint for two', { us: { spire: { server: { bundleEndpoint: endpoint('eu') } } } },
    "bundle endpoint 'https://spire-bundle.eu.example.org' of cluster 'us' is that of another cluster: give each a host of its own"],
  ['Istio before 1.29.2', { us: { mesh: { version: IstioVersion.of('1.29.1') } } },
    "mesh of cluster 'us' has Istio 1.29.1, which expects the own trust domain of workloads in other clusters: use 1.29.2 or newer"],
  ['the foreign trust domain as alias', { us: { mesh: { additionalMeshConfig: { trustDomainAliases: ['eu.example.org'] } } } },
    "mesh of cluster 'us' has 'eu.example.org' in trustDomainAliases, which makes its identities equal to the own ones: remove it there"],
  ['cluster.local', { us: { trustDomain: 'cluster.local' } }, "would federate with trust domain 'cluster.local', which Istio takes for its own in every policy"],
])('fails for %s', (_, options, message) => {
  expect(() => both(options)).toThrow(message);
});

test('fails for a federation with itself, or with nobody', () => {
  const define = (use: (app: GitOpsApp, clusters: Clusters) => void) => () => synth(['eu', 'us'], use);
  expect(define((app, { eu }) => new Federation(app, 'f', { members: [{ spire: eu.spire }, { spire: eu.spire }] })))
    .toThrow("cluster 'eu' is in the federation twice, it would federate with itself: name each cluster once");
  expect(define((app, { eu }) => new Federation(app, 'f', { members: [{ spire: eu.spire }] })))
    .toThrow("a federation of 'eu' federates with nobody: name two clusters or more");
});

test('fails for two clusters of one name', () => {
  expect(() => Synthesized.of((app) => {
    const other = { trustDomain: 'us.example.org', spire: { server: { bundleEndpoint: endpoint('us') } } };
    // in one app the second is refused by itself
    const clusters = [new TestCluster(app, 'eu'), new TestCluster(new GitOpsApp(), 'eu', other)];
    new Federation(app, 'f', { members: clusters.map(({ spire }) => ({ spire })) });
  })).toThrow("two clusters of the federation are called 'eu': rename one");
});

test('fails for the mesh of another cluster', () => {
  expect(() => synth(['eu', 'us'], (app, { eu, us }) => {
    new Federation(app, 'f', { members: [{ spire: eu.spire, mesh: us.mesh }, { spire: us.spire }] });
  })).toThrow("the mesh in the federation's member 'eu' has its identities from SPIRE of cluster 'us'");
});

test('fails for a topology with a stranger, or without trust', () => {
  const withTopology = (topology: (clusters: Clusters) => FederationTopology) => () => synth(['eu', 'us', 'asia'], (app, clusters) => {
    const { eu, us } = clusters;
    new Federation(app, 'f', { members: [{ spire: eu.spire }, { spire: us.spire }], topology: topology(clusters) });
  });
  expect(withTopology(({ asia }) => FederationTopology.hubAndSpoke(asia.spire))).toThrow("the topology names cluster 'asia', which is no member of the federation");
  expect(withTopology(({ eu }) => FederationTopology.oneWay({ trusting: [eu.spire], trusted: [] }))).toThrow('in the federation nobody trusts anybody');
});

test('fails for SPIRE that is in no platform', () => {
  expect(() => synth(['eu', 'us'], (app, { eu, us }) => {
    const { cluster, socket, className, caTtl, serverNamespace, agentNamespace } = eu.spire;
    const stranger = { cluster, socket, className, caTtl, serverNamespace, agentNamespace, bundleEndpoint: endpoint('eu') };
    new Federation(app, 'f', { members: [{ spire: stranger }, { spire: us.spire }] });
  })).toThrow("SPIRE of cluster 'eu' is no construct: define or import it in the Platform of its cluster");
});

test('fails for a cluster in two federations: it has one page, and one relation with each trust domain', () => {
  expect(() => synth(['eu', 'us', 'asia'], (app, { eu, us, asia }) => {
    new Federation(app, 'west', { members: members({ eu, us }) });
    new Federation(app, 'east', { members: members({ eu, asia }) });
  })).toThrow("cluster 'eu' is in two Federations: make one of them, with all members and a topology");
});

test('fails for a first bundle that nobody needs', () => {
  const web = BundleEndpoint.httpsWeb({ host: 'spire-bundle.eu.example.org', certificate: BundleEndpointCertificate.secret(SecretRef.of('tls')) });
  expect(() => synth(['eu', 'us'], (app, { eu, us }) => {
    new Federation(app, 'f', { members: [{ spire: eu.spire, bootstrap: BundleBootstrap.exchange() }, { spire: us.spire }] });
  }, { eu: { spire: { server: { bundleEndpoint: web } } } })).toThrow("cluster 'eu' has a bootstrap for a https_web endpoint");
});

test('fails for a topology that is none', () => {
  expect(() => synth(['eu', 'us'], (app, clusters) => { new Federation(app, 'f', { members: members(clusters), topology: 'full mesh' as any }); }))
    .toThrow("topology of Federation 'f' is 'full mesh': give a FederationTopology");
});

test('an endpoint at an address asks for no DNS name', () => {
  const output = both({ eu: { spire: { server: { bundleEndpoint: BundleEndpoint.httpsSpiffe({ host: '203.0.113.7' }) } } } });
  const [service] = Object.entries(output.objects).filter(([path]) => path.startsWith('eu/')).flatMap(([, all]) => all)
    .filter(({ kind, metadata }) => kind === 'Service' && metadata.name === 'spire-server-bundle-endpoint');
  expect(Object.keys(service.metadata.annotations).filter((key) => key.startsWith('external-dns'))).toEqual([]);
});

test.each<[string, { name: string; key: string } | undefined, string]>([
  ['the Secret of a command', undefined, 'kubectl --context eu -n istio-system delete secret istio-reader-service-account-istio-remote-secret-token'],
  ['credentials in a store', { name: 'vault', key: 'istio/eu' }, 'Take the credentials with which us reads this cluster out of the secret store (key `istio/eu`), and end them.'],
])('FEDERATE.md ends discovery both ways, by %s', (_, store, expected) => {
  const page = synth(['eu', 'us'], (app, clusters) => {
    const { eu, us } = clusters;
    new Federation(app, 'federation', { members: members(clusters) });
    new RemoteSecret(eu.platform, 'remote', { mesh: eu.mesh, remoteMesh: us.mesh });
    new RemoteSecret(us.platform, 'remote', { mesh: us.mesh, remoteMesh: eu.mesh, store });
  }).files['eu/artifacts/FEDERATE.md'];
  expect(page).toContain('kubectl --context eu -n istio-system delete secret istio-remote-secret-us --ignore-not-found');
  expect(page).toContain(expected);
});
