import { Duration } from 'cdk8s';
import { Cluster, WorkloadApiSocket } from '../../../cluster';
import { Platform } from '../../../delivery';
import { HclBody } from '../../../formats/hcl';
import { profilingKeys, writeCaution, writeTelemetryAndHealth } from '../config-text';
import { configText, namesVariables } from '../expand-env';
import { writeSdsNames } from '../federation/federated-platforms';
import { FileRef } from '../file-ref';
import { optionalDuration, requireSome } from '../input';
import { LogFormat } from '../log-format';
import { LogLevel } from '../log-level';
import { NodeAttestorSides } from '../node-attestor/sides';
import { Plugin } from '../plugins/plugin';
import { PluginPod } from '../plugins/plugin-pod';
import { writeRawData } from '../plugins/raw-data';
import { writePlugins } from '../plugins/write-plugins';
import { SPIRE_PORTS } from '../ports';
import { TrustBundleConfigMap } from '../trust-bundle';
import { AgentBundle } from './agent-bundle';
import { writeAgentExperimental } from './agent-experimental';
import { AGENT_KEYS } from './agent-keys';
import { AGENT_DATA_DIR } from './paths';
import { AgentKeyManager } from './plugins/agent-key-manager';
import { WorkloadAttestor } from './plugins/workload-attestor';
import { requireAgent } from './require-agent';
import { SpireAgentProps } from './spire-agent-props';

/**
 * What the agent's configuration has to agree on with the rest of the installation.
 */
export interface SpireAgentConfigContext {
  readonly cluster: Cluster;
  readonly serverHost: string;
  readonly socket: WorkloadApiSocket;
  readonly bundle: TrustBundleConfigMap;
  readonly attestor: NodeAttestorSides;
  readonly attestorPlugin: Plugin;
  readonly x509SvidTtl: Duration;
}

/**
 * The text of agent.conf.
 */
export class SpireAgentConfig {
  /**
   * Whether the file names environment variables and has to be read with -expandEnv.
   */
  public readonly expandEnv: boolean;

  private readonly file = new HclBody();
  private readonly agent: HclBody;

  public constructor(props: SpireAgentProps, context: SpireAgentConfigContext, pod: PluginPod) {
    const keyManager = props.keyManager ?? AgentKeyManager.memory();
    const bundle = props.bundle ?? AgentBundle.configMap();
    requireAgent(props, { ...context, keyManager, bundle }, pod);
    writeCaution(this.file, pod.options.version);
    // the file names the plugins after the agent, but the pod mounts their volumes first
    this.agent = this.file.block('agent');
    const attestors = props.workloadAttestors ?? [WorkloadAttestor.k8s({ kubeletVerification: props.kubeletVerification })];
    writePlugins(this.file, [
      context.attestorPlugin,
      keyManager._plugin(),
      ...requireSome('workloadAttestors', attestors).map((attestor) => attestor._plugin()),
      ...(props.svidStores ?? []).map((store) => store._plugin()),
    ], pod);
    writeAgent(this.agent, props, context, bundle, pod);
    writeTelemetryAndHealth(this.file, props.telemetry ?? {}, props.healthPort ?? SPIRE_PORTS.health, pod);
    this.expandEnv = namesVariables(this.file);
  }

  /**
   * The text of the file, when it is known whether the cluster federates.
   */
  public render(platform: Platform): string {
    writeSdsNames(this.agent, platform);
    return configText(this.file, this.expandEnv);
  }
}

function writeAgent(agent: HclBody, props: SpireAgentProps, context: SpireAgentConfigContext, bundle: AgentBundle, pod: PluginPod): void {
  agent.attributes({
    trust_domain: context.cluster.trustDomain.name,
    server_address: context.serverHost,
    server_port: SPIRE_PORTS.serverApi,
    socket_path: context.socket.path,
    data_dir: AGENT_DATA_DIR,
    ...bundle._keys(pod, context.bundle),
    log_level: props.logLevel ?? LogLevel.INFO,
    log_format: props.logFormat ?? LogFormat.JSON,
    log_source_location: props.logSourceLocation,
    log_selectors: props.logSelectors,
    rebootstrap_mode: props.rebootstrapMode,
    rebootstrap_delay: optionalDuration('rebootstrapDelay', props.rebootstrapDelay),
    join_token_file: props.joinToken && pod.file(FileRef.secret(props.joinToken, 'join_token'), ''),
    admin_socket_path: props.adminSocketPath,
    authorized_delegates: props.authorizedDelegates?.map((id) => id.uri),
    allow_unauthenticated_verifiers: props.allowUnauthenticatedVerifiers,
    allowed_foreign_jwt_claims: props.allowedForeignJwtClaims,
    availability_target: optionalDuration('availabilityTarget', props.availabilityTarget),
    disable_workload_api: props.disableWorkloadApi,
    disable_sds_api: props.disableSdsApi,
    x509_svid_cache_max_size: props.x509SvidCacheMaxSize,
    jwt_svid_cache_max_size: props.jwtSvidCacheMaxSize,
    workload_x509_svid_key_type: props.workloadX509SvidKeyType,
    ...profilingKeys(props.profiling, pod),
  });
  if (props.adminSocketPath !== undefined) {
    pod.host('admin-socket', props.adminSocketPath.slice(0, props.adminSocketPath.lastIndexOf('/')), 'DirectoryOrCreate', false);
  }
  writeAgentExperimental(agent, props.experimental, pod);
  writeRawData(agent, props.additionalConfig, AGENT_KEYS);
}
