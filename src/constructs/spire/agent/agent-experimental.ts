import { Duration } from 'cdk8s';
import { goDuration } from '../../../formats/go-duration';
import { HclBody } from '../../../formats/hcl';
import { SpiffeId } from '../../../identity';
import { NetworkPeer } from '../../network';
import { optionalDuration, requireInteger, requireSome, requireSocketPath, requireText } from '../input';
import { PluginPod } from '../plugins/plugin-pod';
import { writeRawData } from '../plugins/raw-data';
import { FeatureFlag } from '../server/server-experimental';

/**
 * How many calls a workload may make in a second. Zero is no limit.
 */
export interface AgentRateLimit {
  /**
   * Calls of FetchX509SVID.
   *
   * @default - no limit
   */
  readonly fetchX509Svid?: number;

  /**
   * Calls of FetchJWTSVID.
   *
   * @default - no limit
   */
  readonly fetchJwtSvid?: number;

  /**
   * Calls of FetchX509Bundles.
   *
   * @default - no limit
   */
  readonly fetchX509Bundles?: number;

  /**
   * Calls of FetchJWTBundles.
   *
   * @default - no limit
   */
  readonly fetchJwtBundles?: number;

  /**
   * Calls of Envoy's StreamSecrets.
   *
   * @default - no limit
   */
  readonly streamSecrets?: number;

  /**
   * Calls of Envoy's FetchSecrets.
   *
   * @default - no limit
   */
  readonly fetchSecrets?: number;
}

/**
 * A kind of reference to a workload that a broker may use.
 */
export interface BrokerReferenceType {
  /**
   * The type URL of the reference; `*` stands for all and then alone.
   */
  readonly typeUrl: string;

  /**
   * Whether it may be used over TCP.
   *
   * @default - false
   */
  readonly allowOverTcp?: boolean;
}

/**
 * A workload that may ask for the identities of others.
 */
export interface Broker {
  /**
   * The SPIFFE ID of the broker.
   */
  readonly id: SpiffeId;

  /**
   * How it may refer to workloads.
   */
  readonly allowedReferenceTypes: BrokerReferenceType[];
}

/**
 * The Broker API of the agent.
 */
export interface BrokerApi {
  /**
   * The path of its socket on the node, outside of the directory of the Workload API.
   *
   * @default - no socket; give this or `bindAddress`
   */
  readonly socketPath?: string;

  /**
   * The address at which it listens, as `host:port`.
   *
   * @default - no port; give this or `socketPath`
   */
  readonly bindAddress?: string;

  /**
   * Who may call it.
   */
  readonly brokers: Broker[];
}

/**
 * Settings of the agents that SPIRE may change or drop in any release.
 */
export interface AgentExperimental {
  /**
   * How often an agent asks the server for changes.
   *
   * @default - 5 seconds
   */
  readonly syncInterval?: Duration;

  /**
   * How long an agent waits for a new JWT-SVID while it has one that is still valid: from 5 to under 30 seconds.
   *
   * @default - SPIRE's own default
   */
  readonly jwtSvidCacheHitTimeout?: Duration;

  /**
   * Whether only key exchanges that withstand quantum computers are used.
   *
   * @default - false
   */
  readonly requirePqKem?: boolean;

  /**
   * What is turned on before it is settled.
   *
   * @default - nothing
   */
  readonly featureFlags?: FeatureFlag[];

  /**
   * How often workloads may call. Needs SPIRE 1.15.2.
   *
   * @default - no limits
   */
  readonly rateLimit?: AgentRateLimit;

  /**
   * The Broker API. Needs SPIRE 1.15.2.
   *
   * @default - off
   */
  readonly broker?: BrokerApi;

  /**
   * Keys of `experimental` that this library does not know, in SPIRE's own spelling. They are marked in the file.
   *
   * @default - none
   */
  readonly additionalConfig?: { readonly [key: string]: any };
}

/**
 * Writes the block experimental of the agent.
 */
