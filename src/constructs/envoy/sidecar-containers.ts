import { STATUS_PORT } from './bootstrap';
import { ExternalAuthorization } from './external-authorization';
import { EnvoyInbound } from './inbound';
import { WorkloadApiSocket } from '../../cluster';

const CONFIG_VOLUME = 'envoy-config';
const SOCKET_VOLUME = 'workload-api';
const POLICY_VOLUME = 'opa-policy';
const SOCKET_FOLDER = '/run/spire/workload-api';

/**
 * Where OPA answers about itself: its API to the pod, its health to the kubelet.
 */
export const OPA_API_PORT = 8181;
export const OPA_DIAGNOSTIC_PORT = 8282;

/**
 * The key of the bootstrap in its ConfigMap.
 */
export const BOOTSTRAP_FILE = 'envoy.yaml';

/**
 * Where the proxy finds the Workload API.
 */
export function socketPathInPod(socket: WorkloadApiSocket): string {
  return `${SOCKET_FOLDER}/${socket.fileName}`;
}

/**
 * The volumes of the sidecars.
 */
export function sidecarVolumes(socket: WorkloadApiSocket, configMapName: string, authorization?: ExternalAuthorization): any[] {
  return [
    { name: CONFIG_VOLUME, configMap: { name: configMapName } },
    { name: SOCKET_VOLUME, csi: { driver: socket.csiDriver, readOnly: true } },
    ...(authorization ? [{ name: POLICY_VOLUME, configMap: { name: authorization._opa.policy.name } }] : []),
  ];
}

/**
 * Envoy, started before the application and ended after it.
 */
export function envoyContainer(image: string, inbound: EnvoyInbound[]): any {
  return {
    name: 'envoy',
    image,
    restartPolicy: 'Always',
    command: ['envoy'],
    args: ['-c', `/etc/envoy/${BOOTSTRAP_FILE}`, '--concurrency', '2', '--log-level', 'warning'],
    ports: [
      ...inbound.map(({ port }) => ({ name: `mtls-${port}`, containerPort: port, protocol: 'TCP' })),
      { name: 'envoy-status', containerPort: STATUS_PORT, protocol: 'TCP' },
    ],
    // without a secret of SPIRE it is never ready
    startupProbe: { httpGet: { path: '/ready', port: STATUS_PORT }, periodSeconds: 1, failureThreshold: 120 },
    readinessProbe: { httpGet: { path: '/ready', port: STATUS_PORT }, periodSeconds: 5 },
    resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '256Mi' } },
    securityContext: securityContext(101),
    volumeMounts: [
      { name: CONFIG_VOLUME, mountPath: '/etc/envoy', readOnly: true },
      { name: SOCKET_VOLUME, mountPath: SOCKET_FOLDER, readOnly: true },
    ],
  };
}

/**
 * OPA with its plugin for Envoy, reached from the pod alone.
 */
export function opaContainer({ _opa: opa }: ExternalAuthorization): any {
  return {
    name: 'opa',
    image: opa.image,
    restartPolicy: 'Always',
    args: [
      'run', '--server', `--addr=127.0.0.1:${OPA_API_PORT}`, `--diagnostic-addr=0.0.0.0:${OPA_DIAGNOSTIC_PORT}`,
      `--set=plugins.envoy_ext_authz_grpc.addr=127.0.0.1:${opa.port}`, `--set=plugins.envoy_ext_authz_grpc.path=${opa.path}`,
      // each file of a mounted ConfigMap is there three times
      '--ignore=.*', '/policy',
    ],
    ports: [{ name: 'opa-health', containerPort: OPA_DIAGNOSTIC_PORT, protocol: 'TCP' }],
    startupProbe: { httpGet: { path: '/health?plugins', port: OPA_DIAGNOSTIC_PORT }, periodSeconds: 1, failureThreshold: 60 },
    readinessProbe: { httpGet: { path: '/health?plugins', port: OPA_DIAGNOSTIC_PORT }, periodSeconds: 5 },
    resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '256Mi' } },
    securityContext: securityContext(1000),
    volumeMounts: [{ name: POLICY_VOLUME, mountPath: '/policy', readOnly: true }],
  };
}

function securityContext(user: number): any {
  return {
    runAsUser: user,
    runAsGroup: user,
    runAsNonRoot: true,
    readOnlyRootFilesystem: true,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  };
}
