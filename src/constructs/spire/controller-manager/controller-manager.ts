import { ApiObject, Yaml } from 'cdk8s';
import { Construct } from 'constructs';
import { defineWebhook } from './webhook';
import { Cluster } from '../../../cluster';
import { Platform, Stage } from '../../../delivery';
import { labels } from '../../labels';
import { RESTRICTED_CONTAINER } from '../../pod-security';
import { grantInCluster, grantInNamespace } from '../../rbac';
import { SpireImages } from '../images';
import { IControllerManager } from '../parts';
import { SPIRE_PORTS } from '../ports';
import { SERVER_SOCKET, SERVER_SOCKET_VOLUME } from '../server/paths';

export interface ControllerManagerContext {
  readonly namespace: string;
  readonly agent: { readonly namespace: string };
  readonly images: SpireImages;
  readonly className: string;
  readonly parentIdTemplate?: string;
  readonly replicas: number;
  readonly serviceAccount: string;
  readonly serverLabels: { [key: string]: string };
}

const NAME = 'spire-controller-manager';
const CONFIG_DIR = '/run/spire/controller-manager';
const CONFIG_FILE = 'config.yaml';

/**
 * The SPIRE controller manager: registers workloads as ClusterSPIFFEIDs say. It runs beside each server and uses its private socket.
 *
 * Its webhook makes its own certificate and writes the authority into the webhook configuration.
 */
export class ControllerManager extends Construct implements IControllerManager {
  /**
   * The ConfigMap with the ControllerManagerConfig.
   */
  public readonly configMap: ApiObject;

  /**
   * The webhook that refuses resources it cannot read.
   */
  public readonly webhook: ApiObject;

  private readonly image: string;

  public constructor(scope: Construct, id: string, context: ControllerManagerContext) {
    super(scope, id);
    this.image = context.images.controllerManager;
    const platform = Platform.of(this);
    const chart = platform.chart(Stage.SPIRE_SERVER, NAME);
    const leaderElection = context.replicas > 1;

    this.configMap = new ApiObject(chart, 'config', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: NAME, namespace: context.namespace, labels: labels(NAME, 'spire') },
      data: { [CONFIG_FILE]: Yaml.stringify(managerConfig(platform.cluster, context, leaderElection)) },
    });
    this.webhook = defineWebhook(chart, { name: `${NAME}-webhook`, namespace: context.namespace, podLabels: context.serverLabels });
    const grantee = { serviceAccount: context.serviceAccount, serviceAccountNamespace: context.namespace };
    grantInCluster(chart, { ...grantee, name: NAME, rules: clusterRules(`${NAME}-webhook`) });
    if (leaderElection) {
      grantInNamespace(chart, context.namespace, {
        ...grantee,
        name: `${NAME}-leader-election`,
        rules: [{ apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get', 'create', 'update'] }],
      });
    }
  }

  /**
   * The container and its volumes, for the pod of the server.
   */
  public sidecar(socketDir: string): { container: object; volumes: object[] } {
    return {
      container: {
        name: NAME,
        image: this.image,
        args: [`--config=${CONFIG_DIR}/${CONFIG_FILE}`],
        ports: [
          { name: 'webhook', containerPort: SPIRE_PORTS.webhook, protocol: 'TCP' },
          { name: 'cm-metrics', containerPort: SPIRE_PORTS.controllerManagerMetrics, protocol: 'TCP' },
          { name: 'cm-health', containerPort: SPIRE_PORTS.controllerManagerHealth, protocol: 'TCP' },
        ],
        livenessProbe: { httpGet: { path: '/healthz', port: 'cm-health' }, initialDelaySeconds: 15, periodSeconds: 20 },
        readinessProbe: { httpGet: { path: '/readyz', port: 'cm-health' }, initialDelaySeconds: 5, periodSeconds: 10 },
        resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '256Mi' } },
        securityContext: RESTRICTED_CONTAINER,
        volumeMounts: [
          { name: 'controller-manager-config', mountPath: CONFIG_DIR, readOnly: true },
          // the webhook keeps its certificate here
          { name: 'controller-manager-tmp', mountPath: '/tmp' },
          { name: SERVER_SOCKET_VOLUME, mountPath: socketDir, readOnly: true },
        ],
      },
      volumes: [
        { name: 'controller-manager-config', configMap: { name: this.configMap.name } },
        { name: 'controller-manager-tmp', emptyDir: { medium: 'Memory', sizeLimit: '4Mi' } },
      ],
    };
  }
}

function managerConfig(cluster: Cluster, context: ControllerManagerContext, leaderElection: boolean) {
  return {
    apiVersion: 'spire.spiffe.io/v1alpha1',
    kind: 'ControllerManagerConfig',
    clusterName: cluster.name,
    trustDomain: cluster.trustDomain.name,
    clusterDomain: cluster.clusterDomain,
    className: context.className,
    ...(context.parentIdTemplate === undefined ? {} : { parentIDTemplate: context.parentIdTemplate }),
    // without a prefix the manager deletes every entry that it did not make
    entryIDPrefix: cluster.name,
    // regular expressions; unanchored ones would match parts of names
    ignoreNamespaces: ['kube-system', 'kube-public', 'kube-node-lease', context.namespace, context.agent.namespace].map((name) => `^${name}$`),
    spireServerSocketPath: SERVER_SOCKET,
    validatingWebhookConfigurationName: `${NAME}-webhook`,
    metrics: { bindAddress: `0.0.0.0:${SPIRE_PORTS.controllerManagerMetrics}` },
    health: { healthProbeBindAddress: `0.0.0.0:${SPIRE_PORTS.controllerManagerHealth}` },
    ...(leaderElection ? {
      leaderElection: { leaderElect: true, resourceName: `${NAME}.spiffe.io`, resourceNamespace: context.namespace },
    } : {}),
  };
}

function clusterRules(webhookName: string) {
  const resources = ['clusterspiffeids', 'clusterfederatedtrustdomains', 'clusterstaticentries'];
  return [
    { apiGroups: [''], resources: ['pods', 'nodes', 'endpoints', 'namespaces'], verbs: ['list', 'watch'] },
    { apiGroups: ['spire.spiffe.io'], resources, verbs: ['list', 'watch'] },
    { apiGroups: ['spire.spiffe.io'], resources: resources.map((resource) => `${resource}/status`), verbs: ['update'] },
    // list and watch cannot be limited to one name
    { apiGroups: ['admissionregistration.k8s.io'], resources: ['validatingwebhookconfigurations'], verbs: ['list', 'watch'] },
    { apiGroups: ['admissionregistration.k8s.io'], resources: ['validatingwebhookconfigurations'], resourceNames: [webhookName], verbs: ['get', 'patch'] },
  ];
}
