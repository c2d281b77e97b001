import { ApiObject } from 'cdk8s';
import { endpoint, TestCluster } from './fixture';
import {
  AccessPolicy, BundleBootstrap, Cluster, EastWestGateway, Federation, FederationMember, FederationMonitoring, FederationPartner,
  FederationTopology, GitOpsApp, IstioMesh, MeshNamespace, MeshWorkload, NestedSpire, Platform, RemoteService, Spire, SpireProps, Stage,
  TrustDomain,
} from '../../../src';
import { strictErrors } from '../../support/strict-schema';
import { Synthesized } from '../../support/synth';
import { Twin } from '../../support/twin';

/**
 * A root and two clusters below it with a mesh and one workload each, beside a cluster with a trust domain of its own.
 */
interface Clusters {
  readonly app: GitOpsApp;
  readonly nested: NestedSpire;
  readonly root: Platform;
  readonly eu: NestedCluster;
  readonly us: NestedCluster;
  readonly hub: TestCluster;
}

interface NestedCluster {
  readonly platform: Platform;
  readonly spire: Spire;
  readonly mesh: IstioMesh;
  readonly web: MeshWorkload;
}

function below(platform: Platform, spire: Spire): NestedCluster {
  const mesh = new IstioMesh(platform, 'mesh', { spire, meshId: 'mesh', network: platform.cluster.name });
  new MeshNamespace(platform, 'shop');
  const web = mesh.enroll(new ApiObject(platform.chart(Stage.APPS, 'web'), 'deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { serviceAccountName: 'web', containers: [{ name: 'web', image: 'example.org/web:1.0.0', ports: [{ containerPort: 8080 }] }] },
      },
    },
  }));
  return { platform, spire, mesh, web };
}

function synth(define: (clusters: Clusters) => void, rootSpire: SpireProps = { server: { bundleEndpoint: endpoint('global') } }): Synthesized {
  return Synthesized.of((app) => {
    const platform = (name: string) => new Platform(app, `platform-${name}`, { cluster: Cluster.of({ name, trustDomain: TrustDomain.of('global.example.org') }) });
    const [root, eu, us] = ['root', 'eu', 'us'].map(platform);
    const nested = new NestedSpire(app, 'spire', { root, host: 'spire-root.example.org', rootSpire, nested: [{ platform: eu }, { platform: us }] });
    define({ app, nested, root, eu: below(eu, nested.nested[0]), us: below(us, nested.nested[1]), hub: new TestCluster(app, 'hub') });
  });
}

const members = ({ eu, us, hub }: Clusters): FederationMember[] => [eu, us, hub].map(({ spire, mesh }) => ({ spire, mesh }));
const federate = (change: (clusters: Clusters) => void = () => undefined) => synth((clusters) => {
  new Federation(clusters.app, 'federation', { members: members(clusters) });
  change(clusters);
});
const find = (output: Synthesized, cluster: string, kind: string, name?: string): any[] => Object.entries(output.objects)
  .filter(([path]) => path.startsWith(`${cluster}/`)).flatMap(([, objects]) => objects)
  .filter((object) => object.kind === kind && (name === undefined || object.metadata.name === name));
const relations = (output: Synthesized, cluster: string) => find(output, cluster, 'ClusterFederatedTrustDomain').map(({ spec }) => [spec.trustDomain, spec.bundleEndpointURL]);

const output = federate(({ eu, us, hub }) => {
  const access = new AccessPolicy(hub.platform, 'access', { mesh: hub.mesh, federatedMeshes: [eu.mesh, us.mesh] });
  [eu, us].forEach(({ web }) => access.allow({ source: web, destination: hub.web, port: 8080, methods: ['GET'] }));
});
const page = (cluster: string, of = output) => of.files[`${cluster}/artifacts/FEDERATE.md`];

