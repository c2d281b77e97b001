import { findingsOf, Input } from '../cases';

/** What one rule tells about files, and where. */
function told(rule: string, files: Input): string[] {
  return findingsOf(rule, files).map(({ message, file, line }) => `${file}:${line} ${message}`);
}

describe('sync waves', () => {
  const ID = (wave: string): string => `apiVersion: spire.spiffe.io/v1alpha1
kind: ClusterSPIFFEID
metadata:
  name: web
  annotations:
    argocd.argoproj.io/sync-wave: ${wave}
spec: {spiffeIDTemplate: "spiffe://a.example/web"}
`;
  const CRD = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: clusterspiffeids.spire.spiffe.io, annotations: {argocd.argoproj.io/sync-wave: "-10"}}
spec: {group: spire.spiffe.io, names: {kind: ClusterSPIFFEID, plural: clusterspiffeids}, scope: Cluster}
`;

  test('fails for one that is a mapping', () => {
    expect(told('OPS-SYNC-WAVE', ID('{value: "3"}'))).toEqual(['a.yaml:6 the sync wave is no text']);
    expect(told('OPS-SYNC-WAVE', ID('"3"'))).toEqual([]);
  });

  test('fails for an object before its definition; another folder may be of another Application', () => {
    expect(told('OPS-SYNC-WAVE', { 'p/crd.yaml': CRD, 'p/id.yaml': ID('"-12"') })).toEqual(['p/id.yaml:6 wave -12 is before that of the definition of ClusterSPIFFEID, -10']);
    expect(told('OPS-SYNC-WAVE', { 'p/crd.yaml': CRD, 'p/id.yaml': ID('"0"') })).toEqual([]);
    expect(told('OPS-SYNC-WAVE', { 'p/crd.yaml': CRD, 'q/id.yaml': ID('"-12"') })).toEqual([]);
  });
});

describe('health of a Kustomization', () => {
  const FLUX = (kind: string, current: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ids, namespace: flux-system}
spec:
  healthCheckExprs:
  - apiVersion: spire.spiffe.io/v1alpha1
    kind: ${kind}
    current: ${current}
`;

  test('fails for a status that never comes', () => {
    expect(told('OPS-FLUX-HEALTH', FLUX('ClusterStaticEntry', 'status.set == true'))).toEqual(['a.yaml:8 status.set of a ClusterStaticEntry is always false']);
    expect(told('OPS-FLUX-HEALTH', FLUX('ClusterFederatedTrustDomain', 'status.conditions.size() > 0'))).toEqual(['a.yaml:8 the status of a ClusterFederatedTrustDomain is always empty']);
  });

  test('not for one that does', () => {
    expect(told('OPS-FLUX-HEALTH', FLUX('ClusterStaticEntry', 'status.rendered'))).toEqual([]);
    expect(told('OPS-FLUX-HEALTH', FLUX('ClusterSPIFFEID', 'status.stats.entryFailures == 0'))).toEqual([]);
  });
});

describe('scripts', () => {
  const JOB = (image: string, line: string): string => `apiVersion: batch/v1
kind: CronJob
metadata: {name: backup, namespace: spire}
spec:
  schedule: "0 2 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          containers:
          - name: backup
            image: ${image}
            command:
            - /bin/sh
            - -ceu
            - |
              set -o pipefail
              ${line}
`;
  const EXEC = 'kubectl -n spire exec spire-server-0 -c spire-server --';

  test('fails at the line of the script', () => {
    expect(told('OPS-MISSING-TOOL', JOB('postgres:16', 'kubectl -n spire get pods'))).toEqual(['a.yaml:18 postgres:16 has no kubectl']);
    expect(told('OPS-KEYS-BACKUP', JOB('amazon/aws-cli:2', 'aws s3 cp /data/keys.json s3://b/'))).toEqual(["a.yaml:18 the archive holds the server's data directory with its keys"]);
    expect(told('OPS-SPIRE-COMMAND', JOB('bitnami/kubectl:1', `${EXEC} /opt/spire/bin/spire-server entry list`)))
      .toEqual(['a.yaml:18 spire-server entry has no list: count, create, update, delete, show']);
    expect(told('OPS-SPIRE-COMMAND', JOB('bitnami/kubectl:1', `${EXEC} \\\n                /opt/spire/bin/spire-server entry list`))).toHaveLength(1);
  });

  test('not for right ones', () => {
    expect(told('OPS-MISSING-TOOL', JOB('bitnami/kubectl:1', 'kubectl -n spire get pods'))).toEqual([]);
    expect(told('OPS-MISSING-TOOL', JOB('postgres:16', 'pg_dump -Fc spire # no kubectl - here'))).toEqual([]);
    expect(told('OPS-KEYS-BACKUP', JOB('amazon/aws-cli:2', 'aws s3 cp /data/datastore.sqlite3 s3://b/'))).toEqual([]);
    expect(told('OPS-SPIRE-COMMAND', JOB('bitnami/kubectl:1', `${EXEC} /opt/spire/bin/spire-server entry show`))).toEqual([]);
  });
});

