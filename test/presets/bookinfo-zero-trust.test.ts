import '../support/snapshot-files';
import { AccessEnforcer, KubeletVerification, NetworkPeer, OutputChecks, presets } from '../../src';
import { exampleOutput } from '../examples/example';
import { networkAllows } from '../support/policies/network-policy';
import { strictErrors } from '../support/strict-schema';
import { CLUSTER, Synthesized } from '../support/synth';

const synth = (props: Omit<presets.BookinfoZeroTrustProps, 'cluster'> = {}) =>
  Synthesized.of((app) => new presets.BookinfoZeroTrust(app, 'bookinfo', { cluster: CLUSTER, ...props }), OutputChecks.STOP_AT_ERRORS);
const output = synth();

test('the whole output of the example, file by file', () => {
  expect(exampleOutput('bookinfo-zero-trust').files).toMatchSnapshotFiles('bookinfo-zero-trust');
});

test('two runs write the same bytes', () => {
  expect(synth().files).toEqual(output.files);
});

test('every object is what its API takes', () => {
  expect(strictErrors(output.allObjects)).toEqual([]);
});

test('nothing is in the default namespace', () => {
  const clusterWide = [
    'CustomResourceDefinition', 'Namespace', 'ClusterRole', 'ClusterRoleBinding', 'CSIDriver', 'ValidatingWebhookConfiguration', 'ClusterSPIFFEID',
  ];
  const homeless = output.allObjects.filter((object) => !clusterWide.includes(object.kind) && !object.metadata.namespace);
  expect(homeless).toEqual([]);
  const namespaces = output.ofKind('Namespace').map((namespace) => namespace.metadata.name).sort();
  expect(namespaces).toEqual(['bookinfo', 'istio-cni', 'istio-ingress', 'istio-system', 'spire-server', 'spire-system']);
  const used = output.allObjects.map((object) => object.metadata.namespace).filter((name) => name !== undefined);
  expect(used.filter((name) => !namespaces.includes(name))).toEqual([]);
});

test('no name has a hash', () => {
  expect(output.allObjects.map((object) => object.metadata.name).filter((name) => /-c8[0-9a-f]{6}$/.test(name))).toEqual([]);
});

test('no object is a Secret and no ConfigMap holds one', () => {
  expect(output.ofKind('Secret')).toEqual([]);
  const texts = output.ofKind('ConfigMap').flatMap((configMap) => Object.values<string>(configMap.data));
  expect(texts.filter((text) => /PRIVATE KEY|password|token\s*=/i.test(text))).toEqual([]);
});

test('each workload of Bookinfo has a service account of its own', () => {
  const accounts = output.ofKind('Deployment').filter((one) => one.metadata.namespace === 'bookinfo')
    .map((one) => one.spec.template.spec.serviceAccountName);
  expect(accounts).toEqual(['details-v1', 'productpage-v1', 'ratings-v1', 'reviews-v1', 'reviews-v2', 'reviews-v3']);
  expect(new Set(accounts).size).toBe(6);
});

test('one policy for each called workload names its callers, and nobody else', () => {
  const callers = output.ofKind('AuthorizationPolicy')
    .filter((policy) => policy.metadata.namespace === 'bookinfo' && policy.spec.rules)
    .map((policy) => [
      Object.values(policy.spec.selector.matchLabels).join('-'),
      ...policy.spec.rules.map((rule: any) => rule.from[0].source.principals.join()),
    ]);
  expect(callers).toEqual([
    ['productpage-v1', 'example.org/ns/istio-ingress/sa/istio-ingressgateway', 'example.org/ns/istio-ingress/sa/istio-ingressgateway'],
    ['details-v1', 'example.org/ns/bookinfo/sa/productpage-v1'],
    ['reviews-v1', 'example.org/ns/bookinfo/sa/productpage-v1'],
    ['reviews-v2', 'example.org/ns/bookinfo/sa/productpage-v1'],
    ['reviews-v3', 'example.org/ns/bookinfo/sa/productpage-v1'],
    ['ratings-v1', 'example.org/ns/bookinfo/sa/productpage-v1', 'example.org/ns/bookinfo/sa/reviews-v2', 'example.org/ns/bookinfo/sa/reviews-v3'],
  ]);
});

test('the properties reach the parts', () => {
  const own = synth({
    host: 'books.example.com',
    tlsSecretName: 'books-tls',
    spire: { agent: { kubeletVerification: KubeletVerification.NONE } },
    ruleLabels: { release: 'kube-prometheus-stack' },
  });
  expect(own.object('Gateway', 'bookinfo').spec.servers[1]).toMatchObject({ hosts: ['bookinfo/books.example.com'], tls: { credentialName: 'books-tls' } });
  expect(own.object('ConfigMap', 'spire-agent').data['agent.conf']).toContain('skip_kubelet_verification = true');
  expect(own.object('PrometheusRule', 'spiffe-mesh').metadata.labels.release).toBe('kube-prometheus-stack');
});

