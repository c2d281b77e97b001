import { Duration } from 'cdk8s';
import { HclBody } from '../../../formats/hcl';
import { FileRef } from '../file-ref';
import { optionalDuration, requireSome } from '../input';
import { KeyType } from './key-type';
import { PluginPod } from '../plugins/plugin-pod';
import { writeRawData } from '../plugins/raw-data';

/**
 * What SPIRE may turn on before it is settled.
 */
export enum FeatureFlag {
  /**
   * Workload identity tokens.
   */
  WIT_SVID = 'wit-svid',
}

/**
 * A policy of the Open Policy Agent that decides about each call to the server's API.
 */
export interface AuthorizationPolicyFiles {
  /**
   * The policy in Rego, package `spire`, with `result`.
   */
  readonly rego: FileRef;

  /**
   * The data of the policy, as JSON.
   */
  readonly policyData: FileRef;
}

/**
 * Settings of the server that SPIRE may change or drop in any release.
 */
export interface ServerExperimental {
  /**
   * Whether the SPIFFE ID of an agent is a selector of it. Needs SPIRE 1.15.
   *
   * @default - false
   */
  readonly agentSpiffeIdAsSelector?: boolean;

  /**
   * A policy that replaces the server's own rules about who may call what.
   *
   * @default - SPIRE's own rules
   */
  readonly authorizationPolicy?: AuthorizationPolicyFiles;

  /**
   * How often the cache of entries is made anew from the data store.
   *
   * @default - 5 seconds
   */
  readonly cacheReloadInterval?: Duration;

  /**
   * Whether the cache of entries follows the events of the data store.
   *
   * @default - false
   */
  readonly eventsBasedCache?: boolean;

  /**
   * How often the cache that follows events is made anew.
   *
   * @default - 24 hours
   */
  readonly fullCacheReloadInterval?: Duration;

  /**
   * How old events become.
   *
   * @default - 12 hours
   */
  readonly pruneEventsOlderThan?: Duration;

  /**
   * How long the server waits for an event that it skipped.
   *
   * @default - 15 minutes
   */
  readonly eventTimeout?: Duration;

  /**
   * Whether only key exchanges that withstand quantum computers are used. Callers have to know them.
   *
   * @default - false
   */
  readonly requirePqKem?: boolean;

  /**
   * The type of the key that signs workload identity tokens. Needs FeatureFlag.WIT_SVID.
   *
   * @default - the same as `caKeyType`
   */
  readonly witKeyType?: KeyType;

  /**
   * The issuer in workload identity tokens. Needs FeatureFlag.WIT_SVID and SPIRE 1.15.
   *
   * @default - tokens have no issuer
   */
  readonly witIssuer?: string;

  /**
   * What is turned on before it is settled.
   *
   * @default - nothing
   */
  readonly featureFlags?: FeatureFlag[];

  /**
   * Keys of `experimental` that this library does not know, in SPIRE's own spelling. They are marked in the file.
   *
   * @default - none
   */
  readonly additionalConfig?: { readonly [key: string]: any };
}

/**
 * Writes the block experimental of the server.
 */
export function writeServerExperimental(server: HclBody, props: ServerExperimental | undefined, pod: PluginPod): void {
  if (!props) {
    return;
  }
  requireVersions(props, pod);
  const block = server.block('experimental');
  block.attributes({
    agent_spiffe_id_as_selector: props.agentSpiffeIdAsSelector,
    cache_reload_interval: optionalDuration('cacheReloadInterval', props.cacheReloadInterval),
    events_based_cache: props.eventsBasedCache,
    full_cache_reload_interval: optionalDuration('fullCacheReloadInterval', props.fullCacheReloadInterval),
    prune_events_older_than: optionalDuration('pruneEventsOlderThan', props.pruneEventsOlderThan),
    event_timeout: optionalDuration('eventTimeout', props.eventTimeout),
    require_pq_kem: props.requirePqKem,
    wit_key_type: props.witKeyType,
    wit_issuer: props.witIssuer,
    feature_flags: props.featureFlags && requireSome('featureFlags', props.featureFlags),
  });
  if (props.authorizationPolicy) {
    block.block('auth_opa_policy_engine').block('local').attributes({
      rego_path: pod.file(props.authorizationPolicy.rego, 'authorization-policy.rego'),
      policy_data_path: pod.file(props.authorizationPolicy.policyData, 'authorization-policy-data.json'),
    });
  }
  writeRawData(block, props.additionalConfig, ['agent_spiffe_id_as_selector', 'cache_reload_interval', 'events_based_cache',
    'full_cache_reload_interval', 'prune_events_older_than', 'event_timeout', 'sql_transaction_timeout', 'require_pq_kem', 'wit_key_type',
    'wit_issuer', 'feature_flags', 'auth_opa_policy_engine', 'named_pipe_name']);
}

function requireVersions(props: ServerExperimental, pod: PluginPod): void {
  const usesTokens = props.witKeyType !== undefined || props.witIssuer !== undefined;
  if (usesTokens && !props.featureFlags?.includes(FeatureFlag.WIT_SVID)) {
    throw new Error('witKeyType and witIssuer have no use without workload identity tokens: add FeatureFlag.WIT_SVID to featureFlags');
  }
  if (props.agentSpiffeIdAsSelector !== undefined) {
    pod.requireVersion('agentSpiffeIdAsSelector', '1.15.0');
  }
  if (usesTokens) {
    pod.requireVersion('witKeyType and witIssuer', '1.15.0');
  }
  if (props.fullCacheReloadInterval && !props.eventsBasedCache) {
    throw new Error('fullCacheReloadInterval has no use without eventsBasedCache: set that to true, or leave it out');
  }
}
