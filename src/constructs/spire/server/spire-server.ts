import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { SpireServerConfig } from './config';
import {
  SERVER_CONFIG_DIR, SERVER_CONFIG_FILE, SERVER_DATA_DIR, SERVER_FILES_DIR, SERVER_NAME, SERVER_SOCKET_DIR, SERVER_SOCKET_VOLUME, SERVER_USER,
} from './paths';
import { serverPlugins } from './server-plugins';
import { SpireServerProps } from './spire-server-props';
import { SpireVersion } from '../../../cluster';
import { Platform, Stage } from '../../../delivery';
import { configHash } from '../../config-hash';
import { labels, selectorLabels } from '../../labels';
import { NetworkPeer } from '../../network';
import { restrictedPodSecurity, RESTRICTED_CONTAINER } from '../../pod-security';
import { defineServiceAccount, grantInNamespace } from '../../rbac';
import { prometheusPort } from '../config-text';
import { ControllerManager } from '../controller-manager/controller-manager';
import { defineBundleEndpoint } from '../federation/bundle-endpoint-objects';
import { serveFederation } from '../federation/federated-platforms';
import { SpireImages } from '../images';
import { requireStorageClassName, storageQuantity } from './storage';
import { requireDistinctServerPorts } from '../listeners';
import { closeNamespace, definePodPolicy } from '../network/define-policies';
import { PodNetwork } from '../network/pod-network';
import { SpireNetworkPolicies } from '../network/spire-network-policies';
import { NodeAttestor } from '../node-attestor/node-attestor';
import { AttestedCluster } from '../node-attestor/sides';
import { ISpireServer } from '../parts';
import { PluginPod } from '../plugins/plugin-pod';
import { annotate, grantPluginRights } from '../plugins/pod-rights';
import { SPIRE_PORTS } from '../ports';
import { TrustBundleConfigMap } from '../trust-bundle';
import { DataStore } from './plugins/data-store';
import { KeyManager } from './plugins/key-manager';
import { requireProps } from '../../../identity/require-props';

/**
 * What the server has to agree on with the rest of the installation.
 */
export interface SpireServerContext {
  readonly namespace: string;
  readonly agent: { readonly name: string; readonly namespace: string; readonly serviceAccount: string };
  readonly attestor: NodeAttestor;
  readonly attestedCluster: AttestedCluster;
  readonly parentIdTemplate?: string;
  readonly bundle: TrustBundleConfigMap;
  readonly images: SpireImages;
  readonly version: SpireVersion;
  readonly className: string;
  readonly networkPolicies: SpireNetworkPolicies;
}

/**
 * The SPIRE server: StatefulSet with its controller manager beside it, ConfigMaps, Service and rights.
 *
 * It runs in a namespace of level `restricted`.
 */
export class SpireServer extends Construct implements ISpireServer {
  /**
   * The StatefulSet.
   */
  public readonly statefulSet: ApiObject;

  /**
   * The ConfigMap with server.conf.
   */
  public readonly configMap: ApiObject;

  /**
   * The Service that agents call.
   */
  public readonly service: ApiObject;

  /**
   * The NetworkPolicy of the server's pods.
   */
  public readonly networkPolicy?: ApiObject;

  /**
   * The controller manager that registers workloads.
   */
  public readonly controllerManager: ControllerManager;

  /**
   * How long a certificate of the CA is valid.
   */
  public readonly caTtl: Duration;

  /**
   * How long an X.509-SVID is valid.
   */
  public readonly x509SvidTtl: Duration;

  /**
   * Whether nobody but the agents of the cluster calls the API.
   */
  public readonly closed: boolean;

