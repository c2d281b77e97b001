import { ApiObject, Duration, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { bootstrapOf, EnvoyFixture, SPIFFE_ID, written } from './fixture';
import { ExternalAuthorization, GitOpsApp, OpaPolicyConfigMap, SpiffeId, Stage } from '../../../src';
import { describeWithEnvoy, validateBootstrap } from '../../support/envoy';
import { strictErrors } from '../../support/strict-schema';

const INBOUND = { port: 8443, applicationPort: 8080, callers: [SPIFFE_ID] };
const UPSTREAM = { name: 'other', localPort: 9001, host: 'other.shop.svc.cluster.local', port: 8443, spiffeId: SPIFFE_ID };
const OPA = ExternalAuthorization.opa({ policy: OpaPolicyConfigMap.of({ name: 'policy', namespace: 'shop' }) });
const fixture = () => new EnvoyFixture(new GitOpsApp());

const both = () => written((app) => {
  new EnvoyFixture(app).sidecar('web', { inbound: [INBOUND], upstreams: [UPSTREAM], authorization: OPA });
});

const tlsOf = (part: any) => part.transport_socket.typed_config;

test('inbound: the own identity, exact callers, and no way around them', () => {
  const [inbound] = bootstrapOf(both(), 'web').static_resources.listeners;
  const [{ filters: [{ typed_config: manager }], ...chain }] = inbound.filter_chains;
  const { require_client_certificate: required, common_tls_context: tls } = tlsOf(chain);
  expect([required, tls.tls_certificate_sds_secret_configs.map(({ name }: any) => name)]).toEqual([true, ['spiffe://example.org/ns/shop/sa/web']]);
  expect(tls.combined_validation_context.default_validation_context.match_typed_subject_alt_names).toEqual([
    { san_type: 'URI', matcher: { exact: SPIFFE_ID.uri } },
  ]);
  expect(tls.combined_validation_context.validation_context_sds_secret_config.name).toBe('ROOTCA');
  expect([manager.forward_client_cert_details, manager.normalize_path, manager.merge_slashes]).toEqual(['SANITIZE_SET', true, true]);
  expect(manager.http_filters.map(({ name }: any) => name)).toEqual(['envoy.filters.http.rbac.allow', 'envoy.filters.http.ext_authz', 'envoy.filters.http.router']);
  expect(manager.http_filters[1].typed_config).toMatchObject({
    failure_mode_allow: false, status_on_error: { code: 'ServiceUnavailable' }, transport_api_version: 'V3', grpc_service: { timeout: '0.5s' },
  });
});

test('outbound: plain on 127.0.0.1, and one identity on the other side', () => {
  const { listeners, clusters } = bootstrapOf(both(), 'web').static_resources;
  expect(listeners[1].address.socket_address).toEqual({ address: '127.0.0.1', port_value: 9001 });
  const other = clusters.find(({ name }: any) => name === 'other');
  const { common_tls_context: tls, sni } = tlsOf(other);
  expect([sni, tls.combined_validation_context.default_validation_context.match_typed_subject_alt_names]).toEqual([
    'other.shop.svc.cluster.local', [{ san_type: 'URI', matcher: { exact: SPIFFE_ID.uri } }],
  ]);
});

test('each secret is awaited for ever, by streams that SPIRE speaks, over HTTP/2 on the socket of the pod', () => {
  const output = both();
  const bootstrap = bootstrapOf(output, 'web');
  const sources: any[] = [];
  JSON.stringify(bootstrap, (key, value) => (key === 'sds_config' ? (sources.push(value), undefined) : value));
  expect(sources.length).toBe(4);
  sources.forEach((source) => expect(source).toMatchObject({
    initial_fetch_timeout: '0s', api_config_source: { api_type: 'GRPC', grpc_services: [{ envoy_grpc: { cluster_name: 'spire_agent' } }] },
  }));
  const [agent] = bootstrap.static_resources.clusters;
  const { pipe: { path } } = agent.load_assignment.endpoints[0].lb_endpoints[0].endpoint.address;
  expect(JSON.stringify(agent.typed_extension_protocol_options)).toContain('"explicit_http_config":{"http2_protocol_options"');
  const { initContainers, volumes } = output.object('Deployment', 'web').spec.template.spec;
  const mount = initContainers.find(({ name }: any) => name === 'envoy').volumeMounts.find(({ name }: any) => name === 'workload-api');
  expect([path, mount.readOnly, volumes.find(({ name }: any) => name === 'workload-api').csi]).toEqual([
    `${mount.mountPath}/spire-agent.sock`, true, { driver: 'csi.spiffe.io', readOnly: true },
  ]);
});

test('the admin interface is open to the pod only; two pages of it are not', () => {
  const { admin, static_resources: { listeners } } = bootstrapOf(both(), 'web');
  expect(admin.address.socket_address.address).toBe('127.0.0.1');
  const status = listeners.at(-1);
  expect(status.filter_chains[0].filters[0].typed_config.route_config.virtual_hosts[0].routes.map(({ match }: any) => match)).toEqual([
    { path: '/ready' }, { path: '/stats/prometheus' },
  ]);
});

test('the pods get native sidecars, a label and an identity of their own', () => {
  const output = both();
  const { metadata, spec } = output.object('Deployment', 'web').spec.template;
  expect(spec.initContainers.map(({ name, restartPolicy }: any) => [name, restartPolicy])).toEqual([['opa', 'Always'], ['envoy', 'Always']]);
  expect(metadata.labels).toEqual({ 'app': 'web', 'cdk8s-spiffe.dev/proxy': 'envoy', 'sidecar.istio.io/inject': 'false' });
  expect(output.object('ClusterSPIFFEID', 'envoy-shop-web').spec).toMatchObject({
    podSelector: { matchLabels: { 'app': 'web', 'cdk8s-spiffe.dev/proxy': 'envoy' } },
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } },
  });
  expect(strictErrors(output.allObjects)).toEqual([]);
});

