import { ApiObject, Duration, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { SpireAgentConfig } from './config';
import { SpireVersion, WorkloadApiSocket } from '../../../cluster';
import { Platform, Stage } from '../../../delivery';
import { requireProps } from '../../../identity/require-props';
import { configHash } from '../../config-hash';
import { labels, selectorLabels } from '../../labels';
import { NetworkPeer } from '../../network';
import { defineServiceAccount } from '../../rbac';
import { prometheusPort } from '../config-text';
import { SpireImages } from '../images';
import { AGENT_CONFIG_DIR, AGENT_CONFIG_FILE, AGENT_DATA_DIR, AGENT_FILES_DIR, AGENT_NAME } from './paths';
import { requireDistinctAgentPorts } from '../listeners';
import { closeNamespace, definePodPolicy } from '../network/define-policies';
import { PodNetwork } from '../network/pod-network';
import { SpireNetworkPolicies } from '../network/spire-network-policies';
import { NodeAttestor } from '../node-attestor/node-attestor';
import { AttestedCluster } from '../node-attestor/sides';
import { ISpireAgent } from '../parts';
import { PluginPod } from '../plugins/plugin-pod';
import { SPIRE_PORTS } from '../ports';
import { TrustBundleConfigMap } from '../trust-bundle';
import { SpireAgentProps } from './spire-agent-props';
import { annotate, grantPluginRights } from '../plugins/pod-rights';

export interface SpireAgentContext {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly serverHost: string;
  readonly server: { readonly name: string; readonly namespace: string };
  readonly networkPolicies: SpireNetworkPolicies;
  readonly socket: WorkloadApiSocket;
  readonly bundle: TrustBundleConfigMap;
  readonly images: SpireImages;
  readonly version: SpireVersion;
  readonly attestor: NodeAttestor;
  readonly attestedCluster: AttestedCluster;
  readonly x509SvidTtl: Duration;
}

const NAME = AGENT_NAME;

/**
 * The SPIRE agent: a DaemonSet that gives the workloads of its node their identities.
 *
 * It sees the node's process IDs and shares a directory with it, so its namespace has level `privileged`; the agent itself runs without any
 * capability and without the node's network.
 */
export class SpireAgent extends Construct implements ISpireAgent {
  /**
   * The DaemonSet.
   */
  public readonly daemonSet: ApiObject;

  /**
   * The ConfigMap with agent.conf.
   */
  public readonly configMap: ApiObject;

  /**
   * The NetworkPolicy of the agents' pods.
   */
  public readonly networkPolicy?: ApiObject;

  public constructor(scope: Construct, id: string, props: SpireAgentProps, context: SpireAgentContext) {
    super(scope, id);
    requireProps('the agent of Spire', props, {
      nodeAttestor: 'NodeAttestor?',
      keyManager: 'AgentKeyManager?',
      workloadAttestors: 'WorkloadAttestor[]?',
      svidStores: 'SvidStore[]?',
      bundle: 'AgentBundle?',
      authorizedDelegates: 'SpiffeId[]?',
    });
    const platform = Platform.of(this);
    const chart = platform.chart(Stage.SPIRE_AGENT, NAME);
    const network = new PodNetwork(platform.cluster, context.networkPolicies);
    const pod = new PluginPod({
      owner: 'agent', version: context.version, configDir: AGENT_CONFIG_DIR, filesDir: AGENT_FILES_DIR, network, cloudIdentity: props.cloudIdentity,
    });
    network.callPods(NetworkPeer.pods(context.server.namespace, selectorLabels(context.server.name)), SPIRE_PORTS.serverApi);
    const sides = context.attestor._sides();
    const config = new SpireAgentConfig(props, {
      ...context, cluster: platform.cluster, attestor: sides, attestorPlugin: sides.agent(context.attestedCluster),
    }, pod);
    requireDistinctAgentPorts(props, pod.ports);
    const serviceAccount = defineServiceAccount(chart, context.serviceAccount, context.namespace);
    annotate(serviceAccount, props.cloudIdentity);
    grantPluginRights(chart, { name: NAME, serviceAccount: context.serviceAccount, serviceAccountNamespace: context.namespace }, pod);
    this.configMap = new ApiObject(chart, 'config', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: NAME, namespace: context.namespace, labels: labels(NAME, 'spire') },
      // whether the cluster federates is known only at the end
      data: { [AGENT_CONFIG_FILE]: Lazy.any({ produce: () => config.render(platform) }) as unknown as string, ...pod.texts },
    });
    this.daemonSet = this.defineDaemonSet(chart, { props, context, pod, expandEnv: config.expandEnv });
    if (context.networkPolicies.enabled ?? true) {
      const policies = platform.chart(Stage.SPIRE_AGENT, `${NAME}-network`);
      closeNamespace(policies, context.namespace);
      this.networkPolicy = definePodPolicy(policies, NAME, context.namespace, network);
    }
  }

  private defineDaemonSet(chart: Construct, options: DaemonSetOptions): ApiObject {
    const { context, props, pod } = options;
    return new ApiObject(chart, 'daemon-set', {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: NAME, namespace: context.namespace, labels: labels(NAME, 'spire') },
      spec: {
        selector: { matchLabels: selectorLabels(NAME) },
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
        template: {
          metadata: { labels: { ...labels(NAME, 'spire'), ...props.cloudIdentity?._podLabels() }, annotations: configHash(this.configMap) },
          spec: {
            serviceAccountName: context.serviceAccount,
            automountServiceAccountToken: true,
            priorityClassName: 'system-node-critical',
            // callers are known by their process ID on the node
            hostPID: true,
            // a pod on a tainted node needs its identity too
            tolerations: [{ operator: 'Exists' }],
            securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
            ...(pod.initContainers.length > 0 ? { initContainers: pod.initContainers } : {}),
            containers: [this.agentContainer(options)],
            volumes: [
              { name: 'agent-config', configMap: { name: this.configMap.name } },
              { name: 'agent-data', ...(pod.hostDataDir === undefined ? { emptyDir: {} } : { hostPath: { path: pod.hostDataDir, type: 'DirectoryOrCreate' } }) },
              { name: 'agent-socket', hostPath: { path: context.socket.directory, type: 'DirectoryOrCreate' } },
              // among them the trust bundle, made by the server's publisher: until then the pod waits
              ...pod.volumes,
            ],
          },
        },
      },
    });
  }

  private agentContainer({ context, props, pod, expandEnv }: DaemonSetOptions) {
    const metrics = prometheusPort(props.telemetry);
    return {
      name: NAME,
      image: context.images.agent,
      args: ['-config', `${AGENT_CONFIG_DIR}/${AGENT_CONFIG_FILE}`, ...(expandEnv ? ['-expandEnv'] : [])],
      ...(pod.env.length > 0 ? { env: pod.env } : {}),
      ...(pod.envFrom.length > 0 ? { envFrom: pod.envFrom } : {}),
      ports: [
        { name: 'health', containerPort: props.healthPort ?? SPIRE_PORTS.health, protocol: 'TCP' },
        ...(metrics === undefined ? [] : [{ name: 'prometheus', containerPort: metrics, protocol: 'TCP' }]),
        ...pod.ports,
      ],
      livenessProbe: { httpGet: { path: '/live', port: 'health' }, initialDelaySeconds: 15, periodSeconds: 60, timeoutSeconds: 3 },
      readinessProbe: { httpGet: { path: '/ready', port: 'health' }, initialDelaySeconds: 10, periodSeconds: 10 },
      resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '512Mi' } },
      securityContext: pod.privileged ? PRIVILEGED : UNPRIVILEGED_ROOT,
      volumeMounts: [
        { name: 'agent-config', mountPath: AGENT_CONFIG_DIR, readOnly: true },
        { name: 'agent-data', mountPath: AGENT_DATA_DIR },
        { name: 'agent-socket', mountPath: context.socket.directory },
        ...pod.volumeMounts,
      ],
    };
  }
}

interface DaemonSetOptions {
  readonly props: SpireAgentProps;
  readonly context: SpireAgentContext;
  readonly pod: PluginPod;
  readonly expandEnv: boolean;
}

// user 0 so that the socket's directory on the node can belong to root alone; without any capability
const UNPRIVILEGED_ROOT = {
  runAsUser: 0,
  runAsGroup: 0,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};

// the kernel hands devices of the node to privileged containers only
const PRIVILEGED = { runAsUser: 0, runAsGroup: 0, privileged: true, readOnlyRootFilesystem: true };
