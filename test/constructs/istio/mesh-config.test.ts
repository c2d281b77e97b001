import { Cluster, TrustDomain } from '../../../src';
import { meshConfig, providerNames } from '../../../src/constructs/istio/mesh-config';
import { MESH_CONFIG_FIELDS, PROVIDER_KINDS, PROXY_CONFIG_FIELDS } from '../../../src/constructs/istio/mesh-config-fields';
import { CustomResourceSchemas } from '../../support/custom-resource-schemas';
import { describeWithSharedData } from '../../support/shared-data';

const cluster = Cluster.of({ name: 'prod', trustDomain: TrustDomain.of('example.org') });
const config = (additional?: any) => meshConfig({ cluster, accessLog: { fields: { id: '%REQ(ID)%' } }, additional });

test('settings of users are added to those of the library', () => {
  expect(config({
    outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
    defaultConfig: { concurrency: 2 },
    extensionProviders: [{ name: 'opa', envoyExtAuthzGrpc: { service: 'opa.opa.svc.cluster.local', port: 9191 } }],
  })).toEqual({
    outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
    trustDomain: 'example.org',
    pathNormalization: { normalization: 'MERGE_SLASHES' },
    defaultConfig: { holdApplicationUntilProxyStarts: true, concurrency: 2 },
    extensionProviders: [
      { name: 'access-log', envoyFileAccessLog: { path: '/dev/stdout', logFormat: { labels: { id: '%REQ(ID)%' } } } },
      { name: 'opa', envoyExtAuthzGrpc: { service: 'opa.opa.svc.cluster.local', port: 9191 } },
    ],
  });
});

test('providers that Istio itself defines may be named', () => {
  expect(providerNames(config())).toEqual(['envoy', 'prometheus', 'stackdriver', 'access-log']);
});

test.each<[string, any, string]>([
  ['another trust domain', { trustDomain: 'other.org' }, "additionalMeshConfig sets 'trustDomain', which the mesh states itself: remove it"],
  ['another path normalization', { pathNormalization: { normalization: 'NONE' } }, "sets 'pathNormalization'"],
  ['an unknown field', { accessLogfile: '/dev/stdout' },
    "additionalMeshConfig has 'accessLogfile', which Istio does not know and would ignore: write it 'accessLogFile'"],
  ['an unknown field of the proxies', { defaultConfig: { concurency: 2 } }, "additionalMeshConfig.defaultConfig has 'concurency'"],
  ['a socket name for every proxy', { defaultConfig: { proxyMetadata: { WORKLOAD_IDENTITY_SOCKET_FILE: 'x.sock' } } }, 'for every proxy'],
  ['a provider without name', { extensionProviders: [{ prometheus: {} }] }, 'an extension provider has no name'],
  ['two providers of one name', { extensionProviders: [{ name: 'access-log', prometheus: {} }] }, "extension provider 'access-log' is defined twice"],
  ['a provider without kind', { extensionProviders: [{ name: 'otel' }] }, "extension provider 'otel' has 0 kinds (none)"],
  ['a provider of two kinds', { extensionProviders: [{ name: 'otel', zipkin: {}, opentelemetry: {} }] }, 'has 2 kinds (zipkin, opentelemetry)'],
  ['a provider of unknown kind', { extensionProviders: [{ name: 'otel', openTelemetry: {} }] }, "has 'openTelemetry', which Istio does not know and would ignore: write it 'opentelemetry'"],
  ['an alias that is a URI', { trustDomainAliases: ['spiffe://old.org'] }, "trust domain alias 'spiffe://old.org' is a URI"],
  ['an alias that is the trust domain', { trustDomainAliases: ['example.org'] }, "trust domain alias 'example.org' is the trust domain itself"],
])('fails for %s', (_, additional, message) => {
  expect(() => config(additional)).toThrow(message);
});

describeWithSharedData('the lists of fields', () => {
  test('are those of Istio, as the Sail operator has them', () => {
    const schema = new CustomResourceSchemas().find('sailoperator.io', 'v1', 'Istio', {})!;
    const mesh = schema.properties.spec.properties.values.properties.meshConfig.properties;
    expect(Object.keys(mesh).sort()).toEqual(MESH_CONFIG_FIELDS);
    expect(Object.keys(mesh.defaultConfig.properties).sort()).toEqual(PROXY_CONFIG_FIELDS);
    expect(Object.keys(mesh.extensionProviders.items.properties).filter((key) => key !== 'name').sort()).toEqual(PROVIDER_KINDS);
  });
});
