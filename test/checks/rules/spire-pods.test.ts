import { SPIRE_RULES } from '../../../src/checks/rules/spire';
import { check, fixture, found } from '../cases';
import { AGENT, DRIVER, REGISTRAR } from '../fixtures/pods';

const F = 'spire.yaml';
const READY = 'readinessProbe: {httpGet: {path: /ready, port: 8080}}';
const ARGS = 'args: [-config, /run/spire/config/server.conf]';
const AGENT_ARGS = 'args: [-config, /run/spire/config/agent.conf]';
const VOLUMES = '      volumes: [{name: sockets, hostPath: {path: /run/spire/agent-sockets}}]';
const spire = fixture(F);

test.each([
  ['the socket of the configuration', '[/opt/spire/bin/spire-server, healthcheck, -socketPath, /run/spire/sockets/api.sock]'],
  ['with two dashes', '[/opt/spire/bin/spire-server, healthcheck, --socketPath=/run/spire/sockets/api.sock]'],
  ['another command of SPIRE', '[/opt/spire/bin/spire-server, bundle, show]'],
  ['a program of another image', '[/bin/true]'],
])('a probe with %s is right', (_, command) => {
  const text = fixture(F).replace(READY, `livenessProbe: {exec: {command: ${command}}}`);
  expect(found(/^SPIRE-PROBE/, text)).toEqual([]);
});

test('a CSI driver that hands on its mounts is right', () => {
  expect(found('SPIRE-CSI-MOUNT', DRIVER('true', 'Bidirectional'))).toEqual([]);
});

test.each([
  ['with an unknown flag', ARGS, 'args: [-config, /run/spire/config/server.conf, -dataDirectory, /x]', 'spire-server run has no flag -dataDirectory'],
  ['with flag and value in one item', ARGS, 'args: ["-config /run/spire/config/server.conf"]', 'spire-server run has no flag -config /run/spire/config/server.conf'],
  ['with the flag of an agent', ARGS, 'args: [-joinToken, a]', 'spire-server run has no flag -joinToken'],
  ['with something between the flags', AGENT_ARGS, 'args: [-expandEnv, "true", -config, /run/spire/config/agent.conf]', 'what follows "true" is not read as flags'],
  ['with its own command', AGENT_ARGS, 'command: [/opt/spire/bin/spire-agent, run]\n        args: [-verbose]', 'spire-agent run has no flag -verbose'],
])('fails at arguments %s', (_, from, to, message) => {
  expect(found('SPIRE-ARGS', spire.replace(from, to))).toEqual([message]);
});

test.each([
  ['two dashes', ARGS, 'args: [--config=/run/spire/config/server.conf, --expandEnv]'],
  ['a shell', ARGS, 'command: [sh, -c]\n        args: [run-server --fast]'],
  ['a value that begins with a dash', AGENT_ARGS, 'args: [-trustDomain, -x, -config, /a]'],
])('arguments with %s are right', (_, from, to) => {
  expect(found('SPIRE-ARGS', spire.replace(from, to))).toEqual([]);
});

describe('a variable in the arguments', () => {
  const text = (value: string): string => spire.replace(AGENT_ARGS, `args: [-config, /run/spire/config/agent.conf, -trustDomain, $(DOMAIN)]\n        env: [{name: DOMAIN, value: ${value}}]`)
    .replace('        env: [{name: MY_NODE_NAME, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}]\n', '');

  test('is read', () => {
    expect(found('SPIRE-TRUST-DOMAINS-DIFFER', text('example.org'))).toEqual([]);
  });

  test('fails with another trust domain', () => {
    expect(found('SPIRE-TRUST-DOMAINS-DIFFER', text('example.com'))).toEqual(['the agent has the trust domain "example.com", the SPIRE server "example.org"']);
  });
});

test('a registrar with the path of the node is right', () => {
  const text = spire.replace(VOLUMES, REGISTRAR).replace('mountPath: /agent-sockets}]', 'mountPath: /agent-sockets}, {name: csi, mountPath: /spiffe-csi}]');
  expect(found('SPIRE-CSI-REGISTRATION', text)).toHaveLength(1);
  expect(found('SPIRE-CSI-REGISTRATION', text.replace('plugins/spiffe/csi.sock', 'plugins/csi.spiffe.io/csi.sock'))).toEqual([]);
});

test('agents on nodes of their own may have the same socket', () => {
  const text = `${spire}---\n${AGENT}\n`;
  expect(found('SPIRE-AGENTS-COLLIDE', text)).toEqual(['the agents spire-agent and gpu both make /run/spire/agent-sockets/socket of the node']);
  expect(found('SPIRE-AGENTS-COLLIDE', text.replace('spec: {containers: [{name: a', 'spec: {nodeSelector: {gpu: "true"}, containers: [{name: a'))).toEqual([]);
});

