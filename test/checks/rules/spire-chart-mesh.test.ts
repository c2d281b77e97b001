import { fixture, found } from '../cases';

const VALUES = (rest = ''): string => `global: {spire: {trustDomain: example.org}}\n${rest}\n---\n`;
const MESH = (config = '', driver = 'csi.spiffe.io'): string => `apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: {name: istio, namespace: istio-system}
spec:
  meshConfig: {trustDomain: example.org${config}}
  values:
    sidecarInjectorWebhook:
      templates:
        spire: |
          spec:
            volumes:
            - name: workload-socket
              csi: {driver: ${driver}, readOnly: true}
---
`;
const NAMED = (name: string): string => `, defaultConfig: {proxyMetadata: {WORKLOAD_IDENTITY_SOCKET_FILE: ${name}}}`;
const POD = (file = 'socket', driver = 'csi.spiffe.io', namespace = 'shop'): string => `apiVersion: v1
kind: Pod
metadata:
  name: cart
  namespace: ${namespace}
  labels: {app: cart, sidecar.istio.io/inject: "true"}
  annotations: {inject.istio.io/templates: "sidecar,spire"}
spec:
  containers:
  - name: cart
    image: example.com/cart:1
    env: [{name: SPIFFE_ENDPOINT_SOCKET, value: "unix:///spiffe/${file}"}]
    volumeMounts: [{name: api, mountPath: /spiffe, readOnly: true}]
  volumes: [{name: api, csi: {driver: ${driver}, readOnly: true}}]
---
`;
const ID = (spec: string): string => `apiVersion: spire.spiffe.io/v1alpha1
kind: ClusterSPIFFEID
metadata: {name: batch}
spec: {spiffeIDTemplate: "spiffe://{{ .TrustDomain }}/batch", podSelector: {matchLabels: {app: batch}}, ${spec}}
---
`;
const REQUEST = (issuer: string): string => `apiVersion: security.istio.io/v1\nkind: RequestAuthentication\nmetadata: {name: a}\nspec: {jwtRules: [{issuer: "${issuer}"}]}\n---\n`;
const IDS = (identity: string): string => `clusterSPIFFEIDs: {default: ${identity}}`;
const SERVER = (identities: string, more = ''): string => `spire-server: {${more}controllerManager: {identities: {${identities}}}}`;
const PARTNER = 'clusterFederatedTrustDomains: {b: {trustDomain: b.org, bundleEndpointURL: "https://b.org", bundleEndpointProfile: {type: https_web}}}';
const CALLED = 'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: a, namespace: shop}\nspec: {rules: [{from: [{source: {principals: [b.org/ns/a/sa/b]}}]}]}\n---\n';
const TAKEN = IDS('{federatesWith: [b.org]}');
const ALL_BUNDLES = 'spire-agent: {sds: {enabled: true, defaultBundleName: "null", defaultAllBundlesName: ROOTCA}}';
const OPEN = ', caCertificates: [{trustDomains: [b.org]}]';

test.each([
  ['SPIRE-SOCKET-NAME', VALUES('spire-agent: {socketAlternate: {names: []}}') + MESH() + POD(), 'the agent makes "spire-agent.sock", proxies look for "socket"'],
  ['SPIRE-SOCKET-CLIENT', VALUES() + POD('agent.sock'), 'the agents make "spire-agent.sock", "socket", "api.sock"'],
  ['MESH-TEMPLATE-DRIVER', VALUES('spiffe-csi-driver: {pluginName: a.csi.spiffe.io}') + MESH(), 'template spire uses csi.spiffe.io, installed is a.csi.spiffe.io'],
  ['MESH-CSI-UNKNOWN-DRIVER', VALUES() + POD('socket', 'csi.spire.io'), 'driver csi.spire.io is not csi.spiffe.io'],
  ['SPIRE-CLASS-NAME', VALUES('spire-server: {controllerManager: {className: own}}') + ID('className: other'), 'className is "other", the controller managers have: own'],
  ['SPIRE-CLASS-NAME', VALUES() + ID('hint: a'), 'className is "", the controller managers have: <namespace>-<release>'],
  ['SPIRE-NO-IDENTITY', VALUES('spire-server: {controllerManager: {ignoreNamespaces: [shop]}}') + MESH() + POD(), 'no identity of the chart\'s values selects it'],
  ['SPIRE-NO-IDENTITY', VALUES(SERVER(IDS('{enabled: false}'))) + MESH() + POD() + ID('hint: a'), 'none of the 1 ClusterSPIFFEIDs selects it'],
  ['FED-SDS-NAMES', VALUES(SERVER(`${TAKEN}, ${PARTNER}`)) + MESH(OPEN), 'the chart leaves ROOTCA without the bundles of federated trust domains'],
  ['FED-NO-BUNDLE-ENDPOINT', VALUES(SERVER(`${TAKEN}, ${PARTNER}`)), 'the server federates, and federation.enabled is not true'],
  ['FED-UNUSED', VALUES(SERVER(PARTNER)), 'no identity has federatesWith: [b.org]'],
  ['FED-MESH-UNAWARE', VALUES(SERVER(`${TAKEN}, ${PARTNER}`)) + MESH(), 'no mesh lets "b.org" in'],
  ['FED-MESH-DOMAINS', VALUES(SERVER(`${TAKEN}, ${PARTNER}`)) + MESH() + CALLED, 'the federated trust domain "b.org" is not in meshConfig.caCertificates[].trustDomains'],
  ['FED-MESH-UNAWARE', VALUES(SERVER(PARTNER)) + MESH(), 'no mesh lets "b.org" in'],
  ['MESH-JWT-ISSUER', VALUES('spire-server: {jwtIssuer: "https://oidc.example.org"}') + REQUEST('https://oidc.example.org/'), 'is not "https://oidc.example.org"'],
])('fails %s beside values of SPIRE\'s chart', (rule, text, message) => {
  expect(found(rule, text)).toEqual([expect.stringContaining(message)]);
});

