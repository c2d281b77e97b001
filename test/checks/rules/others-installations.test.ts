import { findingsOf, found } from '../cases';

const POD = (name: string, spec: string, labels = '{}'): string => `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: ${name}, namespace: spire}
spec:
  selector: {matchLabels: ${labels}}
  template:
    metadata: {labels: ${labels}}
    spec: ${spec}
---
`;

const DRIVER = (folder: string): string => `{name: driver, image: "ghcr.io/spiffe/spiffe-csi-driver:0.2.12", args: [-workload-api-socket-dir, /s], volumeMounts: [{name: ${folder}, mountPath: /s}]}`;

const CONFIG = (name: string, text: string): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}, namespace: spire}
data: {agent.conf: '${text}'}
---
`;

const AGENT = '{name: agent, image: "ghcr.io/spiffe/spire-agent:1.15.3", args: [-config, /c/agent.conf], volumeMounts: [{name: c, mountPath: /c}, {name: sockets, mountPath: /run/sockets}]}';

const AGENT_CONFIG = CONFIG('agent', 'agent { trust_domain = "one.org" socket_path = "/run/sockets/socket" }');

describe('the folder of the socket', () => {
  const pod = (containers: string, sockets: string): string => AGENT_CONFIG
    + POD('agent', `{containers: [${containers}], volumes: [{name: c, configMap: {name: agent}}, {name: sockets, ${sockets}}, {name: other, emptyDir: {}}]}`);

  test('may be an emptyDir that agent and driver share, until their pod is replaced', () => {
    const text = pod(`${AGENT}, ${DRIVER('sockets')}`, 'emptyDir: {}');
    expect(found(/^SPIRE-SOCKET-(FOLDER|EMPTY-DIR)$/, text)).toEqual(['volume sockets with the agent\'s socket is an emptyDir']);
  });

  test('fails where it is an emptyDir without the agent', () => {
    expect(found('SPIRE-SOCKET-FOLDER', pod(`${AGENT}, ${DRIVER('other')}`, 'emptyDir: {}'))).toHaveLength(1);
  });

  const agent = AGENT_CONFIG + POD('agent', `{containers: [${AGENT}], volumes: [{name: c, configMap: {name: agent}}, {name: sockets, hostPath: {path: /run/spire}}]}`);
  const driver = (name: string, path: string): string => POD(name, `{containers: [${DRIVER('s')}], volumes: [{name: s, hostPath: {path: ${path}}}]}`);

  test('may be another one for a second driver, whose agent is elsewhere', () => {
    expect(found('SPIRE-SOCKET-FOLDER', agent + driver('ours', '/run/spire') + driver('upstream', '/run/upstream'))).toEqual([]);
  });

  test('fails where no driver hands out that of the agent', () => {
    expect(found('SPIRE-SOCKET-FOLDER', agent + driver('ours', '/run/upstream'))).toHaveLength(1);
  });
});

test('programs that are called after those of SPIRE are others', () => {
  const others = ['spiffe-csi-driver-example-workload:example', 'ghcr.io/spiffe/spire-controller-manager-dynamic-registration/spire-controller-manager-dynamic-registration-agent:0.1.0'];
  const text = POD('a', `{containers: [${others.map((image, i) => `{name: c${i}, image: "${image}", securityContext: {readOnlyRootFilesystem: true}}`).join(', ')}]}`);
  expect(found(/^SPIRE-/, text)).toEqual([]);
});

describe('controller managers of servers of their own', () => {
  const manager = (name: string): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}-manager, namespace: spire}
data:
  manager.yaml: |
    apiVersion: spire.spiffe.io/v1alpha1
    kind: ControllerManagerConfig
    clusterName: prod
    trustDomain: one.org
    entryIDPrefix: prod
    spireServerSocketPath: /run/api.sock
---
`;
  const server = (name: string, managers: string[]): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}, namespace: spire}
data: {server.conf: 'server { trust_domain = "one.org" socket_path = "/run/api.sock" }'}
---
${managers.map(manager).join('')}apiVersion: apps/v1
kind: StatefulSet
metadata: {name: ${name}, namespace: spire}
spec:
  template:
    spec:
      containers:
      - {name: server, image: "ghcr.io/spiffe/spire-server:1.15.3", args: [-config, /c/server.conf], volumeMounts: [{name: c, mountPath: /c}]}
      volumes: [{name: c, configMap: {name: ${name}}}, ${managers.map(one => `{name: ${one}, configMap: {name: ${one}-manager}}`).join(', ')}]