test('a port of another address is free', () => {
  const text = spire.replace('bind_address = "0.0.0.0"', 'bind_address = "10.0.0.1"').replace('host = "0.0.0.0"\n      port = 9988', 'host = "127.0.0.1"\n      port = 8080');
  expect(found('SPIRE-PORT-TWICE', text)).toEqual([]);
  expect(found('SPIRE-PORT-TWICE', text.replace('"127.0.0.1"', '"0.0.0.0"'))).toEqual(['Prometheus and health_checks listen on port 8080']);
});

test('an agent may have a join token for a server without the plugin', () => {
  const text = spire.replace('NodeAttestor "k8s_psat" { plugin_data {\n        cluster = "demo"\n        token_path = "/run/spire/token/spire-agent"', 'NodeAttestor "join_token" { plugin_data {');
  expect(found('SPIRE-ATTESTOR', text)).toEqual([]);
});

test('an agent with several attestors, which SPIRE refuses, is not compared with the server', () => {
  const text = spire.replace('NodeAttestor "k8s_psat" { plugin_data {\n        cluster =', 'NodeAttestor "aws_iid" {}\n      NodeAttestor "x509pop" { plugin_data {\n        cluster =');
  expect(text).not.toBe(spire);
  expect([found('SPIRE-ATTESTOR', text), found('SPIRE-NO-REATTEST', text)]).toEqual([[], []]);
});

test('the status of kinds that the manager does not look after is not written', () => {
  const mounted = '- {name: config, configMap: {name: spire-server}}\n      - {name: manager, configMap: {name: spire-controller-manager}}';
  const text = spire.replace('verbs: [update]', 'verbs: [get]').replace('- {name: config, configMap: {name: spire-server}}', mounted);
  const some = text.replace('kind: ControllerManagerConfig\n', 'kind: ControllerManagerConfig\n    reconcile: {clusterSPIFFEIDs: true}\n');
  expect(some).not.toBe(text);
  expect(found('SPIRE-RBAC-STATUS', some)).toEqual([expect.stringMatching(/may not update clusterspiffeids\/status$/)]);
});

test('values of a chart are no configuration of the controller manager', () => {
  const values = 'clusterName: demo\ntrustDomain: example.org\nkind: statefulset\nreplicaCount: 1\n';
  expect(['SPIRE-MANAGER-VALUE', 'SPIRE-MANAGER-CONFIG'].flatMap(rule => found(rule, `${spire}---\n${values}`))).toEqual([]);
});

describe('the account of the agent', () => {
  const unbound = spire.replace('subjects: [{kind: ServiceAccount, name: spire-agent, namespace: spire-system}]', 'subjects: []');

  test('fails where it is in the input and has no role', () => {
    const account = '---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: spire-agent, namespace: spire-system}\n';
    expect(found('SPIRE-RBAC', `${unbound}${account}`)).toEqual(['service account spire-agent has no role: it may not get nodes/proxy']);
  });

  test('may have its roles elsewhere', () => {
    expect(found('SPIRE-RBAC', unbound)).toEqual([]);
  });
});