test('init containers and volumes that are there already stay', () => {
  const output = written((app) => {
    const one = new EnvoyFixture(app);
    const workload = one.deployment('web',
      JsonPatch.add('/spec/template/spec/initContainers', [{ name: 'migrate', image: 'example.org/migrate:1' }]),
      JsonPatch.add('/spec/template/spec/volumes', [{ name: 'data', emptyDir: {} }]));
    one.sidecar('web', { workload, inbound: [INBOUND] });
  });
  const { initContainers, volumes } = output.object('Deployment', 'web').spec.template.spec;
  expect([initContainers.map(({ name }: any) => name), volumes.map(({ name }: any) => name)]).toEqual([
    ['envoy', 'migrate'], ['data', 'envoy-config', 'workload-api'],
  ]);
});

test('a workload of cdk8s-plus', () => {
  const output = written((app) => {
    const one = new EnvoyFixture(app);
    const chart = one.platform.chart(Stage.APPS, 'plus');
    const serviceAccount = kplus.ServiceAccount.fromServiceAccountName(chart, 'account', 'plus');
    const workload = new kplus.Deployment(chart, 'plus', {
      metadata: { name: 'plus', namespace: 'shop' }, serviceAccount, containers: [{ name: 'plus', image: 'example.org/plus:1' }],
    });
    one.sidecar('plus', { workload, inbound: [INBOUND] });
  });
  const { metadata, spec } = output.object('Deployment', 'plus').spec.template;
  expect([spec.initContainers.map(({ name }: any) => name), metadata.labels['cdk8s-spiffe.dev/proxy']]).toEqual([['envoy'], 'envoy']);
});

test('pods change when the bootstrap or the policy does', () => {
  const hash = (localPort: number, policy: string) => written((app) => {
    const one = new EnvoyFixture(app);
    new ApiObject(one.platform.chart(Stage.POLICIES, 'shop'), 'policy', {
      apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'policy', namespace: 'shop' }, data: { policy },
    });
    one.sidecar('web', { inbound: [INBOUND], upstreams: [{ ...UPSTREAM, localPort }], authorization: OPA });
  }).object('Deployment', 'web').spec.template.metadata.annotations['cdk8s-spiffe.dev/config-hash'];
  const hashes = [hash(9001, 'a'), hash(9001, 'a'), hash(9002, 'a'), hash(9001, 'b')];
  expect(new Set(hashes).size).toBe(3);
  expect(hashes[0]).toMatch(/^[0-9a-f]{16}$/);
});

test('a peer of another trust domain gives the workload its bundle', () => {
  const foreign = SpiffeId.parse('spiffe://other.org/ns/shop/sa/orders');
  const output = written((app) => {
    new EnvoyFixture(app).sidecar('web', { inbound: [{ ...INBOUND, callers: [foreign] }], upstreams: [{ ...UPSTREAM, spiffeId: foreign }] });
  });
  expect(output.object('ClusterSPIFFEID', 'envoy-shop-web').spec.federatesWith).toEqual(['other.org']);
});

describeWithEnvoy('the real Envoy', () => {
  test('takes the bootstrap without a warning', () => {
    expect(validateBootstrap(bootstrapOf(both(), 'web'))).toEqual({ accepted: true, says: expect.not.stringContaining('[warning]') });
  });

  test('takes the routes of probes', () => {
    const output = written((app) => {
      const one = new EnvoyFixture(app);
      const probe = { httpGet: { path: '/ready?full=1', port: 8080 } };
      one.sidecar('web', { workload: one.deployment('web', JsonPatch.add('/spec/template/spec/containers/0/readinessProbe', probe)), inbound: [INBOUND] });
    });
    const bootstrap = bootstrapOf(output, 'web');
    expect(JSON.stringify(bootstrap)).toContain('/probes/web/readinessProbe');
    expect(validateBootstrap(bootstrap)).toEqual({ accepted: true, says: expect.not.stringContaining('[warning]') });
  });
});