test('each server below the root trusts the other trust domain by itself, and is trusted by the endpoint of the root', () => {
  expect(relations(output, 'eu')).toEqual([['hub.example.org', 'https://spire-bundle.hub.example.org']]);
  expect(relations(output, 'us')).toEqual([['hub.example.org', 'https://spire-bundle.hub.example.org']]);
  expect(relations(output, 'hub')).toEqual([['global.example.org', 'https://spire-bundle.global.example.org']]);
  expect(relations(output, 'root')).toEqual([]);
  const serving = ['root', 'eu', 'us'].filter((cluster) => find(output, cluster, 'ConfigMap', 'spire-server')[0].data['server.conf'].includes('bundle_endpoint'));
  expect(serving).toEqual(['root']);
  expect(strictErrors(output.allObjects)).toEqual([]);
});

test('the identities that call over the border federate, in each cluster below the root, and agents give all bundles there', () => {
  for (const cluster of ['eu', 'us']) {
    expect(find(output, cluster, 'ClusterSPIFFEID').flatMap(({ spec }) => spec.federatesWith ?? [])).toEqual(['hub.example.org']);
    expect(find(output, cluster, 'ConfigMap', 'spire-agent')[0].data['agent.conf']).toContain('default_all_bundles_name = "ROOTCA"');
    expect(output.files[`${cluster}/artifacts/istiod-values.yaml`]).toContain('hub.example.org');
  }
  expect(find(output, 'root', 'ConfigMap', 'spire-agent')[0].data['agent.conf']).not.toContain('ROOTCA');
});

test('the first bundle goes from the server with the root to the other cluster, and from there to each server below the root', () => {
  expect(output.files['hub/artifacts/VERIFY.md']).toMatch(/--context root .* bundle show -format spiffe .*\n {2}\| kubectl --context hub .* bundle set -id spiffe:\/\/global\.example\.org/);
  for (const cluster of ['eu', 'us']) {
    expect(output.files[`${cluster}/artifacts/VERIFY.md`]).toMatch(new RegExp(`--context hub .* bundle show .*\\n.*--context ${cluster} .* bundle set -id spiffe://hub\\.example\\.org`));
  }
});

test('the pages tell of the root, which is no member, and of the other clusters below it', () => {
  expect(page('root')).toContain('Trusted by hub (hub.example.org): the bundle is fetched from https://spire-bundle.global.example.org.');
  expect(page('root')).toContain('Trusts nobody.');
  expect(page('eu')).toContain('load balancer of Service spire-server/spire-server-bundle-endpoint of cluster root, which has the root.');
  expect(page('eu')).toContain('us has a server of its own, which keeps the bundle as well: run the section of its page, too.');
  expect(page('hub')).toContain('| global.example.org | eu and us | https://spire-bundle.global.example.org | https_spiffe |');
  expect(page('hub')).toContain('Take eu and us out of the federation in code');
  expect(page('hub')).toContain('that of eu and us in this one is ended by the page of each.');
});

test('the checks find nothing, over all clusters and over each', () => {
  const twin = new Twin(output.files);
  expect([twin, ...['root', 'eu', 'us', 'hub'].map((cluster) => twin.only(cluster))].map((one) => one.findings())).toEqual([[], [], [], [], []]);
});

test('in some of the clusters nothing is found that the others could explain', () => {
  const without = (...clusters: string[]) => new Twin(Object.fromEntries(Object.entries(output.files).filter(([path]) => !clusters.includes(path.split('/')[0]))));
  expect([without('root'), without('eu'), without('root', 'eu'), without('hub')].map((twin) => twin.findings())).toEqual([[], [], [], []]);
});

