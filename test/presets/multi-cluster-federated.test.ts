import '../support/snapshot-files';
import { parse } from 'yaml';
import { AccessEnforcer, Cluster, IstioVersion, NetworkPeer, OutputChecks, presets, TrustDomain } from '../../src';
import { ciliumAllows } from '../support/policies/cilium-policy';
import { networkAllows } from '../support/policies/network-policy';
import { strictErrors } from '../support/strict-schema';
import { Synthesized } from '../support/synth';

const cluster = (name: string, more: Partial<presets.FederatedClusterOptions> = {}): presets.FederatedClusterOptions => ({
  cluster: Cluster.of({ name, trustDomain: TrustDomain.of(`${name}.example.org`) }), region: `${name}-region`, ...more,
});
const synth = (clusters = [cluster('eu'), cluster('us')], more: Partial<presets.MultiClusterFederatedProps> = {}) =>
  Synthesized.of((app) => new presets.MultiClusterFederated(app, 'bookinfo', { clusters, ...more }), OutputChecks.STOP_AT_ERRORS);
const output = synth();
const in_ = (name: string, kind: string, from = output) => Object.entries(from.objects)
  .filter(([path]) => path.startsWith(`${name}/`)).flatMap(([, objects]) => objects).filter((object) => object.kind === kind);

test('the whole output, one file for each stage; what every cluster has alike is in the snapshot of Bookinfo', () => {
  const review = Object.entries(output.files).filter(([file]) => !/\/(00-crds|30-spire-agent|80-apps)\/|istio-base|istio-cni|sail-istio/.test(file));
  expect(Object.fromEntries(review)).toMatchSnapshotFiles('multi-cluster-federated');
});

test('two runs write the same bytes', () => {
  expect(synth().files).toEqual(output.files);
});

test('every object is what its API takes', () => {
  expect(strictErrors(output.allObjects)).toEqual([]);
});

test('the clusters are one mesh of two networks, and each its own trust domain', () => {
  const values = ['eu', 'us'].map((name) => parse(output.files[`${name}/artifacts/istiod-values.yaml`]));
  const facts = ({ global, meshConfig }: any) =>
    [global.meshID, global.network, global.multiCluster.clusterName, meshConfig.trustDomain, meshConfig.caCertificates];
  expect(values.map(facts))
    .toEqual([
      ['mesh', 'eu', 'eu', 'eu.example.org', [{ trustDomains: ['us.example.org'] }]],
      ['mesh', 'us', 'us', 'us.example.org', [{ trustDomains: ['eu.example.org'] }]],
    ]);
});

test('each service that fails over has one identity in each cluster, and the next region as its second choice', () => {
  const details = in_('eu', 'DestinationRule').find((rule) => rule.metadata.name === 'details')!.spec;
  expect(details.host).toBe('details.bookinfo.svc.cluster.local');
  expect(details.trafficPolicy).toMatchObject({
    loadBalancer: { simple: 'LEAST_REQUEST', localityLbSetting: { enabled: true, failover: [{ from: 'eu-region', to: 'us-region' }] } },
    outlierDetection: { maxEjectionPercent: 100 },
    tls: { mode: 'ISTIO_MUTUAL', subjectAltNames: ['spiffe://eu.example.org/ns/bookinfo/sa/details-v1', 'spiffe://us.example.org/ns/bookinfo/sa/details-v1'] },
  });
  expect(in_('eu', 'DestinationRule').find((rule) => rule.metadata.name === 'reviews')!.spec.trafficPolicy.tls.subjectAltNames).toHaveLength(6);
  expect(in_('eu', 'DestinationRule').find((rule) => rule.metadata.name === 'productpage')!.spec.trafficPolicy.tls).toBeUndefined();
});

