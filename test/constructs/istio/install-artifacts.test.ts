import { Fixture } from './fixture';
import { IstioVersion } from '../../../src';

const MESH_CONFIG = {
  trustDomain: 'example.org',
  pathNormalization: { normalization: 'MERGE_SLASHES' },
  outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
  defaultConfig: { holdApplicationUntilProxyStarts: true },
  extensionProviders: [{ name: 'access-log', envoyFileAccessLog: { path: '/dev/stdout', logFormat: { labels: { id: '%DOWNSTREAM_PEER_URI_SAN%' } } } }],
};
const GLOBAL = {
  istioNamespace: 'istio-system',
  multiCluster: { clusterName: 'prod' },
  proxy: { clusterDomain: 'cluster.local', seccompProfile: { type: 'RuntimeDefault' } },
};
const PILOT = {
  autoscaleMin: 2,
  cni: { enabled: true },
  resources: { requests: { cpu: '500m', memory: '2Gi' } },
  seccompProfile: { type: 'RuntimeDefault' },
};
const CNI = { excludeNamespaces: ['kube-system', 'istio-cni', 'istio-system', 'spire-system', 'spire-server'] };
const INJECTOR = {
  enableNamespacesByDefault: false,
  templates: {
    spire: 'spec:\n  volumes:\n  - name: workload-socket\n    emptyDir: null\n    csi:\n      driver: csi.spiffe.io\n      readOnly: true\n',
  },
};

const fixture = () => new Fixture({ accessLog: { fields: { id: '%DOWNSTREAM_PEER_URI_SAN%' } } });

test('installations of a release that the library does not know say so', () => {
  const text = (version?: IstioVersion) => new Fixture({ version }).artifactText('sail-istio.yaml');
  expect(text(IstioVersion.unchecked('1.31.0'))).toMatch(/^# Istio 1\.31\.0 is not known to cdk8s-spiffe: written as for 1\.30\n/);
  expect(text()).not.toContain('#');
});

test('istioctl gets one IstioOperator', () => {
  expect(fixture().artifact('istio-operator.yaml')).toEqual([{
    apiVersion: 'install.istio.io/v1alpha1',
    kind: 'IstioOperator',
    metadata: { name: 'istio', namespace: 'istio-system' },
    spec: {
      profile: 'minimal',
      hub: 'registry.istio.io/release',
      tag: '1.30.3',
      namespace: 'istio-system',
      meshConfig: MESH_CONFIG,
      components: { base: { enabled: true }, pilot: { enabled: true }, cni: { enabled: true, namespace: 'istio-cni' } },
      values: { global: GLOBAL, pilot: PILOT, cni: CNI, sidecarInjectorWebhook: INJECTOR },
    },
  }]);
});

test('Helm gets the same values, those of the pilot at the top', () => {
  const image = { hub: 'registry.istio.io/release', tag: '1.30.3' };
  expect(fixture().artifact('istiod-values.yaml')).toEqual([{
    ...PILOT, global: { ...image, ...GLOBAL }, meshConfig: MESH_CONFIG, sidecarInjectorWebhook: INJECTOR,
  }]);
  expect(fixture().artifact('istio-cni-values.yaml')).toEqual([{ ...CNI, global: image }]);
  expect(fixture().artifact('istio-base-values.yaml')).toEqual([{ defaultRevision: 'default', global: { istioNamespace: 'istio-system' } }]);
});

test('the Sail operator gets the same values', () => {
  const [istio, cni] = fixture().artifact('sail-istio.yaml');
  expect(istio.spec).toEqual({
    namespace: 'istio-system',
    version: 'v1.30.3',
    updateStrategy: { type: 'InPlace' },
    values: { global: GLOBAL, meshConfig: MESH_CONFIG, pilot: PILOT, sidecarInjectorWebhook: INJECTOR },
  });
  expect(cni.spec).toEqual({ namespace: 'istio-cni', version: 'v1.30.3', values: { cni: CNI } });
});

test('the injection template names no container, and is not a manifest of a stage', () => {
  const { manifests } = fixture();
  expect(INJECTOR.templates.spire).not.toContain('istio-proxy');
  expect(manifests.filter((manifest) => ['IstioOperator', 'Istio', 'IstioCNI'].includes(manifest.kind))).toEqual([]);
});

test('the release names images and charts', () => {
  const older = new Fixture({ version: IstioVersion.V1_29 });
  const { spec } = older.artifact('istio-operator.yaml')[0];
  expect([spec.tag, spec.hub, spec.values.global.proxy.seccompProfile]).toEqual(['1.29.6', undefined, { type: 'RuntimeDefault' }]);
  expect(older.artifact('sail-istio.yaml').map((document) => document.spec.version)).toEqual(['v1.29.6', 'v1.29.6']);
});

test('a release whose istioctl refuses the seccomp profile of proxies does not get it', () => {
  const oldest = new Fixture({ version: IstioVersion.of('1.28.7') });
  expect(oldest.artifact('istio-operator.yaml')[0].spec.values.global.proxy).toEqual({ clusterDomain: 'cluster.local' });
});