test.each<[string, (twin: Twin) => void, string]>([
  ['the root has no endpoint', (twin) => twin.edit('root', 'ConfigMap', 'spire-server', ({ data }) => {
    data['server.conf'] = data['server.conf'].replace(/\n +federation \{[^]*?\n {2}\}/, '');
  }), 'FED-ENDPOINT-OTHER'],
  ['the endpoint of the root has another name', (twin) => twin.edit('root', 'Service', 'spire-server-bundle-endpoint', ({ metadata }) => {
    metadata.annotations['external-dns.alpha.kubernetes.io/hostname'] = 'bundle.global.example.org';
  }), 'FED-ENDPOINT-OTHER'],
  ['a caller below the root does not federate', (twin) => twin.editAll('us', 'ClusterSPIFFEID', ({ spec }) => { delete spec.federatesWith; }), 'FED-UNUSED'],
  ['no caller below the root federates', (twin) => ['eu', 'us'].forEach((cluster) => twin.editAll(cluster, 'ClusterSPIFFEID', ({ spec }) => {
    delete spec.federatesWith;
  })), 'FED-CALLER'],
  ['nobody below the root is the caller', (twin) => twin.editAll('hub', 'AuthorizationPolicy', (object) => {
    object.spec = JSON.parse(JSON.stringify(object.spec).replaceAll('global.example.org/ns/shop/sa/web', 'global.example.org/ns/shop/sa/we'));
  }), 'FED-UNKNOWN-CALLER'],
  ['the other cluster does not trust back', (twin) => twin.remove('hub', 'ClusterFederatedTrustDomain', 'global.example.org'), 'FED-ONE-WAY'],
  ['one cluster below the root has no relation', (twin) => twin.remove('us', 'ClusterFederatedTrustDomain', 'hub.example.org'), 'FED-UNKNOWN-PARTNER'],
])('a twin is caught: %s', (_, change, rule) => {
  const twin = new Twin(output.files);
  change(twin);
  expect(twin.findings()).toContain(rule);
});

test('a service of one cluster below the root is called by the gateway of that cluster, and answers with the one trust domain', () => {
  const called = federate(({ eu, us, hub }) => {
    [eu, us].forEach((cluster) => {
      new ApiObject(cluster.platform.chart(Stage.APPS, 'web'), 'service', {
        apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' }, spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 8080 }] },
      });
      new EastWestGateway(cluster.platform, 'east-west', {
        mesh: cluster.mesh, hosts: [cluster.platform.cluster.serviceHost('web', 'shop')], dnsName: `east-west.${cluster.platform.cluster.name}.example.org`,
      });
    });
    new AccessPolicy(eu.platform, 'access', { mesh: eu.mesh, federatedMeshes: [hub.mesh] }).allow({ source: hub.web, destination: eu.web, port: 8080 });
    new RemoteService(hub.platform, 'remote', {
      mesh: hub.mesh, remoteMesh: eu.mesh, service: 'web', port: 8080, workloads: [eu.web], gatewayAddress: 'east-west.eu.example.org', namespace: 'shop',
    });
  });
  const [rule] = find(called, 'hub', 'DestinationRule');
  expect(rule.spec.trafficPolicy.tls.subjectAltNames).toEqual(['spiffe://global.example.org/ns/shop/sa/web']);
  expect(find(called, 'hub', 'ClusterSPIFFEID').flatMap(({ spec }) => spec.federatesWith ?? [])).toEqual(['global.example.org']);
  // proxies of the fixture answer no DNS, and nobody in us calls over the border
  expect(new Twin(called.files).findings()).toEqual(['FED-DNS-CAPTURE', 'FED-UNUSED']);
});

test('the root may be a member as well, and its own workloads federate then', () => {
  const all = synth((clusters) => {
    new Federation(clusters.app, 'federation', { members: [{ spire: clusters.nested.root }, ...members(clusters)] });
  });
  expect(relations(all, 'root')).toEqual([['hub.example.org', 'https://spire-bundle.hub.example.org']]);
  expect(relations(all, 'hub')).toHaveLength(1);
  expect(page('eu', all)).toContain('root and us have servers of their own, which keep the bundle as well: run the section of their pages, too.');
});

test('who stays out of the federation trusts nobody', () => {
  const some = synth(({ app, eu, hub }) => { new Federation(app, 'federation', { members: [{ spire: eu.spire }, { spire: hub.spire }] }); });
  expect([relations(some, 'eu'), relations(some, 'us'), relations(some, 'hub')].map((list) => list.length)).toEqual([1, 0, 1]);
});

