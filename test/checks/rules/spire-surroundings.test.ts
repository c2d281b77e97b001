import { changed, fixture, found } from '../cases';
import { helperPod } from '../fixtures/helper-pod';
import { certificate } from '../fixtures/oidc';

const spire = fixture('spire.yaml');
const ARGS = 'args: [-config, /run/spire/config/server.conf]';
const SOURCES = (data: string): string => `---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: spire-server}\ndata: {${data}}\n`;
const expanded = (domain: string, data: string): string => changed(spire, ['trust_domain = "example.org"', `trust_domain = "${domain}"`],
  [ARGS, 'args: [-expandEnv, -config, /run/spire/config/server.conf]\n        envFrom: [{configMapRef: {name: settings}}]']) + SOURCES(data);

describe('variables out of a ConfigMap', () => {
  test('are read', () => {
    expect(found(/^SPIRE-(EXPAND-ENV|TRUST-DOMAIN)/, expanded('$DOMAIN', 'DOMAIN: example.org'))).toEqual([]);
  });

  test('fail where they are wrong', () => {
    expect(found('SPIRE-TRUST-DOMAINS-DIFFER', expanded('${DOMAIN}', 'DOMAIN: example.com'))).toHaveLength(3);
  });

  test('fail where they are not there', () => {
    expect(found('SPIRE-EXPAND-ENV', expanded('$DOMAIN', 'TRUST_DOMAIN: example.org'))).toEqual(['${DOMAIN} becomes nothing: container spire-server has no variable DOMAIN']);
  });

  test('may be anything where a source is not in the input', () => {
    expect(found('SPIRE-EXPAND-ENV', expanded('$DOMAIN', 'A: b').replace('name: settings, namespace', 'name: others, namespace'))).toEqual([]);
  });

  test('may be filled in later', () => {
    expect(found(/^SPIRE-TRUST-DOMAIN/, expanded('$DOMAIN', 'DOMAIN: "${DOMAIN}"'))).toEqual([]);
  });

  test('fail with the defaults of a shell', () => {
    expect(found('SPIRE-EXPAND-ENV', expanded('${DOMAIN:-example.org}', 'DOMAIN: example.org')))
      .toEqual(['${DOMAIN:-example.org} becomes nothing: there are no defaults, and no variable is called "DOMAIN:-example.org"']);
  });
});