export function writeAgentExperimental(agent: HclBody, props: AgentExperimental | undefined, pod: PluginPod): void {
  if (!props) {
    return;
  }
  const timeout = props.jwtSvidCacheHitTimeout?.toMilliseconds();
  if (props.jwtSvidCacheHitTimeout && timeout !== undefined && (timeout < 5_000 || timeout >= 30_000)) {
    throw new Error(`jwtSvidCacheHitTimeout ${goDuration(props.jwtSvidCacheHitTimeout)} is not possible: give from 5s to under 30s`);
  }
  const block = agent.block('experimental');
  block.attributes({
    sync_interval: optionalDuration('syncInterval', props.syncInterval),
    jwt_svid_cache_hit_timeout: optionalDuration('jwtSvidCacheHitTimeout', props.jwtSvidCacheHitTimeout),
    require_pq_kem: props.requirePqKem,
    feature_flags: props.featureFlags && requireSome('featureFlags', props.featureFlags),
  });
  writeRateLimit(block, props.rateLimit, pod);
  writeBroker(block, props.broker, pod);
  writeRawData(block, props.additionalConfig, ['sync_interval', 'jwt_svid_cache_hit_timeout', 'require_pq_kem', 'feature_flags', 'ratelimit', 'broker',
    'use_sync_authorized_entries', 'named_pipe_name', 'admin_named_pipe_name']);
}

function writeRateLimit(block: HclBody, limit: AgentRateLimit | undefined, pod: PluginPod): void {
  if (!limit) {
    return;
  }
  pod.requireVersion('rateLimit of the agent', '1.15.2');
  Object.entries(limit).forEach(([name, value]) => requireInteger(name, value, 0));
  block.block('ratelimit').attributes({
    fetch_x509_svid: limit.fetchX509Svid,
    fetch_jwt_svid: limit.fetchJwtSvid,
    fetch_x509_bundles: limit.fetchX509Bundles,
    fetch_jwt_bundles: limit.fetchJwtBundles,
    stream_secrets: limit.streamSecrets,
    fetch_secrets: limit.fetchSecrets,
  });
}

function writeBroker(block: HclBody, broker: BrokerApi | undefined, pod: PluginPod): void {
  if (!broker) {
    return;
  }
  pod.requireVersion('broker of the agent', '1.15.2');
  requireBroker(broker);
  if (broker.socketPath !== undefined) {
    pod.host('broker-socket', broker.socketPath.slice(0, broker.socketPath.lastIndexOf('/')), 'DirectoryOrCreate', false);
  }
  if (broker.bindAddress !== undefined) {
    pod.network.answer(Number(broker.bindAddress.split(':').pop()), [NetworkPeer.allPods()]);
  }
  // lists, as SPIRE splits blocks of these names into one for each key
  block.block('broker').attributes({
    socket_path: broker.socketPath,
    bind_address: broker.bindAddress,
    brokers: broker.brokers.map((each) => ({
      id: each.id.uri,
      allowed_reference_types: each.allowedReferenceTypes.map((type) => ({ type_url: type.typeUrl, allow_over_tcp: type.allowOverTcp })),
    })),
  });
}

function requireBroker(broker: BrokerApi): void {
  requireSocketPath('socketPath of the broker API', broker.socketPath);
  if (broker.socketPath === undefined && broker.bindAddress === undefined) {
    throw new Error('the broker API has no place to listen: give socketPath or bindAddress');
  }
  if (broker.bindAddress !== undefined && !/^[A-Za-z0-9.:[\]-]*:\d{1,5}$/.test(broker.bindAddress)) {
    throw new Error(`bindAddress '${broker.bindAddress}' is no address: write it as 'host:port'`);
  }
  requireSome('brokers of the broker API', broker.brokers);
  const ids = broker.brokers.map((each) => each.id.uri);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) {
    throw new Error(`broker '${twice}' is given twice: put its reference types together`);
  }
  for (const { id, allowedReferenceTypes } of broker.brokers) {
    requireSome(`allowedReferenceTypes of broker '${id}'`, allowedReferenceTypes).forEach((type) => requireText('typeUrl', type.typeUrl));
    if (allowedReferenceTypes.length > 1 && allowedReferenceTypes.some((type) => type.typeUrl === '*')) {
      throw new Error(`broker '${id}' has '*' beside other reference types: '*' stands for all, leave the others out`);
    }
  }
}
