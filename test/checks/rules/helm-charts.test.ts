import { findingsOf, found, Input } from '../cases';

const GLOBAL = 'global: {spire: {trustDomain: shop.example, clusterName: eu}}\n';

/** Runs the rules about Helm over files. */
function told(files: Input): { message: string; at: string; rule: string }[] {
  return findingsOf(/^HELM-/, files).map(({ message, file, line, rule }) => ({ message, at: `${file}:${line}`, rule }));
}

function messages(values: string): string[] {
  return found(/^HELM-/, { 'values.yaml': `${GLOBAL}${values}\n` });
}

const SQL = (sql: string): string => `spire-server: {dataStore: {sql: {host: pg, username: a, databaseName: b, ${sql}}}}`;
const IDS = (kind: string, one: string, part = 'spire-server'): string => `${part}: {controllerManager: {identities: {${kind}: {vm: ${one}}}}}`;
const ENTRY = 'spiffeID: "spiffe://shop.example/vm", selectors: ["unix:uid:1"]';
const PARENT = 'parentID: "spiffe://shop.example/p"';

const PARTNER = 'clusterFederatedTrustDomains: {b: {trustDomain: b.example, bundleEndpointURL: "https://b.example", bundleEndpointProfile: {type: https_web}}}';

// wrong values, right twins, what is told
const TWINS: [string, string, string][] = [
  [SQL('databaseType: postgres, password: a, clientCertPath: /a'), SQL('databaseType: postgres, clientCertPath: /a'), 'password and clientCertPath exclude each other for postgres'],
  [SQL('databaseType: mysql, externalSecret: {enabled: true, name: a}'), SQL('databaseType: mysql, externalSecret: {enabled: true, name: a, key: b}'), 'externalSecret has no key'],
  [SQL('databaseType: sqlite3, rootCAPath: /a'), SQL('databaseType: mysql, rootCAPath: /a'), 'rootCAPath is for mysql and postgres, databaseType is sqlite3'],
  ['spire-server: {autoscaling: {enabled: true}}', 'spire-server: {autoscaling: {enabled: true, maxReplicas: 1}}', 'sqlite3 takes one replica only'],
  ['spire-server: {controllerManager: {staticManifestMode: "on"}}', 'spire-server: {controllerManager: {staticManifestMode: internal}}',
    'controllerManager.staticManifestMode on is none of off, internal, external'],
  ['spiffe-oidc-discovery-provider: {bundleSource: Secret}', 'spiffe-oidc-discovery-provider: {bundleSource: ConfigMap}', 'bundleSource Secret is none of CSI, ConfigMap'],
  ['spiffe-oidc-discovery-provider: {tls: {certManager: {enabled: true}}}', 'spiffe-oidc-discovery-provider: {tls: {spire: {enabled: false}, certManager: {enabled: true}}}',
    'only one of spire and certManager can be enabled'],
  [IDS('clusterSPIFFEIDs', '{podSelectors: {}}'), IDS('clusterSPIFFEIDs', '{podSelector: {}}'), 'podSelectors is no field of clusterSPIFFEIDs'],
  [IDS('clusterSPIFFEIDs', '{type: gateway}'), IDS('clusterSPIFFEIDs', '{type: raw}'), 'controllerManager.identities.clusterSPIFFEIDs.vm.type gateway is none of base, raw, spire-ha-agent, '
    + 'child-servers, oidc-discovery-provider, oidc-discovery-provider-common, spike-keeper, spike-nexus, spike-bootstrap, spike-pilot, spire-identity-exchange, test-keys'],
  [IDS('clusterStaticEntries', `{${ENTRY}}`), IDS('clusterStaticEntries', `{${ENTRY}, ${PARENT}}`), 'vm has no parentID'],
  [IDS('clusterFederatedTrustDomains', '{trustDomain: b.example, bundleEndpointURL: "https://b.example"}'),
    IDS('clusterFederatedTrustDomains', '{trustDomain: b.example, bundleEndpointURL: "${URL}", bundleEndpointProfile: {type: https_web}}'), 'vm has no bundleEndpointProfile'],
  [IDS('clusterSPIFFEIDs', '{federatesWith: [shop.example]}'), `spire-server: {controllerManager: {identities: {clusterSPIFFEIDs: {vm: {federatesWith: [b.example]}}, ${PARTNER}}}}`,
    'federatesWith has "shop.example", the own trust domain: agents that get the entry stop to sync'],
  ['spire-server: {controllerManager: {cacheNamespaces: {shop: {}}}}', 'spire-server: {controllerManager: {ignoreNamespaces: [shop]}}',
    'spire-server.controllerManager.cacheNamespaces is read by no template'],
  ['spire-server: {autoscaling: {enabled: true, scaleOnSPIREServerOnly: true, maxReplicas: 1}}', 'spire-server: {autoscaling: {enabled: true, maxReplicas: 1}}',
    'with scaleOnSPIREServerOnly the HorizontalPodAutoscaler is of type ContainerResource without containerResource, which Kubernetes refuses'],
  ['spire-agent: {agents: {gpu: {logLevel: debug}}}', 'spire-agent: {agents: {default: {logLevel: debug}, gpu: {trustBundleURL: "https://b"}}}',
    'agents "gpu" mount ConfigMap spire-bundle-gpu, which nothing publishes: give them trustBundleURL, or publish it'],
  ['spire-agent: {keyManager: {memory: {enabled: false}, disk: {enabled: true}}}', 'spire-agent: {keyManager: {memory: {enabled: false}, disk: {enabled: true, mode: emptyDir}}}',
    'keys on disk need persistence.type hostPath'],
  ['spire-server: {keyManager: {disk: {enabled: false}, awsKMS: {enabled: true, keyIdentifierValue: eu}}}',
    'spire-server: {keyManager: {disk: {enabled: false}, awsKMS: {enabled: true, keyIdentifierValue: {enabled: true, identifier: eu}}}}',
    'keyIdentifierValue takes enabled and identifier, not a text'],
  ['spire-agent: {sds: {defaultSvidName: a}}', 'spire-agent: {sds: {defaultSVIDName: a}}', 'spire-agent.sds.defaultSvidName was renamed'],
];

