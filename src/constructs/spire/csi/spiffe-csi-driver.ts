import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { WorkloadApiSocket } from '../../../cluster';
import { Platform, Stage } from '../../../delivery';
import { labels, selectorLabels } from '../../labels';
import { defineServiceAccount } from '../../rbac';
import { SpireImages } from '../images';
import { ISpiffeCsiDriver } from '../parts';
import { SPIRE_PORTS } from '../ports';

export interface SpiffeCsiDriverContext {
  readonly namespace: string;
  readonly socket: WorkloadApiSocket;
  readonly images: SpireImages;
  readonly kubeletDirectory: string;
}

const NAME = 'spiffe-csi-driver';
const CSI_SOCKET_DIR = '/spiffe-csi';
const CSI_SOCKET = `${CSI_SOCKET_DIR}/csi.sock`;

/**
 * The SPIFFE CSI driver: mounts the directory of the Workload API socket into pods, read-only, so that they need no host path.
 */
export class SpiffeCsiDriver extends Construct implements ISpiffeCsiDriver {
  /**
   * The DaemonSet.
   */
  public readonly daemonSet: ApiObject;

  /**
   * The CSIDriver object.
   */
  public readonly csiDriver: ApiObject;

  public constructor(scope: Construct, id: string, context: SpiffeCsiDriverContext) {
    super(scope, id);
    const chart = Platform.of(this).chart(Stage.SPIRE_AGENT, NAME);
    defineServiceAccount(chart, NAME, context.namespace);
    this.csiDriver = new ApiObject(chart, 'csi-driver', {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'CSIDriver',
      metadata: {
        name: context.socket.csiDriver,
        labels: labels(NAME, 'spire'),
        // without the driver pods that use it never end
        annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false' },
      },
      spec: { attachRequired: false, podInfoOnMount: true, fsGroupPolicy: 'None', volumeLifecycleModes: ['Ephemeral'] },
    });
    this.daemonSet = new ApiObject(chart, 'daemon-set', {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: NAME, namespace: context.namespace, labels: labels(NAME, 'spire') },
      spec: {
        selector: { matchLabels: selectorLabels(NAME) },
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
        template: {
          metadata: { labels: labels(NAME, 'spire') },
          spec: {
            serviceAccountName: NAME,
            automountServiceAccountToken: false,
            priorityClassName: 'system-node-critical',
            tolerations: [{ operator: 'Exists' }],
            securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
            containers: [driverContainer(context), registrarContainer(context)],
            volumes: volumes(context),
          },
        },
      },
    });
  }
}

function driverContainer(context: SpiffeCsiDriverContext) {
  return {
    name: NAME,
    image: context.images.csiDriver,
    args: ['-plugin-name', context.socket.csiDriver, '-workload-api-socket-dir', context.socket.directory, '-csi-socket-path', CSI_SOCKET],
    env: [{ name: 'MY_NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
    resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } },
    // mounts can be passed on to the node (Bidirectional) by a privileged container only
    securityContext: { privileged: true, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    volumeMounts: [
      { name: 'agent-socket', mountPath: context.socket.directory, readOnly: true },
      { name: 'csi-socket', mountPath: CSI_SOCKET_DIR },
      { name: 'pod-mounts', mountPath: `${context.kubeletDirectory}/pods`, mountPropagation: 'Bidirectional' },
    ],
  };
}

function registrarContainer(context: SpiffeCsiDriverContext) {
  return {
    name: 'node-driver-registrar',
    image: context.images.nodeDriverRegistrar,
    args: [
      '-csi-address', CSI_SOCKET,
      '-kubelet-registration-path', `${pluginDir(context)}/csi.sock`,
      '-health-port', String(SPIRE_PORTS.csiHealth),
    ],
    ports: [{ name: 'health', containerPort: SPIRE_PORTS.csiHealth, protocol: 'TCP' }],
    livenessProbe: { httpGet: { path: '/healthz', port: 'health' }, initialDelaySeconds: 5, periodSeconds: 30, timeoutSeconds: 5 },
    resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } },
    securityContext: {
      runAsUser: 0,
      runAsGroup: 0,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    },
    volumeMounts: [
      { name: 'csi-socket', mountPath: CSI_SOCKET_DIR },
      { name: 'plugin-registration', mountPath: '/registration' },
    ],
  };
}

function volumes(context: SpiffeCsiDriverContext) {
  return [
    { name: 'agent-socket', hostPath: { path: context.socket.directory, type: 'DirectoryOrCreate' } },
    { name: 'csi-socket', hostPath: { path: pluginDir(context), type: 'DirectoryOrCreate' } },
    { name: 'pod-mounts', hostPath: { path: `${context.kubeletDirectory}/pods`, type: 'Directory' } },
    { name: 'plugin-registration', hostPath: { path: `${context.kubeletDirectory}/plugins_registry`, type: 'Directory' } },
  ];
}

function pluginDir(context: SpiffeCsiDriverContext): string {
  return `${context.kubeletDirectory}/plugins/${context.socket.csiDriver}`;
}
