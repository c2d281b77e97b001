import { Duration } from 'cdk8s';
import { KeyType, KubeletVerification, ProfileName, Spire, SpiffeId, SpireAgentProps, SpireProps, SpireVersion, WorkloadAttestor } from '../../../../src';
import { synthPlatform } from '../../../support/synth';

const spire = (props: SpireProps) => synthPlatform((platform) => new Spire(platform, 'spire', props));
const id = SpiffeId.parse('spiffe://example.org/delegate');

test('the admin socket is on the node, away from the workloads', () => {
  const pod = spire({ agent: { adminSocketPath: '/run/spire/admin/api.sock', authorizedDelegates: [id] } }).object('DaemonSet', 'spire-agent').spec.template.spec;
  expect(pod.volumes).toContainEqual({ name: 'admin-socket', hostPath: { path: '/run/spire/admin', type: 'DirectoryOrCreate' } });
});

test('ports of the configuration and of the pod are the same', () => {
  const output = spire({ agent: { healthPort: 8087, telemetry: { prometheusPort: 9999 } }, server: { telemetry: { prometheus: false } } });
  expect(output.object('DaemonSet', 'spire-agent').spec.template.spec.containers[0].ports.map((port: any) => port.containerPort)).toEqual([8087, 9999]);
  expect(output.object('StatefulSet', 'spire-server').spec.template.spec.containers[0].ports.map((port: any) => port.name)).toEqual(['grpc', 'health']);
});

test('profiles have a volume in the read-only container', () => {
  const pod = spire({ agent: { profiling: { frequency: 60, names: [ProfileName.HEAP] } } }).object('DaemonSet', 'spire-agent').spec.template.spec;
  expect(pod.containers[0].volumeMounts).toContainEqual({ name: 'profiles', mountPath: '/opt/spire/.profiles' });
});

test('an agent that is one minor release older than its server is fine', () => {
  const output = spire({ agentVersion: SpireVersion.of('1.14.7') });
  expect(output.object('DaemonSet', 'spire-agent').spec.template.spec.containers[0].image).toBe('ghcr.io/spiffe/spire-agent:1.14.7');
  expect(output.object('StatefulSet', 'spire-server').spec.template.spec.containers[0].image).toBe('ghcr.io/spiffe/spire-server:1.15.3');
});

test('files of a release that the library does not know say so, those of the others do not', () => {
  const newest = SpireVersion.unchecked('1.16.0');
  const config = (output: ReturnType<typeof spire>, kind: string) => output.object('ConfigMap', `spire-${kind}`).data[`${kind}.conf`];
  const upgrade = spire({ version: newest, agentVersion: SpireVersion.V1_15 });
  expect(config(upgrade, 'server')).toMatch(/^# SPIRE 1\.16\.0 is not known to cdk8s-spiffe: written as for 1\.15\n/);
  expect(config(upgrade, 'agent')).not.toContain('is not known');
  expect(config(spire({ version: newest }), 'agent')).toMatch(/^# SPIRE 1\.16\.0 is not known/);
});

test.each([
  ['an agent newer than its server', { version: SpireVersion.of('1.15.2'), agentVersion: SpireVersion.V1_15 },
    'agents of SPIRE 1.15.3 are newer than the server (1.15.2): upgrade the server first'],
  ['an agent two minor releases older', { agentVersion: SpireVersion.of('1.13.3') },
    'agents of SPIRE 1.13.3 are more than one minor release older than the server (1.15.3): upgrade the agents in between'],
  ['a target that SVIDs cannot reach', { agent: { availabilityTarget: Duration.hours(24) } },
    'availabilityTarget 24h needs an X.509-SVID TTL of 36h, it is 1h: raise x509SvidTtl, or SPIRE ignores the target'],
])('fails for %s', (_, props: SpireProps, message) => {
  expect(() => spire(props)).toThrow(message);
});

const WRONG: [string, SpireAgentProps, string][] = [
  ['a target under a day', { availabilityTarget: Duration.hours(23) }, 'availabilityTarget 23h is too short: give at least 24h'],
  ['an admin socket among the workloads', { adminSocketPath: '/run/spire/agent-sockets/admin.sock' },
    "adminSocketPath '/run/spire/agent-sockets/admin.sock' is in the directory that workloads mount"],
  ['a foreign delegate', { adminSocketPath: '/run/a/b.sock', authorizedDelegates: [SpiffeId.parse('spiffe://other.org/x')] },
    "authorized delegate 'spiffe://other.org/x' is not in the trust domain 'example.org'"],
  ['delegates without socket', { authorizedDelegates: [id] }, 'authorizedDelegates have no socket to call: give adminSocketPath'],
  ['long keys of workloads', { workloadX509SvidKeyType: KeyType.RSA_4096 }, "workloadX509SvidKeyType 'rsa-4096' is not possible for workloads"],
  ['a delay for nothing', { rebootstrapDelay: Duration.minutes(5) }, 'rebootstrapDelay has no use without rebootstrapMode'],
  ['a cache of nothing', { x509SvidCacheMaxSize: 0 }, 'x509SvidCacheMaxSize 0 is not possible: give a whole number from 1'],
  ['no workload attestor', { workloadAttestors: [] }, 'workloadAttestors is empty: give at least one'],
  ['the same attestor twice', { workloadAttestors: [WorkloadAttestor.unix(), WorkloadAttestor.unix()] }, 'WorkloadAttestor "unix" is given twice'],
  ['a kubelet at two places', { kubeletVerification: KubeletVerification.NONE, workloadAttestors: [WorkloadAttestor.k8s()] },
    'kubeletVerification has no use beside workloadAttestors: give it to WorkloadAttestor.k8s({ kubeletVerification })'],
  ['profiles without names', { profiling: { frequency: 5 } }, 'profiling names is empty: give at least one'],
  ['a known key', { additionalConfig: { sds: {} } }, "additional key 'sds' is one that this library writes"],
];

test.each(WRONG)('fails for %s', (_, agent, message) => {
  expect(() => spire({ agent })).toThrow(message);
});

test.each<[string, SpireAgentProps]>([
  ['disableSdsApi needs SPIRE 1.15.3', { disableSdsApi: true }],
  ['disableWorkloadApi needs SPIRE 1.15.3', { disableWorkloadApi: true }],
  ['logSelectors needs SPIRE 1.15.2', { logSelectors: ['k8s:ns'] }],
  ["workloadX509SvidKeyType 'ec-p384' needs SPIRE 1.14.0", { workloadX509SvidKeyType: KeyType.EC_P384 }],
  ['rateLimit of the agent needs SPIRE 1.15.2', { experimental: { rateLimit: { fetchSecrets: 1 } } }],
])('fails: %s', (message, agent) => {
  expect(() => spire({ version: SpireVersion.of('1.13.3'), agent })).toThrow(`${message}, this is 1.13.3`);
});