test.each([
  ['a helper', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: h, namespace: shop}\n'
    + 'data: {helper.conf: "agent_address = \\"/spiffe/FILE\\"\\nsvid_file_name = \\"a\\"\\nsvid_key_file_name = \\"b\\"\\nsvid_bundle_file_name = \\"c\\""}', 'spiffe-helper:0.11.0'],
  ['an Envoy', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: h, namespace: shop}\ndata:\n  envoy.yaml: |\n    static_resources: {clusters: [{name: agent, '
    + 'load_assignment: {endpoints: [{lb_endpoints: [{endpoint: {address: {pipe: {path: /spiffe/FILE}}}}]}]}}]}', 'envoy:v1.36.0'],
])('%s fails with the name of another socket', (_, config, image) => {
  const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: h, namespace: shop}\nspec: {containers: [{name: h, image: "a/${image}", volumeMounts: [{name: c, mountPath: /etc/h}, `
    + '{name: s, mountPath: /spiffe}]}], volumes: [{name: c, configMap: {name: h}}, {name: s, csi: {driver: csi.spiffe.io, readOnly: true}}]}';
  const text = (file: string): string => `${spire}---\n${config.replace('FILE', file)}\n---\n${pod}\n`;
  expect(found('SPIRE-SOCKET-CLIENT', text('agent.sock'))).toEqual([expect.stringContaining('the agents make "socket"')]);
  expect(found('SPIRE-SOCKET-CLIENT', text('socket'))).toEqual([]);
});

test('a helper\'s configuration that no container reads is no client', () => {
  const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: h, namespace: shop}\n'
    + 'data: {helper.conf: "agent_address = \\"/spiffe/socket\\"\\nsvid_file_name = \\"a\\"\\nsvid_key_file_name = \\"b\\"\\nsvid_bundle_file_name = \\"c\\""}';
  const pod = (subPath: string): string => '---\napiVersion: v1\nkind: Pod\nmetadata: {name: h, namespace: shop}\nspec: {containers: [{name: h, image: "a/b:1", volumeMounts: ['
    + `{name: c, mountPath: /etc/h, subPath: ${subPath}}]}], volumes: [{name: c, configMap: {name: h}}]}\n`;
  expect(found('SPIRE-SOCKET-CLIENT', `${spire}---\n${config}\n${pod('other.conf')}`)).toEqual([]);
  expect(found('SPIRE-SOCKET-CLIENT', `${spire}---\n${config}\n${pod('helper.conf')}`)).toEqual([expect.stringContaining('nothing is mounted there')]);
});

test('selectors without a colon fail also where they come from names alone', () => {
  const selector = (text: string): string => spire.replace('"k8s:ns:{{ .PodMeta.Namespace }}"', `"${text}"`);
  expect(found('SPIRE-ID-TEMPLATE', selector('{{ .PodMeta.Name }}'))).toHaveLength(1);
  expect(found('SPIRE-ID-TEMPLATE', selector('{{ .PodMeta.Annotations.selector }}'))).toEqual([]);
});

test('a configuration of the controller manager fails with another kind', () => {
  expect(found('SPIRE-MANAGER-VALUE', spire.replace('kind: ControllerManagerConfig', 'kind: ManagerConfig'))).toEqual(['kind "ManagerConfig" is not registered: write ControllerManagerConfig']);
});

describe('MySQL with a password out of the environment', () => {
  const text = (options: string): string => spire.replace('database_type = "sqlite3"', 'database_type = "mysql"')
    .replace('"/run/spire/data/datastore.sqlite3"', `"spire:$PASSWORD@tcp(db:3306)/spire${options}"`).replace(ARGS, 'args: [-expandEnv, -config, /run/spire/config/server.conf]');

  test('fails without parseTime', () => {
    expect(found('SPIRE-PLUGIN-DATA', text('?tls=true'))).toEqual(['DataStore "sql": connection_string lacks parseTime=true']);
  });

  test('is right with it, or where the options are not known', () => {
    expect(found('SPIRE-PLUGIN-DATA', text('?parseTime=true'))).toEqual([]);
    expect(found('SPIRE-PLUGIN-DATA', text('?$OPTIONS').replace('args: [-expandEnv', 'envFrom: [{secretRef: {name: db}}]\n        args: [-expandEnv'))).toEqual([]);
  });
});

test.each([
  ['the token for Vault', 'UpstreamAuthority "vault" { plugin_data {\n        vault_addr = "https://v"\n        k8s_auth {\n          k8s_auth_role_name = "a"\n          token_path = "PATH"\n        }\n      } }',
    'token_path is PATH, and nothing is mounted there'],
  ['the CA of a database', 'DataStore "sql" { plugin_data {\n        database_type = "postgres"\n        connection_string = "host=db sslmode=verify-full sslrootcert=PATH"\n      } }',
    'connection_string names PATH, and nothing is mounted there'],
])('%s fails where nothing is mounted', (_, plugin, message) => {
  const text = (path: string): string => spire.replace(/DataStore "sql" [^]*?\} \}\n/, old => `${plugin.startsWith('DataStore') ? '' : old}      ${plugin.replace('PATH', path)}\n`);
  expect(found('SPIRE-FILE-MISSING', text('/etc/other/file'))).toEqual([message.replace('PATH', '/etc/other/file')]);
  expect(found('SPIRE-FILE-MISSING', text('/run/spire/data/file'))).toEqual([]);
});

test('a manager that wants to lead fails without its right to leases', () => {
  const text = spire.replace('entryIDPrefix: demo', 'entryIDPrefix: demo\n    leaderElection: {leaderElect: true, resourceName: lead}')
    .replace(/- \{name: sockets, mountPath: \/run\/spire\/sockets\}\n      volumes:/, '- {name: sockets, mountPath: /run/spire/sockets}\n      volumes:\n      - {name: manager, configMap: {name: spire-controller-manager}}');
  const rule = '- {apiGroups: [coordination.k8s.io], resources: [leases], verbs: [get, create, update]}\n';
  const leases = (manifests: string): string[] => found('SPIRE-RBAC', manifests).filter(message => message.includes('leases'));
  expect(leases(text)).toEqual(['get', 'create', 'update'].map(verb => `service account spire-server may not ${verb} leases in spire-server`));
  expect(leases(text.replace('- {apiGroups: [authentication.k8s.io]', `${rule}- {apiGroups: [authentication.k8s.io]`))).toEqual([]);
});

describe('a pod of a mesh whose template has another name', () => {
  const mesh = (labels: string): string => '---\napiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: a}\nspec:\n  values:\n    sidecarInjectorWebhook:\n      templates:\n        corp: |\n'
    + `${labels}          spec: {volumes: [{name: workload-socket, csi: {driver: csi.spiffe.io, readOnly: true}}]}\n`;
  const text = (labels: string): string => spire.replace(/apiVersion: spire.spiffe.io\/v1alpha1\nkind: ClusterStaticEntry[^]*?---\n/, '')
    .replace('labels: {app: web, identity: spire}', 'labels: {app: web}, annotations: {inject.istio.io/templates: "sidecar,corp"}') + mesh(labels);

  test('fails without an identity', () => {
    expect(found('SPIRE-NO-IDENTITY', text(''))).toEqual(['none of the 1 ClusterSPIFFEIDs selects it']);
  });

  test('may have its label from the template', () => {
    expect(found('SPIRE-NO-IDENTITY', text('          metadata: {labels: {identity: spire}}\n'))).toEqual([]);
  });
});

describe('resources of OpenShift\'s operator', () => {
  const of = (kind: string, spec: string, name = 'cluster'): string => `---\napiVersion: operator.openshift.io/v1alpha1\nkind: ${kind}\nmetadata: {name: ${name}}\nspec: ${spec}\n`;

  test.each([
    ['another name', of('SpireServer', '{}', 'spire'), 'SpireServer is called spire, not cluster'],
    ['an underscore', of('ZeroTrustWorkloadIdentityManager', '{trustDomain: a_b}'), 'trustDomain "a_b" is not valid: has an underscore, which the operator does not take'],
    ['two issuers', of('SpireServer', '{jwtIssuer: "https://a"}') + of('SpireOIDCDiscoveryProvider', '{jwtIssuer: "https://b"}'), 'jwtIssuer is "https://b", the SpireServer has "https://a"'],
    ['two sockets', of('SpireAgent', '{socketPath: /run/a}') + of('SpiffeCSIDriver', '{}'), 'socketPath is /run/a, the SpiffeCSIDriver has agentSocketPath /run/spire/agent-sockets'],
  ])('fail with %s', (_, text, message) => {
    expect(found('SPIRE-OPENSHIFT', text)).toEqual([message]);
  });

  test('are right where they agree', () => {
    expect(found('SPIRE-OPENSHIFT', of('ZeroTrustWorkloadIdentityManager', '{trustDomain: example.org}') + of('SpireServer', '{jwtIssuer: "https://a"}') + of('SpireOIDCDiscoveryProvider', '{jwtIssuer: "https://a"}')
      + of('SpireAgent', '{}') + of('SpiffeCSIDriver', '{agentSocketPath: /run/spire/agent-sockets}'))).toEqual([]);
  });

  test.each([
    ['the operator', of('ZeroTrustWorkloadIdentityManager', '{trustDomain: example.org}')],
    ['Helm values', '---\nglobal: {spire: {trustDomain: example.org}}\nspire-server: {}\n'],
  ])('a mesh fails with another trust domain than %s', (_, text) => {
    const mesh = (name: string): string => `apiVersion: sailoperator.io/v1\nkind: Istio\nmetadata: {name: a}\nspec: {values: {meshConfig: {trustDomain: ${name}}}}\n`;
    expect(found('SPIRE-TRUST-DOMAINS-DIFFER', `${mesh('example.com')}${text}`)).toEqual(['the mesh has the trust domain "example.com", the SPIRE server "example.org"']);
    expect(found('SPIRE-TRUST-DOMAINS-DIFFER', `${mesh('example.org')}${text}`)).toEqual([]);
  });
});

test('a connection string without a password is right', () => {
  expect(check('apiVersion: operator.openshift.io/v1alpha1\nkind: SpireServer\nmetadata: {name: cluster}\nspec: {datastore: {databaseType: sqlite3, connectionString: /run/spire/data/datastore.sqlite3}}', SPIRE_RULES)).toEqual([]);
});
