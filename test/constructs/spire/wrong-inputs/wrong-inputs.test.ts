import { Duration } from 'cdk8s';
import { UNWRITABLE } from './unwritable';
import {
  AgentKeyManager, BundleEndpointProfile, BundlePublisher, Cluster, ClusterFederatedTrustDomain, ClusterSpiffeId, DataStore, KeyIdentifier,
  KeyManager, NodeAttestor, Platform, SecretRef, SpiffeIdTemplate, Spire, SpireProps, TrustDomain, UpstreamAuthority, VaultAuth, WorkloadApiSocket,
} from '../../../../src';
import { synthPlatform } from '../../../support/synth';

const EXAMPLE = TrustDomain.of('example.org');
const PARTNER = TrustDomain.of('partner.org');
const output = (props: SpireProps = {}, more: (spire: Spire, platform: Platform) => void = () => {}) =>
  synthPlatform((platform) => more(new Spire(platform, 'spire', props), platform));
const server = (props: SpireProps) => output(props).object('ConfigMap', 'spire-server').data['server.conf'];
const agent = (props: SpireProps) => output(props).object('ConfigMap', 'spire-agent').data['agent.conf'];
const federated = (url: string, profile: () => BundleEndpointProfile) => output({}, (spire, platform) =>
  new ClusterFederatedTrustDomain(platform, 'partner', { spire, trustDomain: PARTNER, bundleEndpointUrl: url, bundleEndpointProfile: profile() }));
const any = (value: unknown) => value as any;

/**
 * The settings of the Helm chart's matrix: 16 that it takes without a word (A), and 16 that it refuses (R). Each is refused here with the fix, or
 * does not compile, or has become one thing that cannot disagree with itself.
 */
const REFUSED: [string, string, () => unknown, RegExp][] = [
  ['A01', 'a trust domain that is none', () => TrustDomain.of('Bad_Domain!'), /Bad_Domain!.*use/],
  ['A02', 'SVIDs that outlive one sixth of the CA', () => server({ server: { caTtl: Duration.hours(1), x509SvidTtl: Duration.hours(24) } }), /exceeds 10m.*lower it or raise caTtl/],
  ['A03', 'a lifetime that is none', () => Duration.parse('1 day'), /Not a valid ISO duration: 1 day/],
  ['A04', 'a level that the server does not have', () => server({ server: { logLevel: any('LOUD') } }), /logLevel 'LOUD' is unknown: use one of ERROR, WARN, INFO, DEBUG/],
  ['A05', 'a level that agents do not have', () => agent({ agent: { logLevel: any('LOUD') } }), /logLevel 'LOUD' is unknown: use one of ERROR, WARN, INFO, DEBUG/],
  ['A09', 'a template of another trust domain', () => SpiffeIdTemplate.path('spiffe://other.org/x'), /SPIFFE ID|path/],
  ['A09', 'a template with an open action', () => SpiffeIdTemplate.path('/x{{'), /expression that is not known: use/],
  ['A12', 'a bundle over plain http', () => federated('http://bundle.partner.org', () => BundleEndpointProfile.httpsWeb()), /over https only, use one such as/],
  ['A12', 'an endpoint whose SPIFFE ID is of another trust domain', () => federated('https://bundle.partner.org',
    () => BundleEndpointProfile.httpsSpiffe(any({ trustDomain: EXAMPLE, uri: 'spiffe://example.org/spire/server' }))), /use 'spiffe:\/\/partner.org\/spire\/server'/],
  ['A14', 'an identity that federates with a trust domain that nobody defines', () => output({}, (spire, platform) => new ClusterSpiffeId(platform, 'web', {
    spire, name: 'web', podSelector: { matchLabels: { app: 'web' } }, federatesWith: [PARTNER],
  })), /federates with 'partner\.org', which nothing defines.*add a Federation or a ClusterFederatedTrustDomain/],
  ['R03', 'three replicas with SQLite', () => server({ server: { replicas: 3 } }), /use 1 replica or DataStore\.postgres/],
  ['R09', 'a notifier beside the publisher', () => BundlePublisher.custom({ name: 'k8sbundle' }), /use BundlePublisher\.k8sConfigMap/],
  ['R10', 'one identifier for the keys of several servers', () => server({
    server: {
      replicas: 2,
      dataStore: DataStore.postgres({ host: 'db', database: 'spire', credentials: SecretRef.of('db') }),
      keyManager: KeyManager.awsKms({ region: 'eu-west-1', keyIdentifier: KeyIdentifier.fixed('a') }),
    },
  }), /use KeyIdentifier\.perReplica\(\)/],
  ['R11', 'a key that has a property', () => server({ server: { additionalConfig: { ca_subject: {} } } }), /use the property that sets it/],
];

test.each(REFUSED)('%s fails for %s', (_, __, make, message) => {
  expect(make).toThrow(message);
});

/**
 * Facts that were two and are one.
 */