describe('the agent', () => {
  const user = (type: string): string => changed(spire, ['hostPID: true', 'hostPID: true\n      securityContext: {runAsUser: 1000, runAsNonRoot: true}'],
    ['hostPath: {path: /run/spire/agent-sockets}}\n---', `hostPath: {path: /run/spire/agent-sockets, type: ${type}}}\n---`]);

  test('fails as a user that may not write into the folder of its socket', () => {
    expect(found('SPIRE-AGENT-USER', user('DirectoryOrCreate'))).toEqual(['runAsUser is 1000, and the kubelet makes /run/spire/agent-sockets for root: the agent cannot make its socket there']);
    expect(found('SPIRE-AGENT-USER', user('Directory'))).toEqual([]);
  });

  test('fails with a token out of a Secret', () => {
    const text = changed(spire, ['projected: {sources: [{serviceAccountToken: {path: spire-agent, audience: spire-server}}]}', 'secret: {secretName: token}']);
    expect(found('SPIRE-TOKEN-MISSING', text)).toEqual(['the token at /run/spire/token/spire-agent is out of a Secret: it is bound to no pod, and the server refuses it']);
  });

  test('fails beside that of a next release in the same folder', () => {
    const [agent] = /kind: DaemonSet\nmetadata: \{name: spire-agent[^]*?\n---\n/.exec(spire)!;
    const next = `---\napiVersion: apps/v1\n${agent.replace(/\n---\n$/, '\n').replace('name: spire-agent', 'name: spire-agent-next').replace('1.15.3', '1.15.2')}`;
    expect(found('SPIRE-AGENTS-COLLIDE', spire + next)).toEqual([expect.stringMatching(/^the agents spire-agent and spire-agent-next both make /)]);
    expect(found('SPIRE-AGENTS-COLLIDE', spire + next.replace('hostPID', 'nodeSelector: {next: "1"}\n      hostPID'))).toEqual([]);
  });
});

test('fails with a token that lives shorter than the API server allows', () => {
  expect(found('OPS-VOLUME-SOURCE', changed(spire, ['audience: spire-server}', 'audience: spire-server, expirationSeconds: 300}']))).toEqual(['expirationSeconds is 300, less than 600']);
});

test('fails with a Workload API on TCP, unless something beside the application may serve it', () => {
  const pod = (more: string): string => 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n'
    + `  - {name: a, image: "a:1", env: [{name: SPIFFE_ENDPOINT_SOCKET, value: "tcp://127.0.0.1:8081"}]}\n${more}  volumes: [{name: s, csi: {driver: csi.spiffe.io, readOnly: true}}]\n`;
  expect(found('SPIRE-ENDPOINT-SOCKET', pod(''))).toEqual(['"tcp://127.0.0.1:8081" is no socket of a file: agents of SPIRE listen on no TCP port']);
  expect(found('SPIRE-ENDPOINT-SOCKET', pod('  - {name: proxy, image: "proxy:1"}\n'))).toEqual([]);
});

describe('spiffe-helper', () => {
  const READS = ['volumeMounts: []', 'volumeMounts: [{name: certs, mountPath: /certs}]'] as [string, string];

  test('writes what others read', () => {
    expect(found(/^SPIRE-(HELPER|READ)/, changed(helperPod('/certs'), READS))).toEqual([]);
    expect(found('SPIRE-HELPER-UNREAD', helperPod('/certs', '    cmd = "/db"\n'))).toEqual([]);
  });

  test('fails where nobody does', () => {
    expect(found('SPIRE-HELPER-UNREAD', helperPod('/certs'))).toEqual(['cert_dir is /certs: no other container mounts volume certs']);
    expect(found('SPIRE-HELPER-UNREAD', changed(helperPod('/tmp/certs'), READS))).toEqual(['cert_dir is /tmp/certs: nothing is mounted there']);
  });

  test('fails where it may only read', () => {
    expect(found('SPIRE-READ-ONLY', helperPod('/certs', '', '{name: certs, mountPath: /certs, readOnly: true}'))).toEqual(['cert_dir is /certs, and /certs is mounted read-only']);
  });
});

test('the certificate of a provider may have one of its domains', () => {
  expect(found('SPIRE-OIDC-CERTIFICATE', certificate('oidc.example.org'))).toEqual([]);
  expect(found('SPIRE-OIDC-CERTIFICATE', certificate('*.example.org'))).toEqual([]);
  expect(found('SPIRE-OIDC-CERTIFICATE', certificate('oidc.svc'))).toEqual(['it is for oidc.svc; the domains are oidc.example.org']);
});

describe('values of the chart', () => {
  const helm = (values: string): string[] => found(/^HELM-/, { 'values.yaml': `global: {spire: {trustDomain: shop.example, clusterName: eu}}\n${values}\n` });
  const ID = (spec: string): string => `spire-server: {caTTL: 24h, controllerManager: {identities: {clusterSPIFFEIDs: {web: {${spec}}}}}}`;

  test('fail with lifetimes that are none, or too long', () => {
    expect(helm(ID('ttl: 1d'))).toEqual(['ttl "1d" is no duration']);
    expect(helm(ID('ttl: 5h'))).toEqual(['ttl of web exceeds one sixth of caTTL']);
    expect(helm(ID('ttl: 4h, jwtTTL: 5m'))).toEqual([]);
  });

  test('fail with agents that do not start', () => {
    expect(helm('spire-agent: {availabilityTarget: 6h}')).toEqual(['availabilityTarget 6h is less than 24h: agents do not start']);
    expect(helm('spire-agent: {availabilityTarget: 24h}')).toEqual([]);
  });
});

test('a generator without namespace is for an overlay, where none has one', () => {
  const files = (namespace: string) => ({
    'kustomization.yaml': `resources: [pod.yaml]\nconfigMapGenerator: [{name: a, literals: [a=b]}, {name: b${namespace}, literals: [a=b]}]\n`,
    'pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop}\nspec: {volumes: [{name: a, configMap: {name: a}}, {name: b, configMap: {name: b}}]}\n',
  });
  expect(found('OPS-GENERATOR-NAMESPACE', files(''))).toEqual([]);
  expect(found('OPS-GENERATOR-NAMESPACE', files(', namespace: shop'))).toEqual(['ConfigMap a has no namespace as others here have, Pod a reads it in shop']);
});

describe('an overlay of kustomize', () => {
  const files = (behavior: string, domain: string) => ({
    'base/kustomization.yaml': 'resources: [spire.yaml]\nconfigMapGenerator: [{name: scm, namespace: spire-server, files: [config.yaml]}]\n',
    'base/spire.yaml': changed(spire, ['metadata: {name: spire-controller-manager, namespace: spire-server}', 'metadata: {name: unused, namespace: other}']),
    'base/config.yaml': 'apiVersion: spire.spiffe.io/v1alpha1\nkind: ControllerManagerConfig\nclusterName: demo\ntrustDomain: example.org\n',
    'prod/kustomization.yaml': `resources: [../base]\nconfigMapGenerator: [{name: scm, namespace: spire-server, behavior: ${behavior}, files: [config.yaml]}]\n`,
    'prod/config.yaml': `apiVersion: spire.spiffe.io/v1alpha1\nkind: ControllerManagerConfig\nclusterName: demo\ntrustDomain: ${domain}\n`,
  });

  test('of several bases is not looked at', () => {
    const more = { 'other/kustomization.yaml': 'configMapGenerator: [{name: scm, namespace: spire-server, literals: [a=b]}]\n' };
    expect(found('SPIRE-TRUST-DOMAINS-DIFFER', { ...files('merge', 'example.org'), ...more })).toEqual([]);
  });

  test.each(['merge', 'replace'])('fails where it puts a wrong file into a generated ConfigMap, with %s', behavior => {
    expect(found('SPIRE-TRUST-DOMAINS-DIFFER', files(behavior, 'example.com'))).toEqual([expect.stringMatching(/^the controller manager has the trust domain "example.com"/)]);
    expect(found('SPIRE-TRUST-DOMAINS-DIFFER', files(behavior, 'example.org'))).toEqual([]);
  });
});

test('fails for a nested server that calls a Service by a wrong name, or has no entry with downstream', () => {
  const server = (plugin: string): string => 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: conf, namespace: NS}\ndata:\n  server.conf: |\n    server {\n      trust_domain = "example.org"\n      data_dir = "/data"\n    }\n    plugins {\n'
    + `      DataStore "sql" { plugin_data { database_type = "sqlite3" connection_string = "/data/a" } }\n      KeyManager "memory" {}\n${plugin}    }\n---\n`
    + 'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: server, namespace: NS}\nspec:\n  template:\n    metadata: {labels: {app: server}}\n    spec:\n'
    + '      containers: [{name: a, image: "ghcr.io/spiffe/spire-server:1.15.3", args: [-config, /c/server.conf], volumeMounts: [{name: c, mountPath: /c}]}]\n      volumes: [{name: c, configMap: {name: conf}}]\n---\n';
  const at = (namespace: string, plugin: string): string => server(plugin).replace(/NS/g, namespace);
  const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: root, namespace: root}\nspec: {selector: {app: server}, ports: [{port: 8081}]}\n---\n';
  const nested = (address: string): string => at('nested', `      UpstreamAuthority "spire" { plugin_data {\n        server_address = "${address}"\n        server_port = 8081\n        workload_api_socket = "/up/a.sock"\n      } }\n`);
  const id = (spec: string): string => 'apiVersion: spire.spiffe.io/v1alpha1\nkind: ClusterSPIFFEID\nmetadata: {name: nested}\n'
    + `spec: {spiffeIDTemplate: "spiffe://example.org/nested", podSelector: {matchLabels: {app: server}}${spec}}\n`;
  const text = (address: string, spec: string): string => at('root', '') + service + nested(address) + id(spec);
  expect(found(/^SPIRE-(NESTED-ROOT|SERVER-ADDRESS)$/, text('root.root.svc', ', downstream: true'))).toEqual([]);
  expect(found('SPIRE-SERVER-ADDRESS', text('spire.root.svc', ', downstream: true'))).toEqual(['there is no Service spire in namespace root; there is root']);
  const elsewhere = ', downstream: true, namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: child}}';
  expect(found('SPIRE-NESTED-ROOT', text('root.root.svc', elsewhere))).toEqual(['no entry with downstream: true is for this server, so the server above signs nothing for it']);
  expect(found('SPIRE-NESTED-ROOT', text('root.root.svc', ''))).toEqual(['it is for the nested server, and has no downstream: true: the server above signs nothing for it']);
});

test('fails with the whole values of istiod that do not name the socket', () => {
  const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop, annotations: {inject.istio.io/templates: "sidecar,spire"}, labels: {sidecar.istio.io/inject: "true"}}\nspec: {containers: [{name: a, image: "a:1"}]}\n---\n';
  const app = (more: string): string => `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: istiod, namespace: argocd}\nspec:\n  source:\n    chart: istiod\n    helm:\n${more}      valuesObject:\n`
    + '        meshConfig: {trustDomain: example.org}\n        sidecarInjectorWebhook: {templates: {spire: "spec: {volumes: [{name: workload-socket, csi: {driver: csi.spiffe.io, readOnly: true}}]}"}}\n';
  const text = (more: string): string => `${changed(spire, ['agent-sockets/socket"', 'agent-sockets/agent.sock"'])}---\n${pod}${app(more)}`;
  expect(found('SPIRE-SOCKET-NAME', text(''))).toEqual(['the agent makes "agent.sock", proxies look for "socket"']);
  expect(found('SPIRE-SOCKET-NAME', text('      valueFiles: [prod.yaml]\n'))).toEqual([]);
});
