import { CloudIdentity, Cluster, DataStore, KeyManager, NetworkPeer, NodeAttestor, SecretRef, SpireNetworkPolicies, UpstreamAuthority, VaultAuth } from '../../../../src';
import { networkRulesJson } from '../../../../src/constructs/network/network-policy-rule';
import { hostOf, PodNetwork } from '../../../../src/constructs/spire/network/pod-network';
import { CLUSTER } from '../../../support/synth';
import { agentPod, configured, OWN_CLUSTER, serverPod } from '../plugins/pods';

const network = (settings: SpireNetworkPolicies = {}) => new PodNetwork(CLUSTER, settings);
const called = (host: string, port: number, settings?: SpireNetworkPolicies) => {
  const pod = network(settings);
  pod.call('database', host, port);
  return { rule: networkRulesJson('to', pod.egress.slice(1))[0], note: pod.egressNotes[0] };
};
const tcp = (port: number) => [{ protocol: 'TCP', port }];

test('a name is every address, as policies know none: the annotation says which one is meant', () => {
  expect(called('db.example.org', 5432)).toEqual({ rule: { ports: tcp(5432) }, note: 'db.example.org:5432: database' });
});

test('a name is one of the external addresses when those are known', () => {
  expect(called('db.example.org', 5432, { externalAddresses: ['10.9.0.0/16'] }).rule).toEqual({ to: [{ ipBlock: { cidr: '10.9.0.0/16' } }], ports: tcp(5432) });
});

test('an address is itself', () => {
  expect(called('10.1.2.3', 5432).rule).toEqual({ to: [{ ipBlock: { cidr: '10.1.2.3/32' } }], ports: tcp(5432) });
  expect(called('[2001:DB8::1]', 443).rule.to).toEqual([{ ipBlock: { cidr: '2001:db8::1/128' } }]);
});

test('a Service of the cluster is the pods of its namespace with any port, as a policy sees the port behind the Service', () => {
  const inside = { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'databases' } } }], ports: [{ protocol: 'TCP', port: 1, endPort: 65535 }] };
  expect(called('pg.databases.svc.cluster.local', 5432)).toEqual({
    rule: inside, note: 'pg.databases.svc.cluster.local:5432: database, any port of the pods of namespace databases',
  });
  expect(called('pg.databases.svc', 5432).rule).toEqual(inside);
  expect(called('pg.databases.svc.other.cluster', 5432).rule).toEqual({ ports: tcp(5432) });
});

test('a URL is its host and port', () => {
  expect(['https://a.b/c', 'http://a.b', 'https://a.b:8200/x', 'a.b:99', '[::1]:5'].map(hostOf)).toEqual([
    { host: 'a.b', port: 443 }, { host: 'a.b', port: 80 }, { host: 'a.b', port: 8200 }, { host: 'a.b', port: 99 }, { host: '[::1]', port: 5 },
  ]);
});

test.each(['statsd', '', ':1'])("fails for '%s', which is no address", (text) => {
  expect(() => hostOf(text)).toThrow(`'${text}' is no address: write it as 'host:port'`);
});

test.each([[undefined, [443, 6443]], [8443, [443, 8443]], [443, [443]]])('the API server at %s is reached at the port of its Service and its own', (apiServerPort, ports) => {
  const pod = new PodNetwork(Cluster.of({ name: 'prod', trustDomain: CLUSTER.trustDomain, apiServerPort }), {});
  pod.callApiServer();
  expect(networkRulesJson('to', pod.egress.slice(1))).toEqual([{ ports: ports.flatMap(tcp) }]);
  expect(pod.egressNotes).toEqual([`${ports.join(', ')}: API server`]);
});

test('the same call is told once', () => {
  const pod = network();
  pod.callUrl('Vault', 'https://vault.example.org:8200');
  pod.callUrl('Vault', 'https://vault.example.org:8200/v1');
  expect(pod.egressNotes).toEqual(['vault.example.org:8200: Vault']);
});

test('scrapers are those of namespace monitoring, or those that are named', () => {
  const scraped = (settings: SpireNetworkPolicies) => {
    const pod = network(settings);
    pod.answerMetrics(9988);
    return networkRulesJson('from', pod.ingress)[0].from;
  };
  const namespace = (name: string) => [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } }];
  expect(scraped({})).toEqual(namespace('monitoring'));
  expect(scraped({ metricsReaders: [NetworkPeer.pods('grafana')] })).toEqual(namespace('grafana'));
});