test('calls over the border: the same as within a cluster, by the principals of the other trust domain', () => {
  const edges = in_('us', 'AuthorizationPolicy').flatMap((policy) => (policy.spec.rules ?? []).filter((rule: any) => rule.from)
    .map((rule: any) => [rule.from[0].source.principals, Object.values(policy.spec.selector.matchLabels).join('-')]))
    .filter(([[principal]]) => principal.startsWith('eu.'));
  const eu = (account: string) => [`eu.example.org/ns/bookinfo/sa/${account}`];
  expect(edges).toEqual([
    [eu('productpage-v1'), 'details-v1'],
    [eu('productpage-v1'), 'reviews-v1'],
    [eu('productpage-v1'), 'reviews-v2'],
    [eu('productpage-v1'), 'reviews-v3'],
    [eu('productpage-v1'), 'ratings-v1'],
    [eu('reviews-v2'), 'ratings-v1'],
    [eu('reviews-v3'), 'ratings-v1'],
  ]);
});

test('no policy names callers by namespace or service account, which any trust domain has', () => {
  const sources = output.ofKind('AuthorizationPolicy').flatMap((policy) => policy.spec?.rules ?? []).flatMap((rule: any) => rule.from ?? []).map((from: any) => Object.keys(from.source));
  expect(new Set(sources.flat())).toEqual(new Set(['principals']));
});

test('gateways need no bundle of others', () => {
  const federating = in_('eu', 'ClusterSPIFFEID').filter((one) => one.spec.federatesWith).map((one) => one.metadata.name).sort();
  expect(federating).toEqual(['details-v1', 'productpage-v1', 'ratings-v1', 'reviews-v1', 'reviews-v2', 'reviews-v3']
    .map((account) => `istio-federated-bookinfo-${account}`));
});

test('the product page may call details of the other cluster by name', () => {
  const { spec } = in_('eu', 'DestinationRule').find((rule) => rule.metadata.name === 'details-us')!;
  expect(spec).toEqual({
    host: 'details.bookinfo.us.mesh.internal',
    trafficPolicy: {
      tls: { mode: 'ISTIO_MUTUAL', sni: 'outbound_.9080_._.details.bookinfo.svc.cluster.local', subjectAltNames: ['spiffe://us.example.org/ns/bookinfo/sa/details-v1'] },
    },
  });
});

const SERVICES = ['productpage-v1', 'details-v1', 'ratings-v1', 'reviews-v1', 'reviews-v2', 'reviews-v3'];
const podIn = (name: string, deployment: string, from = output) => {
  const { metadata, spec } = in_(name, 'Deployment', from).find((one) => one.metadata.name === deployment)!;
  return { namespace: metadata.namespace, labels: spec.template.metadata.labels };
};

test('the network lets through calls within a cluster, those over the border by way of the gateways, and Prometheus', () => {
  const traced = synth(undefined, { prometheusNamespace: 'metrics' });
  for (const name of ['eu', 'us']) {
    const policies = in_(name, 'NetworkPolicy', traced);
    const pod = (deployment: string) => podIn(name, deployment, traced);
    const pairs = ['istio-ingressgateway', 'istio-eastwestgateway', ...SERVICES].flatMap((one) => SERVICES.map((other) => [one, other]))
      .filter(([one, other]) => networkAllows(policies, pod(one), pod(other), 9080)).map((pair) => pair.join(' '));
    expect(pairs).toEqual([
      'istio-ingressgateway productpage-v1',
      // the product page of another cluster is called by nobody
      ...SERVICES.slice(1).map((called) => `istio-eastwestgateway ${called}`),
      ...SERVICES.slice(1).map((called) => `productpage-v1 ${called}`),
      'reviews-v2 ratings-v1', 'reviews-v3 ratings-v1',
    ]);
    const leaving = ['istio-ingressgateway', 'istio-eastwestgateway', ...SERVICES].filter((one) => networkAllows(policies, pod(one), undefined, 15443));
    expect(leaving).toEqual(['productpage-v1', 'reviews-v2', 'reviews-v3']);
    const open = SERVICES.filter((one) => networkAllows(policies, undefined, pod(one), 9080) || networkAllows(policies, pod(one), undefined, 443));
    expect(open).toEqual([]);
    expect([15443, 15021, 9080, 15000].map((port) => networkAllows(policies, undefined, pod('istio-eastwestgateway'), port))).toEqual([true, true, false, false]);
    const [prometheus, other] = ['metrics', 'monitoring'].map((namespace) => ({ namespace, labels: {} }));
    for (const each of ['istio-ingressgateway', 'istio-eastwestgateway', ...SERVICES]) {
      const reads = [prometheus, other].map((reader) => networkAllows(policies, reader, pod(each), 15020));
      const base = [networkAllows(policies, pod(each), { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }, 53, 'UDP'),
        networkAllows(policies, pod(each), { namespace: 'istio-system', labels: { app: 'istiod' } }, 15012)];
      expect([each, reads, base]).toEqual([each, [true, false], [true, true]]);
    }
    const readers = in_(name, 'NetworkPolicy', traced).filter(({ metadata }) => ['spire-server', 'spire-agent'].includes(metadata.name))
      .map(({ spec }) => spec.ingress.find((rule: any) => rule.ports.some(({ port }: any) => port === 9988)).from);
    expect(readers).toEqual(Array(2).fill([{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'metrics' } } }]));
  }
});