  public constructor(scope: Construct, id: string, props: SpireServerProps, context: SpireServerContext) {
    super(scope, id);
    requireProps('the server of Spire', props, {
      dataStore: 'DataStore?',
      keyManager: 'KeyManager?',
      upstreamAuthority: 'UpstreamAuthority?',
      nodeAttestors: 'NodeAttestor[]?',
      bundlePublishers: 'BundlePublisher[]?',
      credentialComposers: 'CredentialComposer[]?',
      adminIds: 'SpiffeId[]?',
    });
    const replicas = props.replicas ?? 1;
    const dataStore = props.dataStore ?? DataStore.sqlite();
    const keyManager = props.keyManager ?? KeyManager.disk();
    requireReplicas(replicas, dataStore, keyManager);

    const platform = Platform.of(this);
    const chart = platform.chart(Stage.SPIRE_SERVER, SERVER_NAME);
    const { namespace } = context;
    const plugins = serverPlugins(props, { ...context, dataStore, keyManager });
    const network = new PodNetwork(platform.cluster, context.networkPolicies);
    const pod = new PluginPod({
      owner: 'server', version: context.version, configDir: SERVER_CONFIG_DIR, filesDir: SERVER_FILES_DIR, network, cloudIdentity: props.cloudIdentity,
    });
    this.closed = connectServer(network, props, context);
    const config = new SpireServerConfig(platform.cluster.trustDomain, props, plugins, pod);
    requireDistinctServerPorts(props, pod.ports);
    this.caTtl = config.caTtl;
    this.x509SvidTtl = config.x509SvidTtl;

    const serviceAccount = defineServiceAccount(chart, SERVER_NAME, namespace);
    annotate(serviceAccount, props.cloudIdentity);
    this.configMap = this.defineConfigMap(chart, namespace, { [SERVER_CONFIG_FILE]: config.render(), ...pod.texts });
    this.controllerManager = new ControllerManager(this, 'controller-manager', {
      ...context, replicas, serviceAccount: serviceAccount.name, serverLabels: selectorLabels(SERVER_NAME),
    });
    this.grant(platform.chart(Stage.SPIRE_SERVER, `${SERVER_NAME}-rbac`), context, serviceAccount.name, pod);
    this.service = this.defineService(chart, namespace);
    this.statefulSet = this.defineStatefulSet(chart, { props, context, pod, replicas, expandEnv: config.expandEnv });
    if (props.bundleEndpoint) {
      defineBundleEndpoint(platform, chart, props.bundleEndpoint, { namespace, serverName: SERVER_NAME });
    }
    this.networkPolicy = this.defineNetworkPolicies(namespace, network);
    serveFederation(platform, network);
    if (replicas > 1) {
      this.defineDisruptionBudget(chart, namespace);
    }
  }

  private defineConfigMap(chart: Construct, namespace: string, data: { readonly [file: string]: string }): ApiObject {
    return new ApiObject(chart, 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: SERVER_NAME, namespace, labels: labels(SERVER_NAME, 'spire') }, data });
  }

  private defineNetworkPolicies(namespace: string, network: PodNetwork): ApiObject | undefined {
    if (!(network.settings.enabled ?? true)) {
      return undefined;
    }
    const chart = Platform.of(this).chart(Stage.SPIRE_SERVER, `${SERVER_NAME}-network`);
    closeNamespace(chart, namespace);
    return definePodPolicy(chart, SERVER_NAME, namespace, network);
  }

  private grant(chart: Construct, context: SpireServerContext, serviceAccount: string, pod: PluginPod): void {
    grantPluginRights(chart, { name: SERVER_NAME, serviceAccount, serviceAccountNamespace: context.namespace }, pod);
    grantInNamespace(chart, context.bundle.namespace, {
      name: `${SERVER_NAME}-bundle`,
      serviceAccount,
      serviceAccountNamespace: context.namespace,
      // create by name works because the publisher uses server-side apply
      rules: [{ apiGroups: [''], resources: ['configmaps'], resourceNames: [context.bundle.name], verbs: ['create', 'patch'] }],
    });
  }

  private defineService(chart: Construct, namespace: string): ApiObject {
    return new ApiObject(chart, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: SERVER_NAME, namespace, labels: labels(SERVER_NAME, 'spire') },
      spec: {
        type: 'ClusterIP',
        selector: selectorLabels(SERVER_NAME),
        ports: [{ name: 'grpc', port: SPIRE_PORTS.serverApi, targetPort: 'grpc', protocol: 'TCP' }],
      },
    });
  }

  private defineDisruptionBudget(chart: Construct, namespace: string): void {
    new ApiObject(chart, 'disruption-budget', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: SERVER_NAME, namespace, labels: labels(SERVER_NAME, 'spire') },
      spec: { maxUnavailable: 1, selector: { matchLabels: selectorLabels(SERVER_NAME) } },
    });
  }

  private defineStatefulSet(chart: Construct, options: StatefulSetOptions): ApiObject {
    const { props, context, pod, replicas } = options;
    const manager = this.controllerManager.sidecar(SERVER_SOCKET_DIR);
    return new ApiObject(chart, 'stateful-set', {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: SERVER_NAME, namespace: context.namespace, labels: labels(SERVER_NAME, 'spire') },
      spec: {
        replicas,
        serviceName: SERVER_NAME,
        selector: { matchLabels: selectorLabels(SERVER_NAME) },
        template: {
          metadata: {
            labels: { ...labels(SERVER_NAME, 'spire'), ...props.cloudIdentity?._podLabels() },
            annotations: {
              'kubectl.kubernetes.io/default-container': SERVER_NAME,
              ...configHash(this.configMap, this.controllerManager.configMap),
            },
          },
          spec: {
            serviceAccountName: SERVER_NAME,
            automountServiceAccountToken: true,
            priorityClassName: 'system-cluster-critical',
            securityContext: restrictedPodSecurity(SERVER_USER),
            ...(replicas > 1 ? { topologySpreadConstraints: [SPREAD_OVER_NODES] } : {}),
            ...(pod.initContainers.length > 0 ? { initContainers: pod.initContainers } : {}),
            containers: [this.serverContainer(options), manager.container],
            volumes: [
              { name: 'server-config', configMap: { name: this.configMap.name } },
              { name: SERVER_SOCKET_VOLUME, emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
              ...manager.volumes,
              ...pod.volumes,
            ],
          },
        },
        volumeClaimTemplates: [{
          metadata: { name: 'server-data' },
          spec: {
            accessModes: ['ReadWriteOnce'],
            storageClassName: requireStorageClassName(props.storageClassName),
            resources: { requests: { storage: storageQuantity(props.storage) } },
          },
        }],
      },
    });
  }

  private serverContainer({ props, context, pod, expandEnv }: StatefulSetOptions) {
    const metrics = prometheusPort(props.telemetry);
    return {
      name: SERVER_NAME,
      image: context.images.server,
      args: ['-config', `${SERVER_CONFIG_DIR}/${SERVER_CONFIG_FILE}`, ...(expandEnv ? ['-expandEnv'] : [])],
      ...(pod.env.length > 0 ? { env: pod.env } : {}),
      ...(pod.envFrom.length > 0 ? { envFrom: pod.envFrom } : {}),
      ports: [
        { name: 'grpc', containerPort: SPIRE_PORTS.serverApi, protocol: 'TCP' },
        { name: 'health', containerPort: props.healthPort ?? SPIRE_PORTS.health, protocol: 'TCP' },
        ...(metrics === undefined ? [] : [{ name: 'prometheus', containerPort: metrics, protocol: 'TCP' }]),
        ...pod.ports,
      ],
      livenessProbe: { httpGet: { path: '/live', port: 'health' }, initialDelaySeconds: 15, periodSeconds: 60, timeoutSeconds: 3, failureThreshold: 2 },
      readinessProbe: { httpGet: { path: '/ready', port: 'health' }, initialDelaySeconds: 5, periodSeconds: 5 },
      resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '512Mi' } },
      securityContext: RESTRICTED_CONTAINER,
      volumeMounts: [
        { name: 'server-config', mountPath: SERVER_CONFIG_DIR, readOnly: true },
        { name: SERVER_SOCKET_VOLUME, mountPath: SERVER_SOCKET_DIR },
        { name: 'server-data', mountPath: SERVER_DATA_DIR },
        ...pod.volumeMounts,
      ],
    };
  }
}