describe('plugins say whom they call', () => {
  const notes = (plugin: { _plugin(): any }, identity?: CloudIdentity) =>
    configured(plugin._plugin(), serverPod(undefined, identity)).pod.network.egressNotes;
  const NODE = ['169.254.169.254:80: identity of the node or pod', '169.254.170.23:80: identity of the pod in EKS'];
  const KMS = ['kms.eu-west-1.amazonaws.com:443: AWS kms', 'sts.eu-west-1.amazonaws.com:443: AWS sts'];

  test('keys in AWS KMS: with the identity of the node, of the service account, or keys in a Secret', () => {
    const kms = KeyManager.awsKms({ region: 'eu-west-1' });
    expect(notes(kms)).toEqual([...KMS, ...NODE]);
    expect(notes(kms, CloudIdentity.aws('arn:aws:iam::123456789012:role/spire'))).toEqual([...KMS, 'sts.amazonaws.com:443: AWS STS']);
    expect(notes(KeyManager.awsKms({ region: 'eu-west-1', credentials: SecretRef.of('aws') }))).toEqual(KMS);
    expect(notes(KeyManager.awsKms({ region: 'cn-north-1', credentials: SecretRef.of('aws') }))[0]).toBe('kms.cn-north-1.amazonaws.com.cn:443: AWS kms');
  });

  test('Vault, at the port of its URL', () => {
    expect(notes(UpstreamAuthority.vault({ address: 'https://vault.example.org:8200', auth: VaultAuth.kubernetes({ role: 'spire' }) }))).toEqual(['vault.example.org:8200: Vault']);
  });

  test('databases, and the one that is read only', () => {
    expect(notes(DataStore.postgres({ host: 'db', readOnlyHost: 'ro', port: 5433, database: 'spire', credentials: SecretRef.of('db') }))).toEqual([
      'db:5433: PostgreSQL', 'ro:5433: PostgreSQL, read only',
    ]);
    expect(notes(DataStore.mysql({ host: 'db', database: 'spire', credentials: SecretRef.of('db') }))).toEqual(['db:3306: MySQL']);
  });

  test('programs of their own, as they are told', () => {
    expect(notes(KeyManager.custom({ name: 'hsm', calls: ['hsm.example.org:9000', '10.0.0.7:9001'] }))).toEqual(['hsm.example.org:9000: KeyManager hsm', '10.0.0.7:9001: KeyManager hsm']);
    expect(() => KeyManager.custom({ name: 'hsm', calls: ['hsm.example.org'] })).toThrow("'hsm.example.org' is no address");
  });

  test('agents ask the metadata service of their node when they attest by it', () => {
    const asked = (attestor: NodeAttestor) => configured(attestor._sides().agent(OWN_CLUSTER), agentPod()).pod.network.egressNotes;
    expect(asked(NodeAttestor.awsIid())).toEqual(['169.254.169.254:80: metadata of the node']);
    expect(asked(NodeAttestor.azureMsi({ tenants: [{ tenantId: 't' }] }))).toEqual(['169.254.169.254:80: metadata of the node']);
    expect(asked(NodeAttestor.gcpIit({ projectIdAllowList: ['p'] }))).toContain('169.254.169.254:80: identity of the node or pod');
    expect(asked(NodeAttestor.k8sPsat())).toEqual([]);
  });

  test('a server that asks hosts of agents may call the ports that agents may use', () => {
    const ports = (attestor: NodeAttestor) => configured(attestor._sides().server(OWN_CLUSTER)).pod.network.egress[1].ports;
    expect(ports(NodeAttestor.httpChallenge({ allowedDnsPatterns: ['.*'] }))).toEqual([{ port: 1, endPort: 65535 }]);
    expect(ports(NodeAttestor.httpChallenge({ allowedDnsPatterns: ['.*'], allowNonRootPorts: false }))).toEqual([{ port: 1, endPort: 1023 }]);
    expect(ports(NodeAttestor.httpChallenge({ allowedDnsPatterns: ['.*'], requiredPort: 80 }))).toEqual([{ port: 80 }]);
  });
});