test('a hub below a root, and one way', () => {
  const oneWay = synth((clusters) => {
    const { app, eu, us, hub } = clusters;
    const topology = FederationTopology.oneWay({ trusting: [hub.spire], trusted: [eu.spire, us.spire] });
    new Federation(app, 'federation', { members: members(clusters), topology });
  });
  expect([relations(oneWay, 'eu'), relations(oneWay, 'hub').map(([name]) => name)]).toEqual([[], ['global.example.org']]);
  const spoke = synth((clusters) => {
    new Federation(clusters.app, 'federation', { members: members(clusters), topology: FederationTopology.hubAndSpoke(clusters.eu.spire) });
  });
  expect([relations(spoke, 'eu'), relations(spoke, 'us'), relations(spoke, 'hub')].map((list) => list.length)).toEqual([1, 0, 1]);
});

test('a partner is told of the endpoint and the bundle of the root, and each cluster below it trusts the partner', () => {
  const partner = FederationPartner.httpsWeb({ trustDomain: TrustDomain.of('acme.example'), bundleEndpointUrl: 'https://spiffe.acme.example' });
  const withPartner = synth(({ app, eu, us }) => {
    const federation = new Federation(app, 'federation', { members: [{ spire: eu.spire, mesh: eu.mesh }, { spire: us.spire, mesh: us.mesh }], partners: [partner] });
    [eu, us].forEach(({ platform, spire }) => new FederationMonitoring(platform, 'federation-monitoring', { federation, spire }));
  });
  for (const cluster of ['eu', 'us']) {
    expect(relations(withPartner, cluster)).toEqual([['acme.example', 'https://spiffe.acme.example']]);
    expect(page(cluster, withPartner)).toContain('| bundle endpoint | `https://spire-bundle.global.example.org`, profile `https_spiffe`, SPIFFE ID `spiffe://global.example.org/spire/server` |');
    expect(page(cluster, withPartner)).toContain('kubectl --context root -n spire-server exec -i spire-server-0');
  }
  expect(page('root', withPartner)).toContain('Trusted by partner acme.example');
});

test('fails where nobody can fetch the bundle of the root', () => {
  expect(() => synth((clusters) => { new Federation(clusters.app, 'federation', { members: members(clusters) }); }, {}))
    .toThrow("cluster 'hub' is to trust 'eu', whose root in cluster 'root' has no bundle endpoint: give rootSpire.server of its NestedSpire a bundleEndpoint");
  const partner = FederationPartner.httpsWeb({ trustDomain: TrustDomain.of('acme.example'), bundleEndpointUrl: 'https://spiffe.acme.example' });
  expect(() => synth(({ app, eu }) => { new Federation(app, 'federation', { members: [{ spire: eu.spire }], partners: [partner] }); }, {}))
    .toThrow("partner 'acme.example' is to trust cluster 'eu', whose root has no bundle endpoint: give its server a bundleEndpoint, or say trustsBack: false");
});

test('fails for clusters of one root alone', () => {
  expect(() => synth(({ app, eu, us }) => { new Federation(app, 'federation', { members: [{ spire: eu.spire }, { spire: us.spire }] }); }))
    .toThrow("clusters 'eu', 'us' have one root, so they trust each other without a federation: name a cluster of another trust domain, or a partner");
});

test('fails for two ways to bring the one bundle', () => {
  const bootstrap = (name: string) => BundleBootstrap.configMap({ name, namespace: 'spire-server', key: 'bundle.spiffe' });
  expect(() => synth(({ app, eu, us, hub }) => {
    new Federation(app, 'federation', { members: [{ spire: eu.spire, bootstrap: bootstrap('a') }, { spire: us.spire, bootstrap: bootstrap('b') }, { spire: hub.spire }] });
  })).toThrow("clusters 'eu' and 'us' have one root, so one bundle, and two bootstraps: leave one of them out");
});

test('fails for the endpoint of the root at another cluster', () => {
  expect(() => synth(({ app, eu, hub }) => {
    new Federation(app, 'federation', { members: [{ spire: eu.spire }, { spire: hub.spire }] });
  }, { server: { bundleEndpoint: endpoint('hub') } })).toThrow("bundle endpoint 'https://spire-bundle.hub.example.org' of cluster 'hub' is that of another cluster");
});