const ONE_FACT: [string, string, () => void][] = [
  ['A06', 'a socket elsewhere is elsewhere for agent, driver and server of the socket', () => {
    const own = output({ socket: WorkloadApiSocket.of({ directory: '/a', fileName: 'b.sock' }) });
    expect(own.object('ConfigMap', 'spire-agent').data['agent.conf']).toContain('socket_path = "/a/b.sock"');
    expect(own.object('DaemonSet', 'spiffe-csi-driver').spec.template.spec.containers[0].args).toContain('/a');
  }],
  ['A08', 'another driver is another driver in the CSIDriver and the arguments', () => {
    const own = output({ socket: WorkloadApiSocket.of({ csiDriver: 'foo.csi' }) });
    expect([own.ofKind('CSIDriver')[0].metadata.name, own.object('DaemonSet', 'spiffe-csi-driver').spec.template.spec.containers[0].args.includes('foo.csi')]).toEqual(['foo.csi', true]);
  }],
  ['A10', 'the bundle is written as it is read', () => {
    expect([server({}), agent({})].map((text) => / (?:trust_bundle_)?format = "(pem|spiffe)"/.exec(text)?.[1])).toEqual(['pem', 'pem']);
  }],
  ['A11', 'tokens have the audience that the server asks for', () => {
    const own = output({ agent: { nodeAttestor: NodeAttestor.k8sPsat({ audience: 'other' }) } });
    expect(own.object('ConfigMap', 'spire-server').data['server.conf']).toContain('audience = ["other"]');
    expect(JSON.stringify(own.object('DaemonSet', 'spire-agent'))).toContain('"audience":"other"');
  }],
  ['A15', 'the name of the construct is in no name of the cluster', () => {
    const names = (id: string) => synthPlatform((platform) => new Spire(platform, id)).allObjects.map((object) => object.metadata.name);
    expect(names('spire-server')).toEqual(names('spire'));
  }],
  ['R01', 'keys are kept in one place', () => expect(server({ server: { keyManager: KeyManager.memory() } }).match(/KeyManager "/g)).toHaveLength(1)],
  ['R02', 'there is one authority above', () => {
    const authority = UpstreamAuthority.gcpCas({ project: 'p', region: 'r', caPool: 'c', labelKey: 'k', labelValue: 'v' });
    expect(server({ server: { upstreamAuthority: authority } }).match(/UpstreamAuthority "/g)).toHaveLength(1);
  }],
  ['R07', 'a budget has one limit', () => {
    const store = DataStore.postgres({ host: 'db', database: 'spire', credentials: SecretRef.of('db') });
    const { spec } = output({ server: { replicas: 2, dataStore: store } }).object('PodDisruptionBudget', 'spire-server');
    expect(Object.keys(spec).sort()).toEqual(['maxUnavailable', 'selector']);
  }],
  ['R10', 'a key has one identifier', () => expect(server({ server: { keyManager: KeyManager.awsKms({ region: 'r', keyIdentifier: KeyIdentifier.fixed('a') }) } })
    .match(/key_identifier_/g)).toHaveLength(1)],
  ['R12', 'an agent attests in one way', () => expect(agent({ agent: { nodeAttestor: NodeAttestor.k8sPsat() } }).match(/NodeAttestor "/g)).toHaveLength(1)],
  ['R13', 'and it always has one', () => expect(agent({ agent: { nodeAttestor: undefined } })).toContain('NodeAttestor "k8s_psat"')],
  ['R14', 'keys on disk bring the directory of the node', () => {
    const { volumes } = output({ agent: { keyManager: AgentKeyManager.disk() } }).object('DaemonSet', 'spire-agent').spec.template.spec;
    expect(volumes).toContainEqual({ name: 'agent-data', hostPath: { path: '/var/lib/spire/agent', type: 'DirectoryOrCreate' } });
  }],
];

test.each(ONE_FACT)('%s: %s', (_, __, check) => check());

test('each of the 32 rows is refused, does not compile, or is one fact', () => {
  const rows = ['A', 'R'].flatMap((side) => Array.from({ length: 16 }, (_, index) => `${side}${String(index + 1).padStart(2, '0')}`));
  const covered = new Set([...REFUSED.map(([row]) => row), ...ONE_FACT.map(([row]) => row), ...Object.keys(UNWRITABLE)]);
  expect(rows.filter((row) => !covered.has(row))).toEqual([]);
});

test.each<[string, () => unknown, RegExp]>([
  ['an agent socket in a relative directory', () => WorkloadApiSocket.of({ directory: 'run' }), /no absolute path/],
  ['a CSI driver that is no name', () => WorkloadApiSocket.of({ csiDriver: 'Foo CSI' }), /no name of a driver/],
  ['a cluster without a name', () => Cluster.of({ name: '', trustDomain: EXAMPLE }), /use up to 63 letters/],
  ['plain http to Vault', () => UpstreamAuthority.vault({ address: 'http://v', auth: VaultAuth.token(SecretRef.of('v')) }), /no https URL: write it as/],
  ['agents whose IDs nobody expects', () => server({ agent: { nodeAttestor: NodeAttestor.awsIid() } }), /give parentIdTemplate/],
])('fails for %s', (_, make, message) => {
  expect(make).toThrow(message);
});
