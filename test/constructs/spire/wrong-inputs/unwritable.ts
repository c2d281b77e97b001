/* eslint-disable @typescript-eslint/ban-ts-comment */
import { Cluster, KeyIdentifier, KeyManager, LogLevel, NodeAttestor, SpireAgentProps, SpireProps, SpireServerProps, UpstreamAuthority, WorkloadApiSocketProps } from '../../../../src';

/**
 * Wrong settings that do not compile, by the row of the matrix. Nobody calls these functions: the compiler reads them, and complains when one of
 * them becomes possible.
 */
export const UNWRITABLE: { readonly [row: string]: () => unknown } = {
  // @ts-expect-error a lifetime is a Duration
  A03: (): SpireServerProps => ({ caTtl: '1 day' }),
  // @ts-expect-error there are four levels
  A04: (): SpireServerProps => ({ logLevel: 'LOUD' }),
  // @ts-expect-error there are four levels
  A05: (): SpireAgentProps => ({ logLevel: LogLevel.LOUD }),
  // @ts-expect-error the socket is a property of Spire, one for agent and driver
  A06: (): SpireAgentProps => ({ socketPath: '/a/b.sock' }),
  // @ts-expect-error the driver has no socket of its own
  A07: (): SpireProps => ({ csiDriver: { agentSocketPath: '/other/x.sock' } }),
  // @ts-expect-error the driver's name is a property of the socket
  A08: (): SpireProps => ({ csiDriver: { pluginName: 'foo.csi' } }),
  // @ts-expect-error the bundle of the own agents has no format of its own
  A10: (): SpireServerProps => ({ bundlePublisher: { format: 'pem' } }),
  // @ts-expect-error the audience is a property of the attestor, which both sides share
  A11: (): SpireServerProps => ({ audience: ['other'] }),
  // @ts-expect-error a misspelt part
  A13: (): SpireProps => ({ agnet: {} }),
  // @ts-expect-error nothing takes its name from a release
  A15: (): SpireProps => ({ release: 'spire-server' }),
  // @ts-expect-error a key under the wrong parent
  A16: (): SpireAgentProps => ({ workloadAttestors: { k8s: { kubeletAddress: { mode: 'zzz' } } } }),
  // @ts-expect-error a server has one key manager
  R01: (): SpireServerProps => ({ keyManager: [KeyManager.memory(), KeyManager.disk()] }),
  // @ts-expect-error a server has one authority above it
  R02: (): SpireServerProps => ({ upstreamAuthority: [] as UpstreamAuthority[] }),
  // @ts-expect-error a server is a StatefulSet
  R04: (): SpireServerProps => ({ kind: 'job' }),
  // @ts-expect-error a server is a StatefulSet with volumes, there is no Deployment to combine them with
  R05: (): SpireServerProps => ({ kind: 'deployment', persistence: { type: 'pvc' } }),
  // @ts-expect-error a store comes from a factory
  R06: (): SpireServerProps => ({ dataStore: { databaseType: 'oracle' } }),
  // @ts-expect-error the budget follows from the replicas
  R07: (): SpireServerProps => ({ podDisruptionBudget: { minAvailable: 1, maxUnavailable: 1 } }),
  // @ts-expect-error there are no placeholders: name and trust domain have no default
  R08: () => Cluster.of({}),
  // @ts-expect-error there is no notifier
  R09: (): SpireServerProps => ({ notifier: { k8sBundle: {} } }),
  // @ts-expect-error a key has one identifier
  R10: () => KeyManager.awsKms({ region: 'eu-west-1', keyIdentifier: [KeyIdentifier.perReplica(), KeyIdentifier.fixed('a')] }),
  // @ts-expect-error the name that SPIRE's file has is no property
  R11: (): SpireServerProps => ({ ca_subject: {} }),
  // @ts-expect-error an agent attests in one way
  R12: (): SpireAgentProps => ({ nodeAttestor: [NodeAttestor.k8sPsat(), NodeAttestor.joinToken()] }),
  // @ts-expect-error how the kubelet is reached is decided
  R15: (): SpireAgentProps => ({ kubeletAddress: { mode: 'zzz' } }),
  // @ts-expect-error agents are replaced one by one
  R16: (): SpireAgentProps => ({ updateStrategy: 'Foo' }),
  // @ts-expect-error a socket has a directory and a file name, which agent and driver share
  socketPath: (): WorkloadApiSocketProps => ({ path: '/a/b.sock' }),
};
