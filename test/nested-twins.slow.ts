import { exampleOutput } from './examples/example';
import { Twin } from './support/twin';
import { FED_RULES } from '../src/checks/rules/fed';
import { SPIRE_RULES } from '../src/checks/rules/spire';

const RULES = [...SPIRE_RULES, ...FED_RULES];
const conf = (key: string, from: RegExp, to: string) => ({ data }: any) => {
  expect(data[key]).toMatch(from);
  data[key] = data[key].replace(from, to);
};
const rootConf = (from: RegExp, to: string) => (twin: Twin) => twin.edit('root', 'ConfigMap', 'spire-server', conf('server.conf', from, to));
const nestedConf = (from: RegExp, to: string) => (twin: Twin) => twin.edit('eu', 'ConfigMap', 'spire-server', conf('server.conf', from, to));
const agentConf = (from: RegExp, to: string) => (twin: Twin) => twin.edit('eu', 'ConfigMap', 'spire-upstream-agent', conf('agent.conf', from, to));
const entry = (name: string, change: (spec: any) => void) => (twin: Twin) => twin.edit('root', 'ClusterStaticEntry', name, ({ spec }) => change(spec));
const rootService = (change: (service: any) => void) => (twin: Twin) => twin.edit('root', 'Service', 'spire-server-nested', change);
const nestedPod = (change: (pod: any) => void) => (twin: Twin) => twin.edit('eu', 'StatefulSet', 'spire-server', ({ spec }) => change(spec.template.spec));
const grant = (kind: string, resource: string) => (twin: Twin) => twin.edit('eu', kind, 'spire-root', (role) => {
  const has = (rule: any) => rule.resources.includes(resource);
  expect(role.rules.some(has)).toBe(true);
  role.rules = role.rules.map((rule: any) => (has(rule) ? { ...rule, resources: rule.resources.filter((one: string) => one !== resource) } : rule));
});
const volume = (pod: any, name: string) => pod.volumes.find((one: any) => one.name === name);

