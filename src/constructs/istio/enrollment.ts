import { requirePort, requireServiceAccount, requireWorkloadNamespace, selects } from './input';
import { noteInterception } from './interception';
import { EnrollOptions, ProxyRole } from './mesh';
import { PROXY_CONFIG_FIELDS, requireKnown } from './mesh-config-fields';
import { MeshWorkload } from './mesh-workload';
import { PodTemplate } from './pod-template';
import { SIDECAR_PORTS } from './proxy-ports';
import { WorkloadIdentity } from '../../identity';
import { ISpire } from '../spire/spire-ref';

/**
 * The container of the proxy, which Istio injects, and knows by its name where it is there already.
 */
export const PROXY_CONTAINER = 'istio-proxy';

/**
 * The label with which a pod asks for an identity of SPIRE. The ClusterSPIFFEIDs of a mesh select it.
 */
export const MANAGED_IDENTITY_LABEL = 'spiffe.io/spire-managed-identity';

/**
 * The name of the injection template that mounts the Workload API socket.
 */
export const SPIRE_TEMPLATE = 'spire';

const PROXY_CONFIG = 'proxy.istio.io/config';
const TEMPLATES = 'inject.istio.io/templates';

/**
 * Makes an enrolled workload of a pod template, and adds to the template what the mesh and SPIRE select by.
 */
export function enrollPods(pods: PodTemplate, others: MeshWorkload[], spire: ISpire, options: EnrollOptions): MeshWorkload {
  const shown = `${pods.kind} '${pods.name}'`;
  const role = options.proxyRole ?? ProxyRole.SIDECAR;
  const namespace = requireWorkloadNamespace(shown, pods.namespace);
  const workload = new MeshWorkload({
    identity: WorkloadIdentity.of({
      trustDomain: spire.cluster.trustDomain,
      namespace,
      serviceAccount: requireServiceAccount(shown, pods.serviceAccount),
    }),
    name: pods.name,
    podLabels: pods.labels,
    matchLabels: Object.keys(pods.matchLabels).length > 0 ? pods.matchLabels : pods.labels,
    ports: pods.ports.map(({ number }) => number),
    portNames: Object.fromEntries(pods.ports.flatMap(({ name, number }) => name === undefined ? [] : [[name, number]])),
  });
  requireProxyPlace(shown, pods, role);
  if (role === ProxyRole.SIDECAR) {
    noteInterception(workload, pods.annotations);
  }
  requireAlone(shown, workload, others);
  pods.addMetadata(
    { [MANAGED_IDENTITY_LABEL]: 'true', 'sidecar.istio.io/inject': 'true' },
    { [TEMPLATES]: `${role},${SPIRE_TEMPLATE}`, ...proxyConfig(spire, options) },
  );
  return workload;
}

function requireProxyPlace(shown: string, pods: PodTemplate, role: ProxyRole): void {
  if (pods.hostNetwork) {
    throw new Error(`${shown} uses the network of the host: Istio injects no proxy there, remove hostNetwork or do not enroll it`);
  }
  if (role === ProxyRole.SIDECAR && pods.containerNames.includes(PROXY_CONTAINER)) {
    throw new Error(`${shown} names a container '${PROXY_CONTAINER}' already: the proxy is injected, remove the container`);
  }
  if (role === ProxyRole.GATEWAY && !pods.containerNames.includes(PROXY_CONTAINER)) {
    throw new Error(`${shown} is enrolled as a gateway without a container '${PROXY_CONTAINER}': add one with image 'auto'`);
  }
  for (const annotation of [PROXY_CONFIG, TEMPLATES]) {
    if (pods.annotations[annotation] !== undefined) {
      const fix = annotation === PROXY_CONFIG ? 'give its settings as proxyConfig to enroll' : 'remove it, enroll chooses the templates';
      throw new Error(`${shown} has the annotation '${annotation}' already: ${fix}`);
    }
  }
  if (pods.labels['sidecar.istio.io/inject'] === 'false' || pods.annotations['sidecar.istio.io/inject'] === 'false') {
    throw new Error(`${shown} switches injection off with 'sidecar.istio.io/inject': remove it, a workload without proxy is not in the mesh`);
  }
  if (Object.keys(pods.labels).length === 0) {
    throw new Error(`${shown} has no pod labels: policies select pods by them, give it at least one`);
  }
  if (pods.containerNames.length === 0) {
    throw new Error(`${shown} has no containers, which Kubernetes refuses: write its pods before it is enrolled`);
  }
  pods.ports.forEach(({ number }) => requirePort(shown, number));
  const taken = pods.ports.find(({ number }) => SIDECAR_PORTS.includes(number));
  if (role === ProxyRole.SIDECAR && taken) {
    throw new Error(`${shown} has port ${taken.number}, at which its proxy listens: give the application another port than ${SIDECAR_PORTS.join(', ')}`);
  }
  if (!selects(pods.matchLabels, pods.labels)) {
    throw new Error(`${shown} selects pods by ${JSON.stringify(pods.matchLabels)}, which its own pods (${JSON.stringify(pods.labels)}) do not have: make both the same`);
  }
}

function requireAlone(shown: string, workload: MeshWorkload, others: MeshWorkload[]): void {
  for (const other of others.filter((one) => one.namespace === workload.namespace)) {
    if (other.identity.serviceAccount === workload.identity.serviceAccount) {
      throw new Error(`${shown} runs as service account '${workload.identity.serviceAccount}', as '${other.name}' does: `
        + 'policies could not tell them apart, give each workload a service account of its own');
    }
    const wide = selects(workload.matchLabels, other.podLabels) ? workload : other;
    const narrow = wide === workload ? other : workload;
    if (selects(wide.matchLabels, narrow.podLabels)) {
      throw new Error(`the labels that select the pods of '${wide}' also select those of '${narrow}': `
        + `a policy for one would hold for both, add a label to '${wide.name}' that '${narrow.name}' does not have`);
    }
  }
}

function proxyConfig(spire: ISpire, options: EnrollOptions): { [annotation: string]: string } {
  const config = { ...options.proxyConfig };
  requireKnown('proxyConfig', config, PROXY_CONFIG_FIELDS);
  if (spire.socket.failsClosed) {
    config.proxyMetadata = { ...config.proxyMetadata, WORKLOAD_IDENTITY_SOCKET_FILE: spire.socket.fileName };
  }
  return Object.keys(config).length > 0 ? { [PROXY_CONFIG]: JSON.stringify(config) } : {};
}
