import { Duration } from 'cdk8s';
import { AgentBundle } from './agent-bundle';
import { Cluster, WorkloadApiSocket } from '../../../cluster';
import { goDuration } from '../../../formats/go-duration';
import { requireInteger, requireOneOf, requirePort, requireSocketPath } from '../input';
import { LogFormat } from '../log-format';
import { LogLevel } from '../log-level';
import { NodeAttestorSides } from '../node-attestor/sides';
import { PluginPod } from '../plugins/plugin-pod';
import { KeyType } from '../server/key-type';
import { AgentKeyManager } from './plugins/agent-key-manager';
import { RebootstrapMode, SpireAgentProps } from './spire-agent-props';

/**
 * What the settings of an agent have to agree on.
 */
export interface AgentAgreement {
  readonly cluster: Cluster;
  readonly socket: WorkloadApiSocket;
  readonly x509SvidTtl: Duration;
  readonly attestor: NodeAttestorSides;
  readonly keyManager: AgentKeyManager;
  readonly bundle: AgentBundle;
}

/**
 * Refuses settings of an agent that SPIRE refuses, or warns about and then ignores.
 */
export function requireAgent(props: SpireAgentProps, agreement: AgentAgreement, pod: PluginPod): void {
  requirePort('healthPort', props.healthPort);
  requireOneOf('logLevel', props.logLevel, Object.values(LogLevel));
  requireOneOf('logFormat', props.logFormat, Object.values(LogFormat));
  requireInteger('x509SvidCacheMaxSize', props.x509SvidCacheMaxSize, 1);
  requireInteger('jwtSvidCacheMaxSize', props.jwtSvidCacheMaxSize, 1);
  requireVersions(props, pod);
  requireSockets(props, agreement.socket);
  requireDelegates(props, agreement.cluster);
  requireKeys(props, agreement);
  requireAvailability(props.availabilityTarget, agreement.x509SvidTtl);
  if (props.kubeletVerification !== undefined && props.workloadAttestors) {
    throw new Error('kubeletVerification has no use beside workloadAttestors: give it to WorkloadAttestor.k8s({ kubeletVerification })');
  }
  if (props.workloadX509SvidKeyType === KeyType.RSA_4096) {
    throw new Error("workloadX509SvidKeyType 'rsa-4096' is not possible for workloads: use KeyType.RSA_2048, EC_P256 or EC_P384");
  }
  const rebootstraps = props.rebootstrapMode !== undefined && props.rebootstrapMode !== RebootstrapMode.NEVER;
  if (rebootstraps && agreement.bundle._insecure()) {
    throw new Error(`rebootstrapMode '${props.rebootstrapMode}' is not possible with AgentBundle.insecure(): use another bundle`);
  }
  if (props.rebootstrapDelay && !rebootstraps) {
    throw new Error('rebootstrapDelay has no use without rebootstrapMode: set that to RebootstrapMode.AUTO, or leave it out');
  }
}

function requireVersions(props: SpireAgentProps, pod: PluginPod): void {
  const gates: [string, unknown, string][] = [
    ['joinToken', props.joinToken, '1.13.3'],
    ['logSelectors', props.logSelectors, '1.15.2'],
    ['disableWorkloadApi', props.disableWorkloadApi, '1.15.3'],
    ['disableSdsApi', props.disableSdsApi, '1.15.3'],
    ['rebootstrapMode', props.rebootstrapMode, '1.13.0'],
    ["workloadX509SvidKeyType 'ec-p384'", props.workloadX509SvidKeyType === KeyType.EC_P384 ? true : undefined, '1.14.0'],
  ];
  gates.filter(([, value]) => value !== undefined).forEach(([name, , since]) => pod.requireVersion(name, since));
}

function requireSockets(props: SpireAgentProps, socket: WorkloadApiSocket): void {
  const sockets: [string, string | undefined][] = [
    ['adminSocketPath', props.adminSocketPath],
    ['socketPath of the broker API', props.experimental?.broker?.socketPath],
  ];
  for (const [name, path] of sockets) {
    requireSocketPath(name, path);
    if (path?.startsWith(`${socket.directory}/`)) {
      throw new Error(`${name} '${path}' is in the directory that workloads mount, ${socket.directory}: put it into another one, such as '/run/spire/admin/api.sock'`);
    }
  }
}

function requireDelegates(props: SpireAgentProps, cluster: Cluster): void {
  const delegates = props.authorizedDelegates ?? [];
  const foreign = delegates.find((id) => !id.trustDomain.sameAs(cluster.trustDomain));
  if (foreign) {
    throw new Error(`authorized delegate '${foreign}' is not in the trust domain '${cluster.trustDomain}': only own workloads can be delegates`);
  }
  if (delegates.length > 0 && props.adminSocketPath === undefined) {
    throw new Error('authorizedDelegates have no socket to call: give adminSocketPath');
  }
}

function requireKeys(props: SpireAgentProps, { attestor, keyManager }: AgentAgreement): void {
  if (!attestor.reattests && !keyManager._survivesRestart()) {
    throw new Error(`node attestor '${attestor.name}' attests each node once, and keys in memory are lost with the agent: use AgentKeyManager.disk()`);
  }
  if ((attestor.name === 'join_token') !== (props.joinToken !== undefined)) {
    throw new Error('joinToken and NodeAttestor.joinToken() belong together: give both, or none');
  }
}

function requireAvailability(target: Duration | undefined, x509SvidTtl: Duration): void {
  if (!target) {
    return;
  }
  const [hours, ttl] = [target.toMilliseconds(), x509SvidTtl.toMilliseconds()];
  if (hours < 24 * 3_600_000) {
    throw new Error(`availabilityTarget ${goDuration(target)} is too short: give at least 24h`);
  }
  if (ttl < hours + 12 * 3_600_000) {
    throw new Error(`availabilityTarget ${goDuration(target)} needs an X.509-SVID TTL of ${goDuration(Duration.millis(hours + 12 * 3_600_000))}, it is ${goDuration(x509SvidTtl)}: raise x509SvidTtl, or SPIRE ignores the target`);
  }
}
