import { changed, fixture, found } from '../cases';
import { ingress } from '../fixtures/oidc';
import { DRIVER } from '../fixtures/pods';

const spire = fixture('spire.yaml');

describe('a configuration in a Secret that is projected', () => {
  const [config] = /kind: ConfigMap\nmetadata: \{name: spire-server, [^]*?\n---\n/.exec(spire)!;
  const secret = config.replace('ConfigMap', 'Secret').replace('\ndata:', '\nstringData:');
  const projected = (text: string): string => changed(text, ['{name: config, configMap: {name: spire-server}}', '{name: config, projected: {sources: [{secret: {name: spire-server}}]}}'], [config, secret]);

  test('is that of the pod', () => {
    expect(found(/^SPIRE-/, projected(spire))).toEqual([]);
    expect(found('SPIRE-TRUST-DOMAINS-DIFFER', projected(changed(spire, ['-config, /run/spire/config/server.conf', '-trustDomain, b.test, -config, /run/spire/config/server.conf'])))).toHaveLength(3);
  });

  test('is not in a ConfigMap of its name', () => {
    expect(found('SPIRE-EXPAND-ENV-UNSEEN', projected(spire).replace('secret: {name: spire-server}', 'configMap: {name: spire-server}').replace('trust_domain = "example.org"', 'trust_domain = "${DOMAIN}"'))).toHaveLength(1);
  });
});

test('fails where a Role gives what is in no namespace', () => {
  const text = spire.replace('kind: ClusterRole\nmetadata: {name: spire-server}', 'kind: Role\nmetadata: {name: spire-server, namespace: spire-server}')
    .replace('kind: ClusterRoleBinding\nmetadata: {name: spire-server}\nroleRef: {kind: ClusterRole', 'kind: RoleBinding\nmetadata: {name: spire-server, namespace: spire-server}\nroleRef: {kind: Role');
  expect(found('SPIRE-RBAC', text)).toEqual(expect.arrayContaining(['service account spire-server may not create tokenreviews', 'service account spire-server may not list clusterspiffeids']));
  expect(found('SPIRE-RBAC', text)).not.toContain('service account spire-server may not get pods');
});

describe('a ClusterSPIFFEID', () => {
  const id = (selector: string): string => `apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterSPIFFEID\nmetadata: {name: web}\nspec: {spiffeIDTemplate: "spiffe://a.test/web", podSelector: {${selector}}}\n`;

  test.each([
    'matchLabels: {app: web}, matchExpressions: [{key: app, operator: NotIn, values: [web, shop]}]',
    'matchLabels: {app: web}, matchExpressions: [{key: app, operator: DoesNotExist}]',
    'matchLabels: {app: web}, matchExpressions: [{key: app, operator: In, values: [shop]}]',
    'matchExpressions: [{key: app, operator: Exists}, {key: app, operator: DoesNotExist}]',
  ])('fails with what excludes itself: %s', selector => {
    expect(found('SPIRE-ID-SELECTS-NOTHING', id(selector))).toEqual(['podSelector wants two things of label app that exclude each other']);
  });

  test.each([
    'matchLabels: {app: web}, matchExpressions: [{key: app, operator: In, values: [web, shop]}]',
    'matchLabels: {app: web}, matchExpressions: [{key: tier, operator: NotIn, values: [web]}]',
    'matchExpressions: [{key: app, operator: In, values: [web, shop]}, {key: app, operator: NotIn, values: [shop]}]',
    'matchExpressions: [{key: app, operator: NotIn, values: [web]}, {key: app, operator: DoesNotExist}]',
  ])('is right with %s', selector => {
    expect(found('SPIRE-ID-SELECTS-NOTHING', id(selector))).toEqual([]);
  });
});

describe('an OIDC discovery provider', () => {
  const text = (source: string): string => changed(ingress('oidc.example.org'), ['workload_api { socket_path = "/s/socket" trust_domain = "example.org" }', `server_api {\n      address = "${source}"\n    }`]);

  test('fails without a server at its socket', () => {
    expect(found('SPIRE-SOCKET-CLIENT', text('unix:///run/spire/api.sock'))).toEqual(['server_api is /run/spire/api.sock: nothing is mounted there']);
    const mounted = changed(text('unix:///run/spire/api.sock'), ['mountPath: /c}]', 'mountPath: /c}, {name: s, mountPath: /run/spire}]'], ['volumes: [', 'volumes: [{name: s, emptyDir: {}}, ']);
    expect(found('SPIRE-SOCKET-CLIENT', mounted)).toEqual(['server_api is /run/spire/api.sock: no server is in the pod']);
    expect(found('SPIRE-SOCKET-CLIENT', mounted.replace('emptyDir: {}', 'hostPath: {path: /run/spire}'))).toEqual([]);
  });

  test('fails behind a Service for another port', () => {
    expect(found('SPIRE-OIDC-PORT', ingress('oidc.example.org'))).toEqual([]);
    expect(found('SPIRE-OIDC-PORT', ingress('oidc.example.org').replace('targetPort: 8080', 'targetPort: 8081'))).toEqual(['port 80 leads to port 8081 of the pods, where the provider listens on 8080']);
  });
});

test('fails with one join token for all nodes', () => {
  const text = changed(spire, ['sds {\n', 'join_token = "b3f7c0aa"\n      sds {\n'], [/NodeAttestor "k8s_psat" \{ plugin_data \{\n\s+cluster = "demo"\n.*\n\s+\} \}/, 'NodeAttestor "join_token" {}']);
  expect(found('SPIRE-NO-REATTEST', text)).toContain('all nodes have one join_token, which is good for one agent');
});

test('fails with files that PostgreSQL takes out of its connection string only', () => {
  const text = (type: string): string => changed(spire, [/"sqlite3"\n.*\n/, `"${type}"\n        connection_string = "host=db dbname=spire"\n        client_cert_path = "/run/spire/data/tls.crt"\n`]);
  expect(found('SPIRE-VALUE-IGNORED', text('postgres'))).toEqual(['DataStore "sql": client_cert_path is for mysql, and ignored with postgres']);
});

describe('values of the chart', () => {
  const helm = (values: string): string[] => found(/^(HELM|SPIRE-MANAGER)-/, { 'values.yaml': `global: {spire: {trustDomain: shop.example, clusterName: eu}}\n${values}\n` });

  test.each([
    ['spire-server: {fullnameOverride: identity}', 'fullnameOverride is identity, agents call <release>-server: set spire-agent.server.address'],
    ['spire-server: {controllerManager: {identities: {clusterStaticEntries: {vm: {spiffeID: "spiffe://b.example/vm", parentID: "spiffe://shop.example/a", selectors: ["a:b"]}}}}}',
      'spiffeID "spiffe://b.example/vm" is not in the trust domain "shop.example"'],
    ['spire-server: {controllerManager: {identities: {clusterStaticEntries: {vm: {spiffeID: "spiffe://shop.example/vm/", parentID: "spiffe://shop.example/a", selectors: ["a:b"]}}}}}',
      'spiffeID "spiffe://shop.example/vm/": path cannot have a trailing slash'],
    ['spire-server: {controllerManager: {identities: {clusterStaticEntries: {vm: {spiffeID: "spiffe://shop.example/vm", parentID: "spiffe://shop.example/a", selectors: "a:b"}}}}}', 'selectors of vm is no list'],
    ['spire-agent: {trustBundleFormat: pem}', 'agents read pem, the bundle is published as spiffe'],
    ['spire-server: {controllerManager: {ignoreNamespaces: [".*"]}}', 'ignoreNamespaces has ".*", which is every namespace: no ClusterSPIFFEID makes an entry'],
    ['spire-server: {image: {tag: 1.13.3}}\nspire-agent: {image: {tag: 1.15.3}}', 'the server is 1.13.3, the agents are 1.15.3: an agent must not be newer than its server'],
  ])('fail: %s', (values, message) => {
    expect(helm(values)).toEqual([message]);
  });

  test.each([
    'spire-server: {nodeAttestor: {k8sPSAT: {serviceAccountAllowList: [spire-agent]}}}',
    'spire-server: {fullnameOverride: spire-server}',
    'spire-server: {fullnameOverride: identity}\nspire-agent: {server: {address: identity.spire-server}}',
    'spire-agent: {trustBundleFormat: pem, trustBundleURL: "https://b.example"}',
    'spire-server: {controllerManager: {ignoreNamespaces: ["kube-.*", "^$"]}}',
    'spire-server: {image: {tag: 1.15.3}}\nspire-agent: {image: {tag: 1.14.5}}',
    'spire-server: {image: {tag: 1.14.5}}',
  ])('may be %s', values => {
    expect(helm(values)).toEqual([]);
  });
});

test('fails with values right below global, unless they are where they belong as well', () => {
  const helm = (spireValues: string): string[] => found('HELM-IGNORED', { 'values.yaml': `global: {trustDomain: a.example, spire: {clusterName: eu${spireValues}}}\nspire-server: {replicaCount: 1}\n` });
  expect(helm('')).toEqual(['global.trustDomain is read by no template']);
  expect(helm(', trustDomain: a.example')).toEqual([]);
});

test('fails with a controller manager that ignores every namespace', () => {
  const manager = (pattern: string): string => `apiVersion: spire.spiffe.io/v1alpha1\nkind: ControllerManagerConfig\nclusterName: a\ntrustDomain: a.test\nignoreNamespaces: ["kube-system", "${pattern}"]\n`;
  expect(found('SPIRE-MANAGER-IGNORED', manager('.'))).toEqual(['ignoreNamespaces has ".", which is every namespace: no ClusterSPIFFEID makes an entry']);
  expect(found('SPIRE-MANAGER-IGNORED', manager('^spire-.*$'))).toEqual([]);
});

describe('a pod that names its socket itself', () => {
  const mesh = 'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec:\n  meshConfig: {trustDomain: example.org, defaultConfig: {proxyMetadata: {WORKLOAD_IDENTITY_SOCKET_FILE: agent.sock}}}\n'
    + '  values: {sidecarInjectorWebhook: {templates: {spire: "spec: {volumes: [{name: workload-socket, csi: {driver: csi.spiffe.io, readOnly: true}}]}"}}}\n---\n';
  const pod = (file: string): string => 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  namespace: shop\n  labels: {sidecar.istio.io/inject: "true"}\n  annotations:\n    inject.istio.io/templates: sidecar,spire\n'
    + `    proxy.istio.io/config: '{"proxyMetadata": {"WORKLOAD_IDENTITY_SOCKET_FILE": "${file}"}}'\nspec: {containers: [{name: a, image: "a:1"}]}\n`;
  const text = (file: string): string => `${changed(spire, ['agent-sockets/socket"', 'agent-sockets/agent.sock"'])}---\n${mesh}${pod(file)}`;

  test('fails where it is not that of the mesh and the agents', () => {
    expect(found('SPIRE-SOCKET-NAME', text('sds.sock'))).toEqual(['its proxy looks for "sds.sock", the agents make "agent.sock"']);
    expect(found('SPIRE-SOCKET-NAME', text('agent.sock'))).toEqual([]);
  });
});

test('fails with two relations, one in the server and one as object, that differ', () => {
  const text = (url: string): string => changed(spire, ['federation {\n', `federation {\n        federates_with "partner.org" {\n          bundle_endpoint_url = "${url}"\n          bundle_endpoint_profile "https_spiffe" {\n`
    + '            endpoint_spiffe_id = "spiffe://partner.org/spire/server"\n          }\n        }\n']);
  expect(found('FED-TWICE', text('https://other.partner.org'))).toEqual(['the server\'s own federates_with is with "partner.org" as well, in another way: that counts']);
  expect(found('FED-TWICE', text('https://spire.partner.org/'))).toEqual([]);
});

describe('a pod of SPIRE', () => {
  test('fails where the items of its volume leave out the configuration', () => {
    const items = (path: string): string => changed(spire, ['{name: config, configMap: {name: spire-server}}', `{name: config, projected: {sources: [{configMap: {name: spire-server, items: [{key: server.conf, path: ${path}}]}}]}}`]);
    expect(found('SPIRE-CONFIG-PATH', items('server.conf'))).toEqual([]);
    expect(found('SPIRE-CONFIG-PATH', items('spire.conf'))).toEqual(['-config is /run/spire/config/server.conf, and the items of volume config have another path']);
  });

  test('fails with a Secret in place of the ConfigMap of the bundle', () => {
    const text = changed(spire, ['{name: bundle, configMap: {name: spire-bundle}}', '{name: bundle, secret: {secretName: spire-bundle}}']);
    expect(found('SPIRE-BUNDLE-NAME', text)).toEqual(['the bundle is mounted out of Secret spire-bundle, and published into a ConfigMap of that name']);
    expect(found('SPIRE-BUNDLE-NAME', text.replace('secretName: spire-bundle', 'secretName: root'))).toEqual([]);
  });

  test('fails without the rights of UpstreamAuthority "cert-manager"', () => {
    const text = changed(spire, ['KeyManager "disk" { plugin_data {', 'UpstreamAuthority "cert-manager" { plugin_data {\n        namespace = "spire-system"\n        issuer_name = "root"\n        issuer_kind = "Issuer"\n'
      + '        issuer_group = "cert-manager.io"\n      } }\n      KeyManager "disk" { plugin_data {']);
    expect(found('SPIRE-RBAC', text)).toEqual(['create', 'get'].map(verb => `service account spire-server may not ${verb} certificaterequests in spire-system`));
    const rule = '{apiGroups: [cert-manager.io], resources: [certificaterequests], verbs: [create, get]}';
    expect(found('SPIRE-RBAC', changed(text, ['resourceNames: [spire-bundle]}', `resourceNames: [spire-bundle]}\n- ${rule}`]))).toEqual([]);
  });
});

test('fails with fields that a csi volume of a pod does not have', () => {
  const pod = (more: string): string => `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: "a:1"}], volumes: [{name: s, csi: {driver: csi.spiffe.io, readOnly: true${more}}}]}\n`;
  expect(found('OPS-VOLUME-SOURCE', pod(', volumeHandle: x'))).toEqual(['csi of volume s has no field volumeHandle']);
  expect(found('OPS-VOLUME-SOURCE', pod(', volumeAttributes: {a: b}'))).toEqual([]);
});

describe('what two have, and each needs for itself', () => {
  const kms = (value: string): string => changed(spire, [/KeyManager "disk" \{ plugin_data \{\n.*\n/, `KeyManager "aws_kms" { plugin_data {\n        region = "eu-central-1"\n        ${value}\n`], ['replicas: 1', 'replicas: 2']);

  test('fails with one identifier for the keys of all servers', () => {
    expect(found('SPIRE-SHARED-KEYS', kms('key_identifier_value = "eu"'))).toEqual(['2 replicas have the key_identifier_value "eu"']);
    expect(found('SPIRE-SHARED-KEYS', kms('key_identifier_value = "eu"').replace('replicas: 2', 'replicas: 1'))).toEqual([]);
    expect(found('SPIRE-SHARED-KEYS', kms('key_identifier_value = "${POD_NAME}"').replace('args: [-config', 'args: [-expandEnv, -config'))).toHaveLength(0);
    expect(found('SPIRE-SHARED-KEYS', kms('key_identifier_file = "/run/spire/data/id"'))).toEqual([]);
  });

  test('fails with Notifier and BundlePublisher for one key', () => {
    const text = (key: string): string => changed(spire, ['BundlePublisher "k8s_configmap"', `Notifier "k8sbundle" { plugin_data {\n        namespace = "spire-system"\n        config_map_key = "${key}"\n      } }\n      BundlePublisher "k8s_configmap"`]);
    expect(found('SPIRE-BUNDLE-OWNED', text('bundle.pem'))).toEqual(['Notifier "k8sbundle" and BundlePublisher "k8s_configmap" both write spire-system/spire-bundle/bundle.pem']);
    expect(found('SPIRE-BUNDLE-OWNED', text('bundle.crt'))).toEqual([]);
  });

  test('fails with health checks on the port of the OIDC discovery provider', () => {
    const text = (port: number): string => changed(ingress('oidc.example.org'), ['insecure_addr = ":8080"', `insecure_addr = ":8080"\n    health_checks { bind_port = ${port} }`]);
    expect(found('SPIRE-PORT-TWICE', text(8080))).toEqual(['health_checks and the provider listen on port 8080']);
    expect(found('SPIRE-PORT-TWICE', text(8008))).toEqual([]);
  });
});

test('fails with a CSI driver that nothing registers', () => {
  const driver = changed(DRIVER('true', 'Bidirectional'), ['volumeMounts: [', 'volumeMounts: [{name: own, mountPath: /spiffe-csi}, '], ['volumes: [', 'volumes: [{name: own, hostPath: {path: /var/lib/kubelet/plugins/csi.spiffe.io}}, ']);
  expect(found('SPIRE-CSI-REGISTRATION', driver)).toEqual(['nothing registers the driver at the kubelet']);
  expect(found('SPIRE-CSI-REGISTRATION', changed(driver, ['  volumes:', '  - {name: other, image: "registrar:1"}\n  volumes:']))).toEqual([]);
});

test('fails with a volume of the driver of a SPIRE above that is not read-only', () => {
  const pod = (more: string): string => `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: "a:1"}], volumes: [{name: up, csi: {driver: upstream.csi.spiffe.io${more}}}]}\n`;
  expect(found('MESH-CSI-READ-ONLY', pod(''))).toEqual(['volume up has no readOnly: true']);
  expect(found('MESH-CSI-READ-ONLY', pod(', readOnly: true'))).toEqual([]);
});

test.each(['SpireServer', 'SpireOIDCDiscoveryProvider'])('fails with a %s whose issuer is no URL', kind => {
  const object = (issuer: string): string => `apiVersion: operator.openshift.io/v1alpha1\nkind: ${kind}\nmetadata: {name: cluster}\nspec: {jwtIssuer: "${issuer}"}\n`;
  expect(found('SPIRE-OPENSHIFT', object('oidc.example.org'))).toEqual(['jwtIssuer "oidc.example.org" is no URL of http or https']);
  expect(found('SPIRE-OPENSHIFT', object('https://oidc.example.org'))).toEqual([]);
});