describe('dashboards', () => {
  const MAP = (text: string): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: d, labels: {grafana_dashboard: "1"}}
data:
  a.json: |
    {
      "schemaVersion": 39,
      "panels": [${text}]
    }
`;
  const GRAFANA = (source: string): string => `apiVersion: grafana.integreatly.org/v1beta1\nkind: GrafanaDashboard\nmetadata: {name: d}\nspec:\n  instanceSelector: {}\n  ${source}\n`;

  test('fails at the line that is no JSON', () => {
    expect(told('OBS-DASHBOARD', MAP('1,'))).toEqual(['a.yaml:8 a.json is no JSON']);
    expect(told('OBS-DASHBOARD', MAP('1'))).toEqual([]);
  });

  test('fails for two sources', () => {
    expect(told('OBS-DASHBOARD', GRAFANA('url: "https://a"\n  configMapRef: {name: a, key: b}'))).toEqual(['a.yaml:7 url and configMapRef exclude each other']);
    expect(told('OBS-DASHBOARD', GRAFANA('url: "https://a"'))).toEqual([]);
  });
});

test('fails for metrics of the agent that tell nothing, in each form', () => {
  const RULE = (metric: string): string => `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: a}\nspec: {groups: [{name: a, rules: [{record: "a:b", expr: "sum(${metric})"}]}]}\n`;
  expect(told('OBS-METRIC', RULE('spire_agent_cache_manager_outdated_svids_count'))).toEqual(['a.yaml:4 there is no metric spire_agent_cache_manager_outdated_svids']);
  expect(told('OBS-METRIC', RULE('spire_agent_bootstrap_seconds'))).toEqual(['a.yaml:4 spire_agent_bootstrap_seconds is far below zero after a restart with saved keys']);
  expect(told('OBS-METRIC', RULE('spire_agent_cache_manager_expiring_svids_count'))).toEqual([]);
});

describe('the operator of OpenShift', () => {
  const OBJECT = (kind: string, spec: string): string => `apiVersion: operator.openshift.io/v1alpha1\nkind: ${kind}\nmetadata: {name: cluster}\nspec: ${spec}\n`;
  const ALL = (...objects: [kind: string, spec: string][]): string => objects.map(([kind, spec]) => OBJECT(kind, spec)).join('---\n');
  const MANAGER: [string, string] = ['ZeroTrustWorkloadIdentityManager', '{trustDomain: a.example, clusterName: a}'];
  const PARTNER = (domain: string, url = 'https://b.example'): string => `{federation: {federatesWith: [{trustDomain: ${domain}, bundleEndpointUrl: "${url}"}]}}`;
  const WEB = (web: string): string => `{federation: {bundleEndpoint: {profile: https_web, httpsWeb: ${web}}}}`;

  test.each([
    [ALL(['SpireServer', '{caValidity: 1h, defaultX509Validity: 2h}']), 'caValidity 1h is not longer than defaultX509Validity 2h'],
    [ALL(['SpireServer', '{caValidity: 30m}']), 'caValidity 30m is not longer than defaultX509Validity 1h'],
    [ALL(['SpireServer', '{persistence: {size: 500Mi}}']), 'size "500Mi" is no number of Gi, such as 1Gi'],
    [ALL(['SpireServer', '{keyManager: {memoryEnabled: "true"}}']), 'memoryEnabled has no effect: the server always keeps its keys on disk'],
    [ALL(MANAGER, ['SpireServer', PARTNER('a.example')]), 'federatesWith has "a.example", the own trust domain'],
    [ALL(MANAGER, ['SpireServer', PARTNER('b.example', 'http://b.example')]), 'bundleEndpointUrl "http://b.example" does not start with https://'],
    [ALL(['SpireServer', WEB('{acme: {tosAccepted: "false"}}')]), 'acme needs tosAccepted: "true"'],
    [ALL(['SpireServer', WEB('{acme: {tosAccepted: "true"}, servingCert: {externalSecretRef: a}}')]), 'httpsWeb has acme and servingCert: it takes one'],
    [ALL(['SpireOIDCDiscoveryProvider', '{replicaCount: 7}']), 'replicaCount 7 is not 1 to 5'],
    [ALL(['SpiffeCSIDriver', '{pluginName: a.b}'], ['SpireOIDCDiscoveryProvider', '{}']), 'csiDriverName is csi.spiffe.io, the SpiffeCSIDriver has pluginName a.b'],
  ])('fails for %s', (text, message) => {
    expect(told('SPIRE-OPENSHIFT', text).map(line => line.replace(/^\S+ /, ''))).toEqual([message]);
  });

  test.each([
    ALL(['SpireServer', '{caValidity: 24h, defaultX509Validity: 2h, persistence: {size: 5Gi}, keyManager: {diskEnabled: "true", memoryEnabled: "false"}}']),
    ALL(MANAGER, ['SpireServer', PARTNER('b.example')]),
    ALL(['SpireServer', WEB('{acme: {tosAccepted: "true"}}')]),
    ALL(['SpiffeCSIDriver', '{pluginName: a.b}'], ['SpireOIDCDiscoveryProvider', '{csiDriverName: a.b, replicaCount: 3}']),
  ])('not for %s', text => {
    expect(told('SPIRE-OPENSHIFT', text)).toEqual([]);
  });

  test('fails for lifetimes that are cut short', () => {
    const server = (spec: string): string[] => told('SPIRE-OPENSHIFT-TTL', OBJECT('SpireServer', spec));
    expect(server('{defaultX509Validity: 12h}')).toEqual(['a.yaml:4 defaultX509Validity 12h exceeds 4h, the most that fits caValidity 24h']);
    expect(server('{caValidity: 1h, defaultJWTValidity: 15m}')).toEqual(['a.yaml:4 defaultJWTValidity 15m exceeds 10m, the most that fits caValidity 1h']);
    expect(server('{caValidity: 1h, defaultJWTValidity: 10m}')).toEqual([]);
    expect(server('{caValidity: 1h, defaultJWTValidity: 2h}')).toEqual([]);
  });

  test('fails for objects of a class that its manager does not take', () => {
    const id = (name: string): string => `---\napiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterSPIFFEID\nmetadata: {name: a}\nspec: {className: ${name}, spiffeIDTemplate: "spiffe://a.example/a"}\n`;
    const own = 'zero-trust-workload-identity-manager-spire';
    expect(told('SPIRE-CLASS-NAME', OBJECT('SpireServer', '{}') + id('spire'))).toEqual([`a.yaml:9 className is "spire", the controller managers have: ${own}`]);
    expect(told('SPIRE-CLASS-NAME', OBJECT('SpireServer', '{}') + id(own))).toEqual([]);
  });
});

test.each([
  ['/tls', true, ['a.yaml:6 cert_dir is /tls: nothing is mounted there, and the root file system is read-only']],
  ['/tls', false, []],
  ['/certs', true, []],
  ['/certs/web', true, []],
])('spiffe-helper writes into %s, with a root that is read-only: %s', (folder, isReadOnly, expected) => {
  const text = `apiVersion: v1