test('the network lets through what the policies of the proxies name, DNS, istiod, traces, and Prometheus', () => {
  const traced = synth({ tracing: { serviceHost: 'otel-collector.observability.svc.cluster.local' }, prometheusNamespace: 'metrics' });
  const policies = traced.ofKind('NetworkPolicy');
  const pod = (name: string) => {
    const deployment = traced.object('Deployment', name);
    return { namespace: deployment.metadata.namespace, labels: deployment.spec.template.metadata.labels };
  };
  const bookinfo = ['productpage-v1', 'details-v1', 'ratings-v1', 'reviews-v1', 'reviews-v2', 'reviews-v3'];
  const pairs = ['istio-ingressgateway', ...bookinfo].flatMap((one) => bookinfo.map((other) => [one, other]))
    .filter(([one, other]) => networkAllows(policies, pod(one), pod(other), 9080)).map((pair) => pair.join(' '));
  expect(pairs).toEqual([
    'istio-ingressgateway productpage-v1',
    ...['details-v1', 'ratings-v1', 'reviews-v1', 'reviews-v2', 'reviews-v3'].map((called) => `productpage-v1 ${called}`),
    'reviews-v2 ratings-v1', 'reviews-v3 ratings-v1',
  ]);
  const dns = { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } };
  const istiod = { namespace: 'istio-system', labels: { app: 'istiod' } };
  const [collector, prometheus] = ['observability', 'metrics'].map((namespace) => ({ namespace, labels: {} }));
  for (const name of ['istio-ingressgateway', ...bookinfo]) {
    const needed = [
      networkAllows(policies, pod(name), dns, 53, 'UDP'), networkAllows(policies, pod(name), istiod, 15012),
      networkAllows(policies, pod(name), collector, 4317), networkAllows(policies, prometheus, pod(name), 15020),
    ];
    const other = [networkAllows(policies, prometheus, pod(name), 9080), networkAllows(policies, pod(name), undefined, 443)];
    expect([name, needed, other]).toEqual([name, [true, true, true, true], [false, false]]);
  }
  expect([80, 443, 15021, 15000].map((port) => networkAllows(policies, undefined, pod('istio-ingressgateway'), port))).toEqual([true, true, true, false]);
});

test('metrics of SPIRE are for Prometheus too, unless others are named', () => {
  const readers = (props: Partial<presets.BookinfoZeroTrustProps>) => synth(props).ofKind('NetworkPolicy')
    .filter(({ metadata }) => metadata.name === 'spire-server' || metadata.name === 'spire-agent')
    .map(({ spec }) => spec.ingress.find((rule: any) => rule.ports.some(({ port }: any) => port === 9988)).from);
  const from = (namespace: string) => [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }];
  expect(readers({ prometheusNamespace: 'metrics' })).toEqual([from('metrics'), from('metrics')]);
  expect(readers({ spire: { networkPolicies: { metricsReaders: [NetworkPeer.pods('grafana')] } } })).toEqual([from('grafana'), from('grafana')]);
});

test('the layers may be chosen', () => {
  const namespaces = (props: Parameters<typeof synth>[0]) => new Set(synth(props).ofKind('NetworkPolicy').map((one) => one.metadata.namespace));
  expect(namespaces({})).toEqual(new Set(['spire-server', 'spire-system', 'istio-ingress', 'bookinfo']));
  expect(namespaces({ accessEnforcers: [AccessEnforcer.istio()], spire: { networkPolicies: { enabled: false } } })).toEqual(new Set());
});

test('DNS is stated once for all namespaces', () => {
  const cache = NetworkPeer.ipBlock('169.254.20.10/32');
  const rules = synth({ spire: { networkPolicies: { dns: [cache], dnsPort: 5353 } } }).ofKind('NetworkPolicy').flatMap((one) => one.spec.egress ?? []);
  const ofDns = rules.filter((rule: any) => rule.ports.some((port: any) => port.protocol === 'UDP'));
  expect(ofDns.length).toBeGreaterThan(2);
  expect(new Set(ofDns.map((rule: any) => JSON.stringify([rule.to, rule.ports[0].port])))).toEqual(new Set([
    '[[{"ipBlock":{"cidr":"169.254.20.10/32"}}],5353]',
  ]));
});
