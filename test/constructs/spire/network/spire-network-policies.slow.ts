import { JsonPatch } from 'cdk8s';
import {
  BundleEndpointProfile, Cluster, ClusterFederatedTrustDomain, FileRef, NestedSpire, NetworkPeer, NodeAttestor, Platform, SecretRef, SpiffeId, Spire,
  SpireProps, TrustDomain,
} from '../../../../src';
import { strictErrors } from '../../../support/strict-schema';
import { synthPlatform, Synthesized } from '../../../support/synth';

const synth = (props: SpireProps = {}, more: (spire: Spire, platform: Platform) => void = () => {}) => synthPlatform((platform) => more(new Spire(platform, 'spire', props), platform));
const policy = (output: Synthesized, name: string) => output.object('NetworkPolicy', name).spec;
const tcp = (...ports: number[]) => ports.map((port) => ({ protocol: 'TCP', port }));
const SCRAPERS = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } };
const pods = (namespace: string, name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } }, podSelector: { matchLabels: { 'app.kubernetes.io/name': name } },
});
const DNS = {
  to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } }, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
  ports: [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }],
};
const callersOf = (output: Synthesized) => policy(output, 'spire-server').ingress.find((rule: any) => rule.ports.some(({ port }: any) => port === 8081)).from;

test('both namespaces are closed for pods that no other policy is for', () => {
  const closed = synth().ofKind('NetworkPolicy').filter((each) => each.metadata.name === 'default-deny');
  expect(closed.map((each) => each.metadata.namespace)).toEqual(['spire-server', 'spire-system']);
  closed.forEach(({ spec }) => expect(spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }));
});

test('the server: agents, the webhook and scrapers come in; DNS and the API server are called', () => {
  expect(policy(synth(), 'spire-server')).toEqual({
    podSelector: { matchLabels: { 'app.kubernetes.io/name': 'spire-server' } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      { from: [pods('spire-system', 'spire-agent')], ports: tcp(8081) },
      { ports: tcp(9443) },
      { from: [SCRAPERS], ports: tcp(8082, 9988) },
    ],
    egress: [DNS, { ports: tcp(443, 6443) }],
  });
});

test('the agents: scrapers come in; DNS, the server and the kubelet are called', () => {
  expect(policy(synth(), 'spire-agent')).toEqual({
    podSelector: { matchLabels: { 'app.kubernetes.io/name': 'spire-agent' } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [SCRAPERS], ports: tcp(9988) }],
    egress: [DNS, { to: [pods('spire-server', 'spire-server')], ports: tcp(8081) }, { ports: tcp(10250) }],
  });
});

test('the labels of policies are those of the pods', () => {
  const output = synth();
  for (const [kind, name] of [['StatefulSet', 'spire-server'], ['DaemonSet', 'spire-agent']]) {
    expect(output.object(kind, name).spec.template.metadata.labels).toMatchObject(policy(output, name).podSelector.matchLabels);
  }
});

test('what is known of the cluster makes the rules narrower', () => {
  const prometheus = NetworkPeer.pods('monitoring', { app: 'prometheus' });
  const output = synth({
    networkPolicies: {
      dns: [NetworkPeer.ipBlock('169.254.20.10/32')], dnsPort: 5353, apiServerAddresses: ['10.0.0.1/32'], nodeAddresses: ['10.1.0.0/16'], metricsReaders: [prometheus],
    },
  });
  const cidr = (range: string) => [{ ipBlock: { cidr: range } }];
  const scraped = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } }, podSelector: { matchLabels: { app: 'prometheus' } } };
  expect(policy(output, 'spire-server').egress).toEqual([
    { to: cidr('169.254.20.10/32'), ports: [{ protocol: 'UDP', port: 5353 }, { protocol: 'TCP', port: 5353 }] }, { to: cidr('10.0.0.1/32'), ports: tcp(443, 6443) },
  ]);
  expect(policy(output, 'spire-agent').egress).toContainEqual({ to: cidr('10.1.0.0/16'), ports: tcp(10250) });
  expect(policy(output, 'spire-agent').ingress).toEqual([{ from: [scraped], ports: tcp(9988) }]);
});