test.each(TWINS)('fails for %s', (wrong, _, message) => {
  expect(messages(wrong)).toEqual([message]);
});

test.each(TWINS)('not for the twin of %s', (_, right) => {
  expect(messages(right)).toEqual([]);
});

test('fails for an issuer without a scheme', () => {
  const values = (issuer: string): string[] => found(/^HELM-/, { 'values.yaml': `global: {spire: {trustDomain: a.example, jwtIssuer: "${issuer}"}}` });
  expect(values('oidc.a.example')).toEqual(['jwtIssuer "oidc.a.example" has no scheme, the OIDC discovery provider does not start']);
  expect(values('https://oidc.a.example')).toEqual([]);
  expect(values('{{ .issuer }}')).toEqual([]);
});

describe('the parts of spire-nested', () => {
  test.each([
    ['root-spire-server: {replicaCount: 3}', 'sqlite3 takes one replica only'],
    ['root-spire-server: {logLevel: LOUD}', 'logLevel "LOUD" is unknown'],
    ['root-spire-server: {controllerManager: {externalControllerManagers: {enabled: false}}}',
      'root-spire-server.controllerManager.externalControllerManagers is no value of the chart'],
    ['internal-spire-server: {upstreamAuthority: {vault: {enabled: true}}}', 'only one of spire and vault can be enabled'],
    ['internal-spire-server: {trustDomain: b.example}', 'internal-spire-server.trustDomain is read by no template'],
    ['internal-spire-server: {caTTL: 1h, defaultX509SvidTTL: 1h, defaultJwtSvidTTL: 5m}', 'defaultX509SvidTTL exceeds one sixth of caTTL'],
    ['root-spire-server: {logLevel: info}\nspire-server: {logLevel: info}', 'spire-server is no sub-chart of spire-nested'],
  ])('fails for %s', (values, message) => {
    expect(messages(values)).toEqual([message]);
  });

  test.each([
    'root-spire-server: {upstreamAuthority: {vault: {enabled: true}}}',
    'internal-spire-server: {upstreamAuthority: {spire: {enabled: false}, vault: {enabled: true}}}',
    'downstream-spiffe-csi-driver: {agentSocketPath: /run/a/b.sock}\ndownstream-spire-agent-full: {socketPath: /run/a/b.sock}',
    'external-spire-server: {notifier: {k8sBundle: {enabled: true}}}',
    'tags: {nestedRoot: true}\nroot-spire-server: {externalControllerManagers: {enabled: true}}\nspire-ha-agent: {enabled: true}',
  ])('not for %s', values => {
    expect(messages(values)).toEqual([]);
  });
});

const POSTGRES = 'spire-server: {dataStore: {sql: {databaseType: postgres}}}\n';
const ARGO = (helm: string, version = '0.30.0'): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: spire, namespace: argocd}
spec:
  sources:
  - chart: spire
    targetRevision: ${version}
    helm:
      ${helm}
`;
const FLUX = (more: string): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: spire, namespace: spire}
spec:
  chart: {spec: {chart: spire}}
  values: {spire-server: {replicaCount: 3}}
  ${more}
`;