---
`;
  const FIGHT = 'SPIRE-MANAGERS-FIGHT';

  test('may have one prefix and one path of the socket, beside a server with several managers', () => {
    const child = manager('child').replace('clusterName: prod', 'clusterName: child');
    expect(found(FIGHT, server('root', ['root']) + server('internal', ['internal']) + child)).toEqual([]);
  });

  test('fail beside one server', () => {
    expect(found(FIGHT, server('root', ['root', 'second']))).toHaveLength(1);
  });
});

describe('a file of SPIRE', () => {
  const server = (datastore: string, more = ''): string => `server {
  trust_domain = "one.org"
  data_dir = "/data"
  ${more}
}
plugins {
  DataStore "sql" { plugin_data { database_type = "sqlite3" connection_string = "${datastore}" } }
  KeyManager "memory" { plugin_data {} }
}
`;

  test('may be for Windows', () => {
    expect(found(/^SPIRE-(VALUE|PLUGIN-DATA)$/, { 'server.conf': server('c:/spire/db.sqlite3', 'experimental { named_pipe_name = "spire" }') })).toEqual([]);
  });

  test('may ask for an authority by a pipe of Windows', () => {
    const nested = server('/data/db').replace('KeyManager', 'UpstreamAuthority "spire" { plugin_data { server_address = "root" server_port = "8081" experimental { workload_api_named_pipe_name = "api" } } }\n  KeyManager');
    expect(found('SPIRE-PLUGIN-DATA', { 'server.conf': nested })).toEqual([]);
    expect(found('SPIRE-PLUGIN-DATA', { 'server.conf': nested.replace('experimental { workload_api_named_pipe_name = "api" }', '') })).toHaveLength(1);
  });

  test('fails where it is for Windows, and a pod mounts it', () => {
    const text = `${CONFIG('agent', 'agent { trust_domain = "one.org" experimental { named_pipe_name = "spire" } }')}${POD('agent', `{containers: [${AGENT}], volumes: [{name: c, configMap: {name: agent}}]}`)}`;
    expect(found('SPIRE-VALUE', text)).toEqual(['named_pipe_name works on Windows only']);
  });

  test('tells of all its variables at once', () => {
    const text = server('/data/db', 'bind_port = "${PORT}"\n  log_level = "${LEVEL}"');
    expect(findingsOf('SPIRE-EXPAND-ENV-UNSEEN', { 'server.conf': text })).toEqual([
      expect.objectContaining({ message: 'only a program that runs with -expandEnv replaces ${PORT}, ${LEVEL}', line: 4 }),
    ]);
  });

  test('may have its keys in memory below another authority', () => {
    const below = server('/data/db').replace('KeyManager', 'UpstreamAuthority "disk" { plugin_data { cert_file_path = "/a" key_file_path = "/b" } }\n  KeyManager');
    expect(found('SPIRE-MEMORY-KEYS', { 'server.conf': below })).toEqual([]);
    expect(found('SPIRE-MEMORY-KEYS', { 'server.conf': server('/data/db') })).toHaveLength(1);
  });

  test('is looked at where the folders beside it are several clusters', () => {
    const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: a}\n';
    expect(found('SPIRE-MEMORY-KEYS', { 'x/one/a.yaml': map, 'x/two/a.yaml': map, 'x/host/server.conf': server('/data/db') })).toHaveLength(1);
  });
});

test('an agent may call a server that is installed by itself', () => {
  const service = (name: string): string => `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: spire}\nspec: {ports: [{port: 443}]}\n---\n`;
  const agent = CONFIG('agent', 'agent { trust_domain = "one.org" server_address = "spire-server.spire" server_port = 443 }');
  expect(found('SPIRE-SERVER-ADDRESS', agent + service('oidc'))).toEqual([]);
  expect(found('SPIRE-SERVER-ADDRESS', agent + service('spire-a-server'))).toHaveLength(1);
});

test('a CSIDriver need not say that its volumes are not attached: those of pods never are', () => {
  const driver = (spec: string): string => `apiVersion: storage.k8s.io/v1\nkind: CSIDriver\nmetadata: {name: spiffe.csi.cert-manager.io}\nspec: {${spec}}\n`;
  expect(found('MESH-CSI-DRIVER', driver('podInfoOnMount: true, volumeLifecycleModes: [Ephemeral]'))).toEqual([]);
  expect(found('MESH-CSI-DRIVER', driver('volumeLifecycleModes: [Ephemeral]'))).toHaveLength(1);
});

test('a CSI driver of others has its own socket below the folder of the kubelet', () => {
  const pod = (path: string): string => POD('a', `{containers: [{name: a, image: "a:1"}], volumes: [{name: a, hostPath: {path: ${path}}}]}`);
  expect(found('MESH-HOST-PATH-SOCKET', pod('/var/lib/kubelet/plugins/cert-manager-csi-driver-spiffe'))).toEqual([]);
  expect(found('MESH-HOST-PATH-SOCKET', pod('/run/spire/agent-sockets'))).toHaveLength(1);
});

test('an agent that is a file of its own may be anywhere', () => {
  const files = (address: string): Record<string, string> => ({
    'agent.conf': `agent {\n  trust_domain = "one.org"\n  server_address = "${address}"\n  server_port = 8081\n}\nplugins {}\n`,
    'server.yaml': `apiVersion: v1\nkind: Service\nmetadata: {name: spire-server, namespace: spire}\nspec: {selector: {app: server}, ports: [{port: 8081}]}\n---
