import { Duration } from 'cdk8s';
import { SpiffeId } from '../../../identity';
import { CloudIdentity } from '../cloud-identity';
import { LogFormat } from '../log-format';
import { LogLevel } from '../log-level';
import { AgentBundle } from './agent-bundle';
import { AgentExperimental } from './agent-experimental';
import { NodeAttestor } from '../node-attestor/node-attestor';
import { SecretRef } from '../secret-ref';
import { KubeletVerification } from './kubelet-verification';
import { KeyType } from '../server/key-type';
import { Profiling } from '../telemetry/profiling';
import { SpireTelemetry } from '../telemetry/telemetry';
import { AgentKeyManager } from './plugins/agent-key-manager';
import { SvidStore } from './plugins/svid-store';
import { WorkloadAttestor } from './plugins/workload-attestor';

/**
 * When an agent gives up what it knows about its server and starts anew.
 */
export enum RebootstrapMode {
  /**
   * Never.
   */
  NEVER = 'never',

  /**
   * When it can attest again.
   */
  AUTO = 'auto',

  /**
   * Always; an agent that cannot attest again is lost then.
   */
  ALWAYS = 'always',
}

/**
 * How the SPIRE agents run.
 */
export interface SpireAgentProps {
  /**
   * How the agent verifies the kubelet. With `workloadAttestors` it is a property of `WorkloadAttestor.k8s`.
   *
   * @default - KubeletVerification.CLUSTER_CA
   */
  readonly kubeletVerification?: KubeletVerification;

  /**
   * How much the agents log.
   *
   * @default - LogLevel.INFO
   */
  readonly logLevel?: LogLevel;

  /**
   * How the log is written.
   *
   * @default - LogFormat.JSON
   */
  readonly logFormat?: LogFormat;

  /**
   * Whether each line of the log says from which line of SPIRE's source it comes.
   *
   * @default - false
   */
  readonly logSourceLocation?: boolean;

  /**
   * The selectors of workloads that stand in the log, by type and name, such as `k8s:ns`. Needs SPIRE 1.15.2.
   *
   * @default - none
   */
  readonly logSelectors?: string[];

  /**
   * How the agents of this cluster prove their node. The server's side of it comes by itself.
   *
   * @default - NodeAttestor.k8sPsat()
   */
  readonly nodeAttestor?: NodeAttestor;

  /**
   * Where an agent keeps the keys of its own SVID.
   *
   * @default - AgentKeyManager.memory()
   */
  readonly keyManager?: AgentKeyManager;

  /**
   * How an agent finds out which workload calls it.
   *
   * @default - WorkloadAttestor.k8s()
   */
  readonly workloadAttestors?: WorkloadAttestor[];

  /**
   * Where SVIDs are kept for workloads that cannot call an agent.
   *
   * @default - nowhere
   */
  readonly svidStores?: SvidStore[];

  /**
   * The identity that the agents have in a cloud, for plugins that use one without credentials.
   *
   * @default - none
   */
  readonly cloudIdentity?: CloudIdentity;

  /**
   * Where an agent gets the certificates with which it recognizes its server for the first time.
   *
   * @default - AgentBundle.configMap()
   */
  readonly bundle?: AgentBundle;

  /**
   * When an agent that the server does not know any more starts anew.
   *
   * @default - SPIRE's own default, RebootstrapMode.NEVER
   */
  readonly rebootstrapMode?: RebootstrapMode;

  /**
   * How long an agent waits before it starts anew.
   *
   * @default - 10 minutes
   */
  readonly rebootstrapDelay?: Duration;

  /**
   * The Secret with the key `join_token`, in the agents' namespace; for NodeAttestor.joinToken(). Needs SPIRE 1.13.3.
   *
   * @default - no token
   */
  readonly joinToken?: SecretRef;

  /**
   * The path of the admin socket on the node, outside of the directory of the Workload API.
   *
   * @default - no admin socket
   */
  readonly adminSocketPath?: string;

  /**
   * The workloads that may ask for the identities of all others on their node, at the admin socket.
   *
   * @default - nobody
   */
  readonly authorizedDelegates?: SpiffeId[];

  /**
   * Whether workloads without an identity may get the trust bundle and validate JWT-SVIDs.
   *
   * @default - false
   */
  readonly allowUnauthenticatedVerifiers?: boolean;

  /**
   * The claims of JWT-SVIDs from federated trust domains that the agent hands on when it validates one.
   *
   * @default - none
   */
  readonly allowedForeignJwtClaims?: string[];

  /**
   * For how long workloads shall go on when the server is down. At least 24 hours, and 12 hours less than `x509SvidTtl`.
   *
   * @default - SVIDs are renewed when half of their life is over
   */
  readonly availabilityTarget?: Duration;

  /**
   * Whether there is no Workload API. Needs SPIRE 1.15.3.
   *
   * @default - false
   */
  readonly disableWorkloadApi?: boolean;

  /**
   * Whether there is no SDS for Envoy. A mesh needs it. Needs SPIRE 1.15.3.
   *
   * @default - false
   */
  readonly disableSdsApi?: boolean;

  /**
   * How many X.509-SVIDs an agent keeps beyond those in use.
   *
   * @default - 1000
   */
  readonly x509SvidCacheMaxSize?: number;

  /**
   * The most JWT-SVIDs an agent keeps.
   *
   * @default - 1000
   */
  readonly jwtSvidCacheMaxSize?: number;

  /**
   * The type of the keys of X.509-SVIDs. RSA with 4096 bits is not possible.
   *
   * @default - SPIRE's own default, KeyType.EC_P256
   */
  readonly workloadX509SvidKeyType?: KeyType;

  /**
   * Where metrics go.
   *
   * @default - Prometheus can scrape the pods
   */
  readonly telemetry?: SpireTelemetry;

  /**
   * The port of the probes.
   *
   * @default - 8080
   */
  readonly healthPort?: number;

  /**
   * Profiling of the agents.
   *
   * @default - off
   */
  readonly profiling?: Profiling;

  /**
   * Settings that SPIRE may change or drop in any release.
   *
   * @default - SPIRE's own defaults
   */
  readonly experimental?: AgentExperimental;

  /**
   * Keys of the `agent` block that this library does not know, in SPIRE's own spelling. They are marked in the file.
   *
   * SPIRE refuses keys that it does not know.
   *
   * @default - none
   */
  readonly additionalConfig?: { readonly [key: string]: any };
}