kind: ConfigMap
metadata: {name: helper}
data:
  helper.conf: |
    cert_dir = "${folder}"
    agent_address = "/spiffe/socket"
    svid_file_name = "tls.crt"
    svid_key_file_name = "tls.key"
    svid_bundle_file_name = "ca.crt"
---
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - name: spiffe-helper
    image: ghcr.io/spiffe/spiffe-helper:0.11.0
    args: [-config, /conf/helper.conf]
    securityContext: {readOnlyRootFilesystem: ${isReadOnly}}
    volumeMounts: [{name: certs, mountPath: /certs}, {name: conf, mountPath: /conf}]
  volumes: [{name: certs, emptyDir: {}}, {name: conf, configMap: {name: helper}}]
`;
  expect(told('SPIRE-READ-ONLY', text)).toEqual(expected);
});

describe('Istio and Helm', () => {
  const ISTIOD = (config = ''): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: istiod, namespace: istio-system}
spec:
  chart: {spec: {chart: istiod}}
  values:
    meshConfig: {trustDomain: a.example${config}}
    sidecarInjectorWebhook: {templates: {spire: "spec: {}"}}
`;
  const GATEWAY = (templates: string): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: gateway, namespace: istio-ingress}
spec:
  chart: {spec: {chart: gateway}}
  values:
    podAnnotations: {inject.istio.io/templates: "${templates}"}