${CONFIG('server', 'x').replace(/agent.conf: 'x'/, 'server.conf: \'server { trust_domain = "one.org" data_dir = "/data" }\'')}${POD('server', '{containers: [{name: a, image: "ghcr.io/spiffe/spire-server:1.15.3", args: [-config, /c/server.conf], volumeMounts: [{name: c, mountPath: /c}]}], volumes: [{name: c, configMap: {name: server}}]}', '{app: server}')}`,
  });
  expect(found('SPIRE-SERVER-ADDRESS', files('spire-server'))).toEqual([]);
  expect(found('SPIRE-SERVER-ADDRESS', files('server.spire'))).toHaveLength(1);
});

test('spiffe-helper may ask a pipe of Windows', () => {
  const helper = (address: string): Record<string, string> => ({ 'helper.conf': `agent_address = "${address}"\ncert_dir = "certs"\nsvid_file_name = "a"\nsvid_key_file_name = "b"\nsvid_bundle_file_name = "c"\n` });
  expect(found('SPIRE-HELPER', helper('spire-agent\\\\public\\\\api'))).toEqual([]);
  expect(found('SPIRE-HELPER', helper('spire-agent/api'))).toHaveLength(1);
});

test('a relation may be a file without the identities that take it', () => {
  const relation = 'apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterFederatedTrustDomain\nmetadata: {name: a}\n'
    + 'spec: {trustDomain: two.org, bundleEndpointURL: "https://two.org", bundleEndpointProfile: {type: https_web}}\n---\n';
  const identity = 'apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterSPIFFEID\nmetadata: {name: a}\nspec: {spiffeIDTemplate: "spiffe://one.org/a"}\n';
  expect(found('FED-UNUSED', relation)).toEqual([]);
  expect(found('FED-UNUSED', relation + identity)).toHaveLength(1);
});

test('folders with identities and with pods may be parts of one cluster', () => {
  const identity = (name: string, app: string): string => `apiVersion: spire.spiffe.io/v1alpha1
kind: ClusterSPIFFEID
metadata: {name: ${name}}
spec: {spiffeIDTemplate: "spiffe://one.org/a", podSelector: {matchLabels: {app: ${app}}}, namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: spire}}}
`;
  const pods = POD('web', '{containers: [{name: a, image: "a:1"}], volumes: [{name: s, csi: {driver: csi.spiffe.io, readOnly: true}}]}', '{app: web}');
  const files = (app: string): Record<string, string> => ({ 'deploy/spire/ids.yaml': identity('web', app), 'deploy/apps/ids.yaml': identity('web', 'other'), 'deploy/apps/web.yaml': pods, 'deploy/spire/other.yaml': POD('a', '{}', '{app: a}') });
  const RULES = /^SPIRE-(CLIENT-NO-IDENTITY|ID-SELECTS-NOTHING)$/;
  expect(found(RULES, files('web'))).toEqual([expect.stringContaining('none of the 1 workloads')]);
  expect(found(RULES, files('wbe'))).toHaveLength(3);
});

test('an old controller manager needs no rights to what it does not know', () => {
  const manager = (version: string): string => `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: manager}
rules:
- {apiGroups: [""], resources: [pods, nodes, namespaces, endpoints], verbs: [list]}
- {apiGroups: [spire.spiffe.io], resources: [clusterspiffeids, clusterfederatedtrustdomains], verbs: [list]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: manager}
roleRef: {kind: ClusterRole, name: manager}
subjects: [{kind: ServiceAccount, name: manager, namespace: spire}]
---
${POD('manager', `{serviceAccountName: manager, containers: [{name: a, image: "ghcr.io/spiffe/spire-controller-manager:${version}"}]}`)}`;
  expect(found('SPIRE-RBAC', manager('0.2.3'))).toEqual([]);
  expect(found('SPIRE-RBAC', manager('0.6.6'))).toEqual(['service account manager may not list clusterstaticentries']);
});