test('fails a mesh with another trust domain than a release without one has', () => {
  const release = 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: spire, namespace: a}\n'
    + 'spec: {chart: {spec: {chart: spire}}, values: {global: {spire: {clusterName: a}}}}\n---\n';
  expect(found('SPIRE-TRUST-DOMAINS-DIFFER', release + MESH())).toEqual([]);
  expect(found('SPIRE-TRUST-DOMAINS-DIFFER', release + MESH().replace('example.org', 'b.org'))).toHaveLength(1);
});

const FEDERATED = VALUES(`${SERVER(`${TAKEN}, ${PARTNER}`, 'federation: {enabled: true}, ')}\n${ALL_BUNDLES}`);

test.each([
  ['the chart\'s names', VALUES() + MESH() + POD()],
  ['a name that the chart links', VALUES() + MESH(NAMED('api.sock')) + POD('spire-agent.sock')],
  ['a name that is filled in', VALUES() + MESH(NAMED('"${SOCKET}"')) + POD()],
  ['an own driver', VALUES('spiffe-csi-driver: {pluginName: a.csi.spiffe.io}\nspiffe-oidc-discovery-provider: {csiDriverName: a.csi.spiffe.io}') + MESH('', 'a.csi.spiffe.io')],
  ['the driver of a SPIRE above', VALUES() + MESH() + POD('socket', 'upstream.csi.spiffe.io')],
  ['the driver of cert-manager', VALUES() + MESH() + POD('socket', 'spiffe.csi.cert-manager.io')],
  ['pods with the chart\'s identity beside others', VALUES() + MESH() + POD() + ID('className: spire-spire')],
  ['their issuer', VALUES('spire-server: {jwtIssuer: "https://oidc.example.org"}') + REQUEST('https://oidc.example.org')],
  ['federation', FEDERATED + MESH(OPEN) + POD()],
  ['another file of values', `${VALUES('spire-agent: {socketAlternate: {names: []}}')}spire-agent: {socketAlternate: {names: [socket]}}\n---\n${MESH()}${POD()}`],
  ['what is filled in', `global: {spire: {trustDomain: "\${DOMAIN}"}}\nspire-server: {caTTL: "\${TTL}"}\n---\n${MESH()}${POD()}`],
])('values of SPIRE\'s chart fit %s', (_, text) => {
  const rules = /^(MESH-JWT-ISSUER|SPIRE-(SOCKET|CLASS|NO-IDENTITY|TRUST)|FED-(SDS|NO-BUNDLE|UNUSED|MESH)|MESH-(TEMPLATE-DRIVER|CSI-UNKNOWN)|HELM)/;
  expect(found(rules, text)).toEqual([]);
});

test('values of both charts are compared where those of Istio name the socket', () => {
  const istiod = (metadata: string): string => `meshConfig: {trustDomain: example.org, defaultConfig: {proxyMetadata: {${metadata}}}}\n---\n`;
  const agents = VALUES('spire-agent: {socketAlternate: {names: []}}');
  expect(found('SPIRE-SOCKET-NAME', agents + istiod('WORKLOAD_IDENTITY_SOCKET_FILE: a.sock') + POD())).toHaveLength(1);
  expect(found('SPIRE-SOCKET-NAME', agents + istiod('WORKLOAD_IDENTITY_SOCKET_FILE: spire-agent.sock') + POD())).toEqual([]);
  expect(found('SPIRE-SOCKET-NAME', agents + istiod('A: b') + POD())).toEqual([]);
});

test('identities for namespaces that are not in the input may select a pod', () => {
  const values = VALUES(SERVER(IDS('{namespaceSelector: {matchLabels: {mesh: spire}}}')));
  const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n---\n';
  expect(found('SPIRE-NO-IDENTITY', values + MESH() + POD())).toEqual([]);
  expect(found('SPIRE-NO-IDENTITY', values + namespace + MESH() + POD())).toHaveLength(1);
});

test('a trust domain that objects define and identities of the values take is used', () => {
  const object = 'apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterFederatedTrustDomain\nmetadata: {name: b}\nspec: {trustDomain: b.org}\n---\n';
  expect(found('FED-UNUSED', VALUES(SERVER('')) + object)).toHaveLength(1);
  expect(found('FED-UNUSED', VALUES(SERVER(TAKEN)) + object)).toEqual([]);
});

test('the switches of the chart itself are no sub-charts', () => {
  expect(found('HELM-IGNORED', VALUES('upstream: {enabled: true}\ngatewayAPI: {gateway: {enabled: true}}'))).toEqual([]);
  expect(found('HELM-IGNORED', VALUES('upstreams: {enabled: true}'))).toEqual(['upstreams is no sub-chart of spire']);
});

test('names that values give to secrets are known', () => {
  const envoy = fixture('bootstrap.yaml').replace('name: ROOTCA', 'name: all');
  expect(found('ENVOY-SECRET-NAME', envoy)).toEqual(['SPIRE has no bundle "all", but "ROOTCA", "ALL"']);
  expect(found('ENVOY-SECRET-NAME', VALUES('spire-agent: {sds: {enabled: true, defaultAllBundlesName: all}}') + envoy)).toEqual([]);
});