test('the layers of a cluster may be chosen', () => {
  const layers = (...accessEnforcers: AccessEnforcer[]) => ({ accessEnforcers });
  const own = synth([cluster('eu', layers(AccessEnforcer.istio())), cluster('us', layers(AccessEnforcer.istio(), AccessEnforcer.cilium()))]);
  expect(new Set(in_('eu', 'NetworkPolicy', own).map((one) => one.metadata.namespace))).toEqual(new Set(['spire-server', 'spire-system']));
  const policies = in_('us', 'CiliumNetworkPolicy', own);
  expect(new Set(policies.map((one) => one.metadata.namespace))).toEqual(new Set(['istio-ingress', 'istio-eastwest', 'bookinfo']));
  const us = (name: string) => podIn('us', name, own);
  expect([ciliumAllows(policies, us('istio-eastwestgateway'), us('details-v1'), 9080), ciliumAllows(policies, undefined, us('details-v1'), 9080)]).toEqual([true, false]);
  expect(SERVICES.filter((name) => ciliumAllows(policies, us(name), undefined, 15443))).toEqual(['productpage-v1', 'reviews-v2', 'reviews-v3']);
  expect(strictErrors(own.allObjects)).toEqual([]);
});

test('DNS is stated once for all namespaces', () => {
  const own = synth([cluster('eu', { spire: { networkPolicies: { dns: [NetworkPeer.ipBlock('169.254.20.10/32')], dnsPort: 5353 } } }), cluster('us')]);
  const dns = (name: string) => in_(name, 'NetworkPolicy', own).flatMap((one) => one.spec.egress ?? []).filter((rule: any) => rule.ports.some((port: any) => port.protocol === 'UDP'));
  expect(new Set(dns('eu').map((rule: any) => JSON.stringify([rule.to, rule.ports[0].port])))).toEqual(new Set(['[[{"ipBlock":{"cidr":"169.254.20.10/32"}}],5353]']));
  expect(new Set(dns('us').map((rule: any) => rule.ports[0].port))).toEqual(new Set([53]));
});

test('each cluster tells who of it calls the others', () => {
  const elsewhere = (name: string) => output.files[`${name}/artifacts/ACCESS.md`].split('\n').filter((line) => line.endsWith(' | 15443 |') && !line.includes('anybody'));
  expect(elsewhere('us')).toHaveLength(7);
  expect(elsewhere('us')[0]).toBe('| bookinfo/productpage-v1 | bookinfo/details-v1 of eu | 15443 |');
});