/** Each field in which root and nested server have to agree: what goes wrong with it by hand, and the rule that sees it. */
const TWINS: [field: string, change: (twin: Twin) => void, rule: string][] = [
  ['no entry may sign', entry('nested-eu-server', (spec) => { delete spec.downstream; }), 'SPIRE-NESTED-ROOT'],
  ['the entry of the server is missing', (twin) => twin.remove('root', 'ClusterStaticEntry', 'nested-eu-server'), 'SPIRE-NESTED-ROOT'],
  ['the entry of the server is for another user', entry('nested-eu-server', (spec) => { spec.selectors = ['unix:uid:0']; }), 'SPIRE-NESTED-ROOT'],
  ['the entry of the server hangs below nobody', entry('nested-eu-server', (spec) => { spec.parentID = 'spiffe://example.org/nested/europe/agent'; }), 'SPIRE-PARENT-UNKNOWN'],
  ['the alias of the agent is missing', (twin) => twin.remove('root', 'ClusterStaticEntry', 'nested-eu-agent'), 'SPIRE-PARENT-UNKNOWN'],
  ['the alias is for another service account', entry('nested-eu-agent', (spec) => { spec.selectors[2] = 'k8s_psat:agent_sa:spire-agent'; }), 'SPIRE-NODE-ALIAS'],
  ['the alias is for another cluster', entry('nested-eu-agent', (spec) => { spec.selectors[0] = 'k8s_psat:cluster:europe'; }), 'SPIRE-NODE-ALIAS'],
  ['the root does not know the cluster', rootConf(/\n +eu = \{\n +service_account_allow_list[^}]*\}/, ''), 'SPIRE-NESTED-ROOT'],
  ['the root lets another service account in', rootConf(/spire-server:spire-server/, 'spire-system:spire-agent'), 'SPIRE-NESTED-ROOT'],
  ['the root asks its own cluster', rootConf(/\n +kube_config_file[^\n]*/, ''), 'SPIRE-NESTED-ROOT'],
  ['the root wants a token for another audience', nestedPod((pod) => { volume(pod, 'upstream-token').projected.sources[0].serviceAccountToken.audience = 'vault'; }), 'SPIRE-NESTED-ROOT'],
  ['the root publishes its bundle nowhere', rootConf(/\n +eu = \{\n +namespace[^}]*\}/, ''), 'SPIRE-NESTED-ROOT'],
  ['the agent looks for the bundle elsewhere', nestedPod((pod) => { volume(pod, 'upstream-bundle').configMap.name = 'bundle'; }), 'SPIRE-NESTED-ROOT'],
  ['the agent is of another cluster', agentConf(/cluster = "eu"/, 'cluster = "europe"'), 'SPIRE-NESTED-ROOT'],
  ['the agent is of another trust domain', agentConf(/trust_domain = "example.org"/, 'trust_domain = "eu.example.org"'), 'SPIRE-TRUST-DOMAINS-DIFFER'],
  ['the server is of another trust domain', nestedConf(/trust_domain = "example.org"/, 'trust_domain = "eu.example.org"'), 'SPIRE-TRUST-DOMAINS-DIFFER'],
  ['the server asks another root than its agent', nestedConf(/spire-root.example.org/, 'root.example.org'), 'SPIRE-NESTED-AGENT'],
  ['the server asks at another port', nestedConf(/server_port = "8081"/, 'server_port = "443"'), 'SPIRE-NESTED-ROOT'],
  ['the server asks its agent at another socket', agentConf(/spire-agent.sock/, 'api.sock'), 'SPIRE-NESTED-AGENT'],
  ['the socket is not shared', nestedPod((pod) => {
    const server = pod.containers.find(({ name }: any) => name === 'spire-server');
    server.volumeMounts = server.volumeMounts.filter(({ name }: any) => name !== 'upstream-socket');
  }), 'SPIRE-SOCKET-NOT-SHARED'],
  ['the agent does not see the server', nestedPod((pod) => { delete pod.shareProcessNamespace; }), 'SPIRE-NESTED-AGENT'],
  ['the server has a root of its own', nestedConf(/\n +UpstreamAuthority "spire" \{\n[^]*?\n {2}\}/, ''), 'FED-ONE-DOMAIN'],
  ['the Service of the root is missing', (twin) => twin.remove('root', 'Service', 'spire-server-nested'), 'SPIRE-NESTED-ROOT'],
  ['the Service of the root has another port', rootService(({ spec }) => { spec.ports[0].port = 443; }), 'SPIRE-NESTED-ROOT'],
  ['the Service of the root leads to another port', rootService(({ spec }) => { spec.ports[0].targetPort = 8443; }), 'SPIRE-NESTED-ROOT'],
  ['the root has another name', rootService(({ metadata }) => { metadata.annotations['external-dns.alpha.kubernetes.io/hostname'] = 'root.example.org'; }), 'SPIRE-NESTED-ROOT'],
  ['a NetworkPolicy closes the root', (twin) => twin.edit('root', 'NetworkPolicy', 'spire-server', ({ spec }) => {
    spec.ingress.forEach((rule: any) => { rule.ports = rule.ports.filter(({ port }: any) => port !== 8081); });
    spec.ingress = spec.ingress.filter(({ ports }: any) => ports.length > 0);
  }), 'SPIRE-SERVER-CLOSED'],
  ['a NetworkPolicy keeps the nested server in', (twin) => twin.edit('eu', 'NetworkPolicy', 'spire-server', ({ spec }) => {
    spec.egress = spec.egress.filter(({ ports }: any) => !ports.some(({ port }: any) => port === 8081));
  }), 'SPIRE-UPSTREAM-CLOSED'],
  ['the CA outlives that of the root', nestedConf(/ca_ttl = "24h"/, 'ca_ttl = "2400h"'), 'SPIRE-NESTED-TTL'],
  ['the root may not ask about tokens', grant('ClusterRole', 'tokenreviews'), 'SPIRE-NESTED-RIGHTS'],
  ['the root may not look at the pod of the agent', grant('ClusterRole', 'pods'), 'SPIRE-NESTED-RIGHTS'],
  ['the root may not look at the node of the agent', grant('ClusterRole', 'nodes'), 'SPIRE-NESTED-RIGHTS'],
  ['the root may not write its bundle', grant('Role', 'configmaps'), 'SPIRE-NESTED-RIGHTS'],
  ['the root may write another ConfigMap', (twin) => twin.edit('eu', 'Role', 'spire-root', ({ rules }) => { rules[0].resourceNames = ['spire-bundle']; }), 'SPIRE-NESTED-RIGHTS'],
  ['the role of the root is bound to nobody', (twin) => twin.remove('eu', 'ClusterRoleBinding', 'spire-root'), 'SPIRE-NESTED-RIGHTS'],
  ['the role with the bundle is bound to nobody', (twin) => twin.remove('eu', 'RoleBinding', 'spire-root'), 'SPIRE-NESTED-RIGHTS'],
  ['the account of the root is missing', (twin) => twin.remove('eu', 'ServiceAccount', 'spire-root'), 'SPIRE-NESTED-RIGHTS'],
  ['the meshes have different names', (twin) => twin.editMesh('us', ({ global }) => { global.meshID = 'other'; }), 'FED-MESH-NAME'],
  ['one mesh has no name', (twin) => twin.editMesh('us', ({ global }) => { delete global.meshID; }), 'FED-MESH-NAME'],
  ['one mesh has no network', (twin) => twin.editMesh('us', ({ global }) => { delete global.network; }), 'FED-NO-NETWORK'],
  ['both meshes have one cluster name', (twin) => twin.editMesh('us', ({ global }) => { global.multiCluster.clusterName = 'eu'; }), 'FED-MESH-ID'],
];

const files = exampleOutput('nested-spire').files;

test('as written there is nothing to find, in all clusters and in each', () => {
  const twin = new Twin(files);
  expect([twin, ...['root', 'eu', 'us'].map((cluster) => twin.only(cluster))].map((one) => one.findings(RULES))).toEqual([[], [], [], []]);
});

test('the account of the root may be somebody whom the input does not show', () => {
  const twin = new Twin(files);
  ['ServiceAccount', 'ClusterRoleBinding', 'RoleBinding'].forEach((kind) => twin.remove('eu', kind, 'spire-root'));
  expect(twin.findings(RULES)).toEqual([]);
});

test('a mesh without a network may be another one below the same root', () => {
  const twin = new Twin(files);
  twin.editMesh('us', ({ global }) => {
    global.meshID = 'other';
    delete global.network;
  });
  twin.edit('us', 'Namespace', 'istio-system', ({ metadata }) => { delete metadata.labels['topology.istio.io/network']; });
  expect(twin.findings(RULES)).toEqual([]);
});

test.each(TWINS)('a twin is caught: %s', (_, change, rule) => {
  const twin = new Twin(files);
  change(twin);
  expect(twin.findings(RULES)).toContain(rule);
});