`;
  const ARGO = (templates: string): string => 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a}\nspec:\n  source:\n    chart: gateway\n    helm:\n      valuesObject:\n'
    + `        podAnnotations: {inject.istio.io/templates: "${templates}"}\n`;
  const SPIRE = (without: boolean): string => `global: {spire: {trustDomain: a.example}}\nspire-agent: {workloadAttestors: {k8s: {disableContainerSelectors: ${without}}}}\n`;
  const HOLD = ISTIOD(', defaultConfig: {holdApplicationUntilProxyStarts: true}');

  test('fails for a gateway that asks for a template that is not there', () => {
    expect(told('MESH-TEMPLATE-UNKNOWN', { 'a.yaml': ISTIOD(), 'b.yaml': GATEWAY('gateway,other') })).toEqual(['b.yaml:7 template "other" is not defined']);
    expect(told('MESH-TEMPLATE-UNKNOWN', { 'a.yaml': ISTIOD(), 'b.yaml': ARGO('gateway,other') })).toEqual(['b.yaml:9 template "other" is not defined']);
    expect(told('MESH-TEMPLATE-UNKNOWN', { 'a.yaml': ISTIOD(), 'b.yaml': GATEWAY('gateway,spire'), 'c.yaml': ARGO('gateway, spire') })).toEqual([]);
    expect(told('MESH-TEMPLATE-UNKNOWN', GATEWAY('gateway,other'))).toEqual([]);
  });

  test('fails for a proxy that holds the application, with agents of the chart', () => {
    expect(told('MESH-HOLD-APPLICATION', { 'a.yaml': HOLD, 'values.yaml': SPIRE(false) })).toEqual(['a.yaml:7 holdApplicationUntilProxyStarts, and the agents need container selectors']);
    expect(told('MESH-HOLD-APPLICATION', { 'a.yaml': HOLD, 'values.yaml': SPIRE(true) })).toEqual([]);
    expect(told('MESH-HOLD-APPLICATION', { 'a.yaml': ISTIOD(), 'values.yaml': SPIRE(false) })).toEqual([]);
  });

  test('fails for a volume in values of any chart that is not read-only', () => {
    const RUNNER = (csi: string): string => ISTIOD().replace('chart: istiod', 'chart: runners').replace(/ {4}meshConfig[^]*/, `    template: {spec: {volumes: [{name: s, csi: ${csi}}]}}\n`);
    expect(told('MESH-CSI-READ-ONLY', RUNNER('{driver: csi.spiffe.io}'))).toEqual(['a.yaml:7 volume s has no readOnly: true']);
    expect(told('MESH-CSI-READ-ONLY', RUNNER('{driver: csi.spiffe.io, readOnly: true}'))).toEqual([]);
    expect(told('MESH-CSI-READ-ONLY', RUNNER('{driver: other.example}'))).toEqual([]);
  });

  test('fails for the old repository of charts', () => {
    const REPO = (name: string): string => `apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata: {name: a}\nspec: {url: "https://spiffe.github.io/${name}/"}\n`;
    expect(told('HELM-OLD-IMAGE', REPO('helm-charts'))).toEqual(['a.yaml:4 https://spiffe.github.io/helm-charts/ is the old repository of the charts']);
    expect(told('HELM-OLD-IMAGE', REPO('helm-charts-hardened'))).toEqual([]);
    expect(told('HELM-OLD-IMAGE', ARGO('gateway').replace('    chart', '    repoURL: https://spiffe.github.io/helm-charts\n    chart'))).toHaveLength(1);
    expect(told('HELM-OLD-IMAGE', 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nhelmCharts: [{name: spire, repo: "https://spiffe.github.io/helm-charts/"}]')).toHaveLength(1);
  });
});

describe('names that kustomize changes', () => {
  const FILES = (kustomization: string, address = 'spire-server'): Record<string, string> => ({
    'base/kustomization.yaml': 'resources: [spire.yaml]\n',
    'base/spire.yaml': `apiVersion: v1
kind: Service
metadata: {name: spire-server, namespace: spire}
spec: {selector: {app: spire-server}, ports: [{port: 8081}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: spire-agent, namespace: spire}
data:
  agent.conf: |
    agent { trust_domain = "a.example" server_address = "${address}.spire" server_port = "8081" data_dir = "/run" trust_bundle_path = "/b" }
    plugins { NodeAttestor "join_token" { plugin_data {} } KeyManager "memory" { plugin_data {} } WorkloadAttestor "unix" { plugin_data {} } }
`,
    'prod/kustomization.yaml': `resources: [../base]\n${kustomization}`,
  });

  test('fails for a prefix on the Service that agents call', () => {
    expect(told('SPIRE-SERVER-ADDRESS', FILES('namePrefix: prod-\n'))).toEqual([
      'prod/kustomization.yaml:2 Service spire-server becomes prod-spire-server, and the agent calls spire-server.spire: kustomize does not look into configurations',
    ]);
    expect(told('SPIRE-SERVER-ADDRESS', FILES('nameSuffix: -a\n'))).toHaveLength(1);
  });

  test('not where the configuration has the new name', () => {
    expect(told('SPIRE-SERVER-ADDRESS', FILES('namePrefix: prod-\n', 'prod-spire-server'))).toEqual([]);
  });

  test('not without one, or where another kustomization has it', () => {
    expect(told('SPIRE-SERVER-ADDRESS', FILES('namespace: spire\n'))).toEqual([]);
    expect(told('SPIRE-SERVER-ADDRESS', { ...FILES(''), 'apps/kustomization.yaml': 'namePrefix: prod-\nresources: [a.yaml]\n' })).toEqual([]);
  });
});
