import { found, rulesIn, findingsOf } from '../cases';

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

describe('the Service of a gateway for other networks', () => {
  const gateway = (labels: string, port: number, more = ''): string => `apiVersion: v1
kind: Service
metadata: {name: east, namespace: istio-system, labels: {topology.istio.io/network: one${labels}}}
spec: {type: LoadBalancer, selector: {istio: east}, ports: [{name: tls, port: ${port}}]}
${more}`;
  const INGRESS = '---\napiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: web, namespace: a}\nspec: {selector: {istio: ingress}, servers: []}\n';

  test.each([
    ['is what the chart makes, whose Gateway comes later', gateway('', 15443)],
    ['has another port by its label', gateway(', networking.istio.io/gatewayPort: "443"', 443)],
    ['is for ambient clusters', gateway('', 15008, INGRESS)],
    ['is that of a waypoint', gateway(', gateway.istio.io/managed: istio.io-mesh-controller', 80, INGRESS)],
  ])('is right where it %s', (_, text) => {
    expect(found('FED-GATEWAY', text)).toEqual([]);
  });

  test.each([
    ['has none of the ports', gateway('', 443), 'has no port 15443'],
    ['has not the port of its label', gateway(', networking.istio.io/gatewayPort: "8443"', 443), 'has no port 8443'],
    ['has no Gateway among others', gateway('', 15443, INGRESS), 'no Gateway of its proxies'],
  ])('fails where it %s', (_, text, message) => {
    expect(found('FED-GATEWAY', text)).toEqual([expect.stringContaining(message)]);
  });
});

test('a ServiceEntry may lead a name of outside to a service inside', () => {
  const entry = (more: string): string => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: a, namespace: a}
spec: {hosts: [db.example.org], location: MESH_EXTERNAL, resolution: DNS, ports: [{number: 443, name: tls, protocol: TLS}], endpoints: [{address: proxy.a.svc.cluster.local${more}}]}
`;
  expect(found('MESH-SERVICE-ENTRY-LOCAL', entry(''))).toEqual([]);
  expect(found('MESH-SERVICE-ENTRY-LOCAL', entry(', network: far'))).toHaveLength(1);
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

test('a listener may leave to its filters who of the trust domain calls', () => {
  const listener = (filter: string): string => `static_resources:
  listeners:
  - name: a
    address: {socket_address: {address: 0.0.0.0, port_value: 8443}}
    filter_chains:
    - filters:
      - name: hcm
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          stat_prefix: a
          http_filters: [${filter}]
      transport_socket:
        name: tls
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
          common_tls_context:
            validation_context_sds_secret_config: {name: "spiffe://one.org"}
`;
  const rbac = '{name: rbac, typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC}}';
  expect(found('ENVOY-SAN', { 'envoy.yaml': listener(rbac) })).toEqual([]);
  expect(found('ENVOY-SAN', { 'envoy.yaml': listener('') })).toEqual(['DownstreamTlsContext has no SAN matcher']);
});

test('a Service may be for pods that another installation brings', () => {
  const text = (name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: adapter, namespace: monitoring}
spec: {selector: {matchLabels: {app: adapter}}, template: {metadata: {labels: {app: adapter}}, spec: {containers: [{name: a, image: "a:1"}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: monitoring}
spec: {selector: {app: ${name}}, ports: [{port: 80}]}
`;
  expect(found('OPS-SELECTS-NOTHING', text('gpu-exporter'))).toEqual([]);
  expect(found('OPS-SELECTS-NOTHING', text('adapter-v1'))).toHaveLength(1);
});

test('the templates of a chart are told of once, and are no errors', () => {
  const input = { 'chart/Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n', 'chart/templates/a.yaml': '{{ if .Values.a }}\na: b\n{{ end }}\n', 'chart/templates/b.yaml': '{{ toYaml . }}\n' };
  expect(findingsOf('INPUT-UNREADABLE', input)).toEqual([expect.objectContaining({ level: 'info', file: 'chart/Chart.yaml' })]);
  expect(findingsOf('INPUT-UNREADABLE', { 'a.yaml': input['chart/templates/a.yaml'] })).toEqual([expect.objectContaining({ level: 'error' })]);
});

