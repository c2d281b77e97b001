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
  ['both meshes have one cluster name', (twin) => twin.editMesh('us', ({ global }) => { global.multiCluster.clusterName = 'eu'; }), 'FED-MESH-ID'],
];

const files = exampleOutput('nested-spire').files;

test('as written there is nothing to find, in all clusters and in each', () => {
  const twin = new Twin(files);
  expect([twin, ...['root', 'eu', 'us'].map((cluster) => twin.only(cluster))].map((one) => one.findings(RULES))).toEqual([[], [], [], []]);
});

test.each(TWINS)('a twin is caught: %s', (_, change, rule) => {
  const twin = new Twin(files);
  change(twin);
  expect(twin.findings(RULES)).toContain(rule);
});