interface StatefulSetOptions {
  readonly props: SpireServerProps;
  readonly context: SpireServerContext;
  readonly pod: PluginPod;
  readonly replicas: number;
  readonly expandEnv: boolean;
}

const SPREAD_OVER_NODES = {
  maxSkew: 1,
  topologyKey: 'kubernetes.io/hostname',
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector: { matchLabels: selectorLabels(SERVER_NAME) },
};

/**
 * What a server needs whatever its plugins are. Returns whether nobody but the agents of the cluster calls its API.
 */
function connectServer(network: PodNetwork, props: SpireServerProps, context: SpireServerContext): boolean {
  const agents = NetworkPeer.pods(context.agent.namespace, selectorLabels(context.agent.name));
  const others = network.settings.serverCallers ?? unnamedCallers(props, context);
  // tokens are reviewed there, identities read, the bundle written
  network.callApiServer();
  network.answer(SPIRE_PORTS.serverApi, others && [agents, ...others]);
  // the API server is no pod
  network.answer(SPIRE_PORTS.webhook, undefined);
  network.answerMetrics(SPIRE_PORTS.controllerManagerMetrics);
  return others?.length === 0;
}

/**
 * Who calls the server's API beside the agents; `undefined` is everybody.
 */
function unnamedCallers(props: SpireServerProps, context: SpireServerContext): NetworkPeer[] | undefined {
  const elsewhere = (props.nodeAttestors ?? []).some((each) => each !== context.attestor) || context.attestor._sides().remoteAgents;
  if (elsewhere) {
    return undefined;
  }
  return (props.adminIds ?? []).length > 0 ? [NetworkPeer.allPods()] : [];
}

function requireReplicas(replicas: number, dataStore: DataStore, keyManager: KeyManager): void {
  if (!Number.isInteger(replicas) || replicas < 1) {
    throw new Error(`replicas ${replicas} is not possible: give a whole number from 1`);
  }
  if (replicas > 1 && !dataStore.shared) {
    throw new Error(`replicas ${replicas} with SQLite is not possible, each server would have a database of its own: use 1 replica or DataStore.postgres(...)`);
  }
  if (replicas > 1 && !keyManager._forReplicas()) {
    throw new Error(`replicas ${replicas} with KeyIdentifier.fixed(...) is not possible, the servers would destroy each other's keys: use KeyIdentifier.perReplica()`);
  }
}