describe('fails for', () => {
  test.each([
    ['nothing to do', {}, "the sidecar of 'shop/web' has neither inbound ports nor upstreams: it would do nothing, give at least one"],
    ['callers that are nobody', { inbound: [{ ...INBOUND, callers: [] }] },
      "'callers' of port 8443 of 'shop/web' is an empty list, which Envoy reads as everybody: name at least one, or leave it to an access policy"],
    ['the port of the admin interface', { inbound: [{ ...INBOUND, port: 15000 }] },
      "an inbound port of 'shop/web' is at port 15000, as Envoy's admin interface is: give it another port"],
    ['an application at the port of its proxy', { inbound: [{ ...INBOUND, applicationPort: 8443 }] },
      "the application of 'shop/web' is at port 8443, as an inbound port is: give it another port"],
    ['an upstream at the port of OPA', { upstreams: [{ ...UPSTREAM, localPort: 9191 }], authorization: OPA },
      "upstream 'other' of 'shop/web' is at port 9191, as OPA is: give it another port"],
    ['a port that is none', { inbound: [{ ...INBOUND, port: 0 }] }, "an inbound port of 'shop/web': port 0 is no port: use a whole number from 1 to 65535"],
    ['two upstreams of one name', { upstreams: [UPSTREAM, { ...UPSTREAM, localPort: 9002 }] },
      "'shop/web' has two upstreams 'other': statistics could not tell them apart, rename one"],
    ['a name with an underscore', { upstreams: [{ ...UPSTREAM, name: 'my_orders' }] },
      "upstream 'my_orders' of 'shop/web' is no name for statistics: use up to 63 of a-z, 0-9 and '-', not at the ends"],
    ['an image without a name', { inbound: [INBOUND], image: ' ' }, "the image of the sidecar of 'shop/web' is \" \": give the name of one, or leave image out"],
    ['a text for the SPIFFE ID of an upstream', { upstreams: [{ ...UPSTREAM, spiffeId: 'spiffe://example.org/a' }] },
      "spiffeId of an upstream of 'shop/web' is 'spiffe://example.org/a': give a SpiffeId"],
    ['a URL as host', { upstreams: [{ ...UPSTREAM, host: 'https://orders' }] },
      "upstream 'other' of 'shop/web' has host 'https://orders', which is no DNS name: use lower case, without scheme and port"],
  ])('%s', (_, props: any, message) => {
    expect(() => fixture().sidecar('web', props)).toThrow(message);
  });

  test.each([
    ['no service account', JsonPatch.remove('/spec/template/spec/serviceAccountName'), "Deployment 'web' runs as no service account of its own"],
    ['the network of the host', JsonPatch.add('/spec/template/spec/hostNetwork', true), "Deployment 'web' uses the network of the host"],
    ['a proxy of its own', JsonPatch.add('/spec/template/spec/containers/-', { name: 'envoy', image: 'example.org/envoy:1' }),
      "Deployment 'web' has a container 'envoy' already: two proxies in a pod catch the same traffic, remove it"],
    ['no labels', JsonPatch.replace('/spec/template/metadata/labels', {}), "Deployment 'web' has no pod labels"],
  ])('a workload with %s', (_, change, message) => {
    const one = fixture();
    expect(() => one.sidecar('web', { workload: one.deployment('web', change), inbound: [INBOUND] })).toThrow(message);
  });

  test('a second workload of one service account', () => {
    const one = fixture();
    one.sidecar('web', { inbound: [INBOUND] });
    const twin = one.deployment('web2', JsonPatch.replace('/spec/template/spec/serviceAccountName', 'web'));
    expect(() => one.sidecar('web2', { workload: twin, inbound: [INBOUND] })).toThrow("'shop/web2' runs as service account 'web', as 'shop/web' does");
  });

  test('fails for a policy in another namespace, which pods do not read', () => {
    const policy = OpaPolicyConfigMap.of({ name: 'policy', namespace: 'policies' });
    expect(() => fixture().sidecar('web', { inbound: [INBOUND], authorization: ExternalAuthorization.opa({ policy }) }))
      .toThrow("reads its policy from ConfigMap 'policies/policy', and pods read ConfigMaps of their own namespace only: write the policy to namespace 'shop'");
  });

  test.each([Duration.millis(0), Duration.minutes(10)])('an answer of OPA that is awaited %p', (timeout) => {
    expect(() => ExternalAuthorization.opa({ policy: OpaPolicyConfigMap.of({ name: 'policy', namespace: 'shop' }), timeout })).toThrow(/^OPA has a timeout of \d+ ms: each request waits for it/);
  });
});