test('a patch may be named in a list of files', () => {
  const patch = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {spec: {containers: [{name: a, image: "a:1"}]}}}\n';
  expect(rulesIn({ 'a/kustomization.yaml': 'resources: [all.yaml]\npatches: [patch.yaml]\n', 'a/patch.yaml': patch })).toEqual([]);
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

test('a pod may label itself, as the leader of a cluster of databases does', () => {
  const text = (selector: string): string => `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: vault, namespace: vault}
spec: {selector: {matchLabels: {app: vault}}, template: {metadata: {labels: {app: vault}}, spec: {containers: [{name: a, image: "a:1"}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: vault-active, namespace: vault}
spec: {selector: ${selector}, ports: [{port: 80}]}
`;
  expect(found('OPS-SELECTS-NOTHING', text('{app: vault, vault-active: "true"}'))).toEqual([]);
  expect(found('OPS-SELECTS-NOTHING', text('{app: vaults, vault-active: "true"}'))).toHaveLength(1);
  expect(found('OPS-SELECTS-NOTHING', text('{name: vault}'))).toHaveLength(1);
});

test('a configuration of another operator may have the kind of that of the controller manager', () => {
  const config = (apiVersion: string, more = ''): string => `apiVersion: ${apiVersion}\nkind: ControllerManagerConfig\nmetrics: {bindAddress: "127.0.0.1:8080"}\n${more}`;
  expect(found(/^SPIRE-MANAGER-/, config('controller-runtime.sigs.k8s.io/v1alpha1'))).toEqual([]);
  expect(found('SPIRE-MANAGER-VALUE', config('controller-runtime.sigs.k8s.io/v1alpha1', 'trustDomain: one.org\n'))).not.toEqual([]);
  expect(found('SPIRE-MANAGER-VALUE', config('spire.spiffe.io/v1alpha1'))).not.toEqual([]);
});

test('a program in Go is no policy of OPA', () => {
  const map = (text: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: a}\ndata:\n  main.go: |\n${text.replace(/^/gm, '    ')}\n`;
  expect(found('OPA-REGO-V0', map('package main\n\nfunc main() {\n}'))).toEqual([]);
  expect(found('OPA-REGO-V0', map('package main\n\nallow {\n  input.a\n}'))).toHaveLength(1);
});

describe('kustomize', () => {
  const deployment = (name: string, labels = ''): string => `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}, namespace: a}\nspec: {template: {metadata: {labels: {${labels}}}, spec: {containers: [{name: a, image: "a:1"}]}}}\n`;
  const policy = 'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: a, namespace: a}\nspec: {selector: {matchLabels: {app: web}}, rules: [{}]}\n';
  const told = (kustomization: string): string[] => found(/^(OPS-SELECTOR|MESH-AUTHZ-SELECTS-NOTHING)$/,
    { 'a/kustomization.yaml': `resources: [web.yaml, policy.yaml]\n${kustomization}`, 'a/web.yaml': deployment('web'), 'a/policy.yaml': policy });

  test.each(['commonLabels: {app: web}', 'labels: [{pairs: {app: web}, includeSelectors: true}]'])('gives labels to pods and to what selects them: %s', text => {
    expect(told(text)).toEqual([]);
  });

  test('fails where labels are for objects only', () => {
    expect(told('labels: [{pairs: {app: web}}]')).toEqual([expect.stringContaining('none of the 1 workloads'), 'there is no spec.selector']);
  });

  test('gives labels to the pods of jobs, and to Services', () => {
    const job = 'apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: job, namespace: a}\n'
      + 'spec: {schedule: "* * * * *", jobTemplate: {spec: {template: {spec: {containers: [{name: a, image: "a:1"}]}}}}}\n';
    const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: job, namespace: a}\nspec: {selector: {job: a}, ports: [{port: 80}]}\n';
    const files = (labels: string) => ({ 'a/kustomization.yaml': `resources: [job.yaml, service.yaml]\ncommonLabels: {${labels}}\n`, 'a/job.yaml': job, 'a/service.yaml': service });
    expect(found('OPS-SELECTS-NOTHING', files('job: a'))).toEqual([]);
    expect(found('OPS-SELECTS-NOTHING', files(''))).toHaveLength(1);
  });

  test('may give the namespace of a service account from a folder that is not here', () => {
    const binding = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: a}\nroleRef: {kind: ClusterRole, name: a}\nsubjects: [{kind: ServiceAccount, name: a}]\n';
    expect(found('OPS-ROLE-BINDING', { 'a/kustomization.yaml': 'resources: [binding.yaml]\n', 'a/binding.yaml': binding })).toEqual([]);
    expect(found('OPS-ROLE-BINDING', binding)).toHaveLength(1);
  });

  test('replaces a list where its patch says so', () => {
    const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: a}\nspec: {ports: [{port: 80}]}\n';
    const patches = 'patches: [{patch: "apiVersion: v1\\nkind: Service\\nmetadata: {name: a}\\nspec: {ports: [{$patch: replace}, {port: 81}]}"}]\n';
    expect(found('OPS-DUPLICATE-NAME', { 'a/kustomization.yaml': `resources: [a.yaml]\n${patches}`, 'a/a.yaml': service })).toEqual([]);
  });
});

test('an Envoy may read its authorities from a file, which are none of SPIRE', () => {
  const cluster = (source: string): string => `static_resources:
  clusters:
  - name: control-plane
    type: STRICT_DNS
    transport_socket:
      name: tls
      typed_config:
        "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
        common_tls_context:
          validation_context_sds_secret_config: {name: ca, sds_config: {resource_api_version: V3, ${source}}}
`;
  expect(found('ENVOY-SAN', { 'envoy.yaml': cluster('path_config_source: {path: /sds/ca.json}') })).toEqual([]);
  expect(found('ENVOY-SAN', { 'envoy.yaml': cluster('api_config_source: {api_type: GRPC, grpc_services: [{envoy_grpc: {cluster_name: spire_agent}}]}') })).toHaveLength(1);
});

test('a gateway with certificates of its own may take TLS in and send TLS out', () => {
  const tls = (type: string, text: string): string => `{name: tls, typed_config: {"@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.${type}, common_tls_context: {${text}}}}`;
  const envoy = (text: string): string => `static_resources:
  listeners:
  - address: {socket_address: {address: 0.0.0.0, port_value: 8443}}
    filter_chains:
    - filters:
      - name: hcm
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          route_config: {virtual_hosts: [{name: a, domains: ["*"], routes: [{match: {prefix: /}, route: {cluster: far}}]}]}
      transport_socket: ${tls('DownstreamTlsContext', text)}
  clusters: [{name: far, transport_socket: ${tls('UpstreamTlsContext', text)}}]
`;
  expect(found('ENVOY-MIXED-LISTENER', { 'envoy.yaml': envoy('tls_certificates: [{certificate_chain: {filename: /a}}]') })).toEqual([]);
  expect(found('ENVOY-MIXED-LISTENER', { 'envoy.yaml': envoy('tls_certificate_sds_secret_configs: [{name: "spiffe://one.org/a"}]') })).toEqual([
    'listener without a name takes TLS in and sends everything to far',
  ]);
});

test('the templates of a chart are not judged, whether they can be read or not', () => {
  const chart = { 'c/Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n' };
  const service = (name: string): string => `apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{name: "${name}", port: 80}, {name: "${name}", port: 81}]}\n`;
  expect(found('OPS-DUPLICATE-NAME', { ...chart, 'c/templates/a.yaml': service('{{ .Values.name }}') })).toEqual([]);
  expect(found('OPS-DUPLICATE-NAME', { ...chart, 'c/templates/a.yaml': service('web') })).toHaveLength(1);
  expect(findingsOf('INPUT-UNREADABLE', { ...chart, 'c/files/a.yaml': '{{ if .Values.a }}\na: b\n{{ end }}\n' })).toEqual([expect.objectContaining({ level: 'info' })]);
});

test('hidden files are those of other programs', () => {
  expect(found('INPUT-UNREADABLE', { '.github/workflows/build.yaml': 'a: [{\n  b: c\n}\n' })).toEqual([]);
  expect(found('INPUT-UNREADABLE', { 'a/../github/build.yaml': 'a: [{\n  b: c\n}\n' })).toHaveLength(1);
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

test('one DaemonSet in two files takes its ports once', () => {
  const agent = (name: string, more = ''): string => POD(name, `{hostNetwork: true, ${more}containers: [{name: a, image: "a:1", ports: [{containerPort: 9982}]}]}`);
  expect(found('OPS-HOST-PORT', agent('agent') + agent('agent'))).toEqual([]);
  expect(found('OPS-HOST-PORT', agent('agent') + agent('other', 'affinity: {nodeAffinity: {}}, '))).toEqual([]);
  expect(found('OPS-HOST-PORT', agent('agent') + agent('other'))).toHaveLength(1);
});

test('spiffe-helper may ask a pipe of Windows', () => {
  const helper = (address: string): Record<string, string> => ({ 'helper.conf': `agent_address = "${address}"\ncert_dir = "certs"\nsvid_file_name = "a"\nsvid_key_file_name = "b"\nsvid_bundle_file_name = "c"\n` });
  expect(found('SPIRE-HELPER', helper('spire-agent\\\\public\\\\api'))).toEqual([]);
  expect(found('SPIRE-HELPER', helper('spire-agent/api'))).toHaveLength(1);
});

describe('the inputs of a mesh of several clusters', () => {
  const operator = (name: string, network: string, cluster = ''): string => `apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: {name: ${name}}
spec: {values: {global: {meshID: mesh, network: ${network}${cluster && `, multiCluster: {clusterName: ${cluster}}`}}}}
`;
  const DIFFER = /^(FED-NETWORK|MESH-INPUTS-DIFFER)$/;

  test('may be files beside each other', () => {
    const files = { 'one.yaml': operator('a', 'n1', 'one'), 'two.yaml': operator('a', 'n2', 'two'), 'east-one.yaml': operator('east', 'n1'), 'east-two.yaml': operator('east', 'n2') };
    expect(found(DIFFER, files)).toEqual([]);
  });

  test('fail where they are for one', () => {
    expect(found(DIFFER, { 'one.yaml': operator('a', 'n1', 'one'), 'two.yaml': operator('b', 'n2', 'one') })).toHaveLength(2);
    expect(found(DIFFER, { 'one.yaml': operator('a', 'n1'), 'two.yaml': operator('b', 'n2') })).toHaveLength(2);
  });
});

test('JSON with agents further down is none of SPIRE', () => {
  expect(found(/^SPIRE-/, { 'report.json': '{"summary": {"agent": {"type": "file"}}, "text": "a trust_domain"}' })).toEqual([]);
  expect(found('SPIRE-REQUIRED-KEY', { 'report.json': '{"agent": {"trust_domain": "one.org"}}' })).not.toEqual([]);
});

test('the trust domain of a mesh may be filled in', () => {
  const operator = (name: string, trustDomain: string): string => `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: {name: ${name}}\nspec: {meshConfig: {trustDomain: ${trustDomain}}}\n`;
  const MESH = /^MESH-(TRUST-DOMAIN|INPUTS-DIFFER)$/;
  expect(found(MESH, { 'a.yaml': operator('a', '$CLUSTER'), 'b.yaml': operator('b', 'one.org') })).toEqual([]);
  expect(found(MESH, { 'a.yaml': operator('a', 'a_b'), 'b.yaml': operator('b', 'one.org') })).toHaveLength(2);
});

test('a relation may be a file without the identities that take it', () => {
  const relation = 'apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterFederatedTrustDomain\nmetadata: {name: a}\n'
    + 'spec: {trustDomain: two.org, bundleEndpointURL: "https://two.org", bundleEndpointProfile: {type: https_web}}\n---\n';
  const identity = 'apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterSPIFFEID\nmetadata: {name: a}\nspec: {spiffeIDTemplate: "spiffe://one.org/a"}\n';
  expect(found('FED-UNUSED', relation)).toEqual([]);
  expect(found('FED-UNUSED', relation + identity)).toHaveLength(1);
});

test('files beside each other may each have a Gateway of one name', () => {
  const file = (host: string, route = host): string => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: web, namespace: a}
spec: {selector: {istio: ingress}, servers: [{hosts: [${host}], port: {number: 80, name: http, protocol: HTTP}}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web, namespace: a}
spec: {hosts: [${route}], gateways: [web], http: [{route: [{destination: {host: web}}]}]}
`;
  expect(found('MESH-GATEWAY-ROUTE', { 'a/1.yaml': file('one.org'), 'a/2.yaml': file('two.org') })).toEqual([]);
  expect(found('MESH-GATEWAY-ROUTE', { 'a/1.yaml': file('one.org'), 'a/2.yaml': file('two.org', 'one.org') })).toHaveLength(1);
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

test('a listener at the edge may have a certificate by SDS, and want none of its callers', () => {
  const listener = (text: string): string => `static_resources:
  listeners:
  - name: edge
    address: {socket_address: {address: 0.0.0.0, port_value: 8443}}
    filter_chains:
    - transport_socket:
        name: tls
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
          common_tls_context: {tls_certificate_sds_secret_configs: [{name: edge, sds_config: {ads: {}}}]${text}}
`;
  expect(found('ENVOY-CLIENT-CERTIFICATE', { 'envoy.yaml': listener('') })).toEqual([]);
  expect(found('ENVOY-CLIENT-CERTIFICATE', { 'envoy.yaml': listener(', validation_context_sds_secret_config: {name: ca, sds_config: {ads: {}}}') })).toHaveLength(1);
});