test('three clusters fail over in a ring and all trust each other', () => {
  const three = synth(['a', 'b', 'c'].map((name) => cluster(name)));
  const failover = (name: string) => in_(name, 'DestinationRule', three).find((rule) => rule.metadata.name === 'details')!.spec.trafficPolicy.loadBalancer.localityLbSetting.failover;
  expect([failover('a'), failover('b'), failover('c')]).toEqual([
    [{ from: 'a-region', to: 'b-region' }], [{ from: 'b-region', to: 'c-region' }], [{ from: 'c-region', to: 'a-region' }],
  ]);
  expect(in_('b', 'ClusterSPIFFEID', three).find((one) => one.metadata.name.endsWith('details-v1'))!.spec.federatesWith).toEqual(['a.example.org', 'c.example.org']);
  expect(strictErrors(three.allObjects)).toEqual([]);
});

test('the properties reach the parts', () => {
  const own = synth([
    cluster('eu', { host: 'books.example.com', tlsSecretName: 'books-tls', eastWestAddress: 'ew.example.com', spire: { className: 'own' } }),
    cluster('us', { remoteSecretStore: { name: 'vault', key: 'istio/us' } }),
  ], { meshId: 'books', ruleLabels: { release: 'prometheus' } });
  expect(in_('eu', 'Gateway', own).find((one) => one.metadata.name === 'bookinfo')!.spec.servers[1]).toMatchObject({ hosts: ['bookinfo/books.example.com'], tls: { credentialName: 'books-tls' } });
  expect(in_('us', 'WorkloadEntry', own)[0].spec.address).toBe('ew.example.com');
  expect(in_('eu', 'ExternalSecret', own).map((one) => one.metadata.name)).toEqual(['istio-remote-secret-us']);
  expect(in_('us', 'ExternalSecret', own)).toEqual([]);
  expect(in_('eu', 'ClusterFederatedTrustDomain', own)[0].spec.className).toBe('own');
  expect(in_('eu', 'PrometheusRule', own).map((one) => one.metadata.labels.release)).toEqual(['prometheus', 'prometheus']);
  expect(parse(own.files['eu/artifacts/istiod-values.yaml']).global.meshID).toBe('books');
});

test.each<[string, () => unknown, string]>([
  ['one cluster', () => synth([cluster('eu')]), "a federation of 'eu' federates with nobody"],
  ['one region', () => synth([cluster('eu'), cluster('us', { region: 'eu-region' })]), "two clusters are in region 'eu-region', so a service could not tell where to fail over to"],
  ['one trust domain', () => synth([cluster('eu'), cluster('us', { cluster: Cluster.of({ name: 'us', trustDomain: TrustDomain.of('eu.example.org') }) })]),
    "clusters 'eu' and 'us' have one trust domain 'eu.example.org' but roots of their own"],
  ['no region', () => synth([cluster('eu', { region: '' }), cluster('us')]), "cluster 'eu' has region '', which no label of a node can have"],
  ['one address', () => synth(['eu', 'us'].map((name) => cluster(name, { eastWestAddress: 'east-west.example.org' }))),
    "clusters 'eu' and 'us' have one eastWestAddress 'east-west.example.org', so calls could end in either: give each its own"],
  ['one network', () => synth(['eu_1', 'eu-1'].map((name) => cluster(name, { cluster: Cluster.of({ name, trustDomain: TrustDomain.of(`${name}.example.org`) }) }))),
    "clusters 'eu_1' and 'eu-1' would have one network 'eu-1': rename one"],
  ['different cluster domains', () => synth([cluster('eu'), cluster('us', { cluster: Cluster.of({ name: 'us', trustDomain: TrustDomain.of('us.example.org'), clusterDomain: 'us.local' }) })]),
    "cluster 'us' has cluster domain 'us.local', 'eu' has 'cluster.local'"],
  ['an old Istio', () => synth(undefined, { istioVersion: IstioVersion.of('1.28.7') }), 'use 1.29.2 or newer'],
])('fails for %s', (_, run, message) => {
  expect(run).toThrow(message);
});