describe('values in layers', () => {
  test.each([
    ['a file for all beside one for production', { 'values.yaml': GLOBAL + POSTGRES, 'values-prod.yaml': 'spire-server: {replicaCount: 3}' }],
    ['a file that Argo CD names', { 'a/app.yaml': ARGO('valueFiles: [$v/b/common.yaml]\n      valuesObject: {spire-server: {replicaCount: 3}}'), 'b/common.yaml': POSTGRES }],
    ['a file that is not to be seen', { 'app.yaml': ARGO('valueFiles: [c.yaml]\n      valuesObject: {spire-server: {replicaCount: 3}}') }],
    ['a ConfigMap of Flux that is not to be seen', { 'a.yaml': FLUX('valuesFrom: [{kind: ConfigMap, name: v}]') }],
    ['the socket of agents and driver in two files', { 'a.yaml': 'spire-agent: {socketPath: /a/b}', 'b.yaml': 'spiffe-csi-driver: {agentSocketPath: /a/b}' }],
    ['a partner in another file', {
      'a.yaml': `${GLOBAL}${IDS('clusterSPIFFEIDs', '{federatesWith: [b.example]}')}`,
      'b.yaml': IDS('clusterFederatedTrustDomains',
        '{trustDomain: b.example, bundleEndpointURL: "https://b", bundleEndpointProfile: {type: https_web}}'),
    }],
    ['parameters over values', { 'a.yaml': ARGO('valuesObject: {spire-server: {replicaCount: 3}}\n      parameters: [{name: spire-server.dataStore.sql.databaseType, value: postgres}]') }],
    ['templates of an ApplicationSet', {
      'a.yaml': ARGO('valuesObject: {global: {spire: {trustDomain: "{{.td}}"}}, spire-server: {caTTL: "{{.ttl}}", dataStore: {sql: {databaseType: "{{.db}}"}}, '
      + 'replicaCount: 3}}').replace('Application\n', 'ApplicationSet\n').replace('spec:\n', 'spec:\n  template:\n   spec:\n').replace(/^ {2}(- chart|sources| {2})/gm, '    $1'),
    }],
  ])('not with %s', (_, files) => {
    expect(told(files as Record<string, string>)).toEqual([]);
  });

  test('fails where both layers are wrong together, or one alone', () => {
    expect(told({ 'values.yaml': GLOBAL, 'values-prod.yaml': 'spire-server: {replicaCount: 3}' }).map(({ at }) => at)).toEqual(['values-prod.yaml:1']);
    expect(found(/^HELM-/, { 'a.yaml': FLUX('interval: 5m') })).toEqual(['sqlite3 takes one replica only']);
  });

  test('fails for parameters of Argo CD, at their line', () => {
    const params = (name: string, value: string): string => ARGO(`parameters:\n      - name: spire-server.replicaCount\n        value: "1"\n      - name: ${name}\n        value: ${value}`);
    expect(told({ 'a.yaml': params('spire-server.logLevel', 'loud') })).toEqual([{ message: 'logLevel "loud" is unknown', at: 'a.yaml:13', rule: 'HELM-VALUE' }]);
    expect(told({ 'a.yaml': params('spire-server.nodeAttestor.k8sPSAT.audience[0]', 'other') }).map(({ at }) => at)).toEqual(['a.yaml:13']);
    expect(told({ 'a.yaml': params('spire-server.logLevel', 'debug') })).toEqual([]);
  });
});

describe('values of other charts', () => {
  const OWN = `${GLOBAL}image: {tag: a}\nresources: {}\n`;

  test('that have global.spire are none of SPIRE\'s', () => {
    expect(told({ 'values.yaml': OWN })).toEqual([]);
    expect(told({ 'Chart.yaml': 'apiVersion: v2\nname: portal\nversion: 0.1.0', 'values.yaml': `${OWN}spire-agent: {socketPath: /a}\n`.replace('socketPath: /a', 'logLevel: info') })).toEqual([]);
  });

  test('fails for a misspelt part', () => {
    expect(messages('spire-agnet: {logLevel: info}')).toEqual(['spire-agnet is no sub-chart of spire']);
  });

  test('old charts have old names', () => {
    const old = 'valuesObject: {spire-server: {ca_subject: {country: DE}}, spiffe-oidc-discovery-provider: {config: {acme: {email: a}}}}';
    expect(told({ 'a.yaml': ARGO(old, '0.16.0') })).toEqual([]);
    expect(told({ 'a.yaml': ARGO(old, '0.30.0') }).map(({ rule }) => rule).sort()).toEqual(['HELM-RENAMED', 'HELM-UNKNOWN']);
    const files = (version: string): Record<string, string> => ({
      'c/Chart.yaml': `apiVersion: v2\nname: platform\nversion: 1.0.0\ndependencies: [{name: spire, version: ${version}}]`,
      'c/values.yaml': 'spire: {spire-server: {ca_subject: {country: DE}}}',
    });
    expect(told(files('0.20.1'))).toEqual([]);
    expect(told(files('~0.30.0')).map(({ rule }) => rule)).toEqual(['HELM-RENAMED']);
  });
});