test.each<[string, SpireProps, unknown]>([
  ['administrators may be any pod', { server: { adminIds: [SpiffeId.of(TrustDomain.of('example.org'), 'admin')] } }, [pods('spire-system', 'spire-agent'), { namespaceSelector: {} }]],
  ['agents of other clusters have any address', {
    agent: { nodeAttestor: NodeAttestor.k8sPsat({ remoteClusters: [{ clusterName: 'b', kubeConfig: FileRef.secret(SecretRef.of('b'), 'config'), serviceAccounts: ['a:b'] }] }) },
  }, undefined],
  ['so have agents elsewhere', { server: { nodeAttestors: [NodeAttestor.joinToken()] } }, undefined],
  ['unless they are named', {
    server: { nodeAttestors: [NodeAttestor.joinToken()] }, networkPolicies: { serverCallers: [NetworkPeer.ipBlock('203.0.113.0/24')] },
  }, [pods('spire-system', 'spire-agent'), { ipBlock: { cidr: '203.0.113.0/24' } }]],
])('who calls the server: %s', (_, props, callers) => {
  expect(callersOf(synth(props))).toEqual(callers);
});

test('a root is open to nested servers, and a nested server calls its root', () => {
  const example = TrustDomain.of('example.org');
  const output = Synthesized.of((app) => {
    const [root, eu] = ['root', 'eu'].map((name) => new Platform(app, name, { cluster: Cluster.of({ name, trustDomain: example }) }));
    new NestedSpire(root, 'nested', { root, host: 'root.example.org', nested: [{ platform: eu }] });
  });
  const specs = output.ofKind('NetworkPolicy').filter((each) => each.metadata.name === 'spire-server');
  expect(specs.length).toBe(2);
  const open = specs.map((each) => each.spec.ingress.filter((rule: any) => rule.from === undefined)
    .flatMap((rule: any) => rule.ports.map(({ port }: any) => port)));
  expect(open.map((ports) => ports.includes(8081)).sort()).toEqual([false, true]);
  expect(specs.map((each) => each.metadata.annotations['cdk8s-spiffe.dev/egress'])).toContainEqual(expect.stringContaining('root.example.org:8081: upstream SPIRE server'));
});

test('the server calls the endpoint of each partner of a federation', () => {
  const output = synth({}, (spire, platform) => new ClusterFederatedTrustDomain(platform, 'partner', {
    spire, trustDomain: TrustDomain.of('partner.org'), bundleEndpointUrl: 'https://bundle.partner.org:8443', bundleEndpointProfile: BundleEndpointProfile.httpsWeb(),
  }));
  expect(policy(output, 'spire-server').egress).toContainEqual({ ports: tcp(443, 6443, 8443) });
  expect(output.object('NetworkPolicy', 'spire-server').metadata.annotations['cdk8s-spiffe.dev/egress']).toBe(
    '443, 6443: API server\nbundle.partner.org:8443: trust bundle of partner.org');
});

test('a patch of a policy survives', () => {
  const output = synth({}, (spire) => spire.server.networkPolicy?.addJsonPatch(JsonPatch.add('/spec/ingress/-', { ports: tcp(1234) })));
  expect(policy(output, 'spire-server').ingress).toContainEqual({ ports: tcp(1234) });
});

test('none is written when they are switched off', () => {
  const output = synth({ networkPolicies: { enabled: false } }, (spire) =>
    expect([spire.server.networkPolicy, spire.agent.networkPolicy]).toEqual([undefined, undefined]));
  expect(output.ofKind('NetworkPolicy')).toEqual([]);
});

test('nobody scrapes when no reader is named', () => {
  const output = synth({ networkPolicies: { metricsReaders: [] } });
  expect([policy(output, 'spire-agent').policyTypes, policy(output, 'spire-agent').ingress]).toEqual([['Ingress', 'Egress'], undefined]);
  expect(policy(output, 'spire-server').ingress.flatMap((rule: any) => rule.ports)).toEqual(tcp(8081, 9443));
});

test.each(['dns', 'externalAddresses', 'apiServerAddresses', 'nodeAddresses'])('fails for %s without an element', (name) => {
  expect(() => synth({ networkPolicies: { [name]: [] } })).toThrow(
    `${name} of networkPolicies is an empty list, which Kubernetes would read as no limit: give at least one, or leave it out`);
});

test.each([
  [{ dnsPort: 0 }, 'dnsPort of networkPolicies is 0: use a whole number from 1 to 65535'],
  [{ externalAddresses: ['10.0.0.1'] }, "externalAddresses of networkPolicies has '10.0.0.1', which is no address range"],
  [{ nodeAddresses: ['node-1'] }, "nodeAddresses of networkPolicies has 'node-1', which is no address range"],
])('fails for %j, whether or not something needs it', (networkPolicies, message) => {
  expect(() => synth({ networkPolicies })).toThrow(message);
});

test('the API server takes them', () => {
  expect(strictErrors(synth({ server: { nodeAttestors: [NodeAttestor.httpChallenge({ allowedDnsPatterns: ['.*'] })] } }).allObjects)).toEqual([]);
});
