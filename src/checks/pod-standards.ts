import { Container, Workload } from '../model/kubernetes/workload';
import { Json, asList, asObject, asObjects, asText, asTexts } from '../model/manifest';

/** What in a pod the standard baseline does not allow. */
export function baselineViolation(workload: Workload): string | undefined {
  const { pod } = workload;
  const host = ['hostPID', 'hostNetwork', 'hostIPC'].find(name => pod[name] === true);
  if (host) return `the pod has ${host}`;
  const volume = workload.volumes.find(candidate => candidate.hostPath !== undefined);
  if (volume) return `volume ${String(volume.name)} is a hostPath`;
  for (const container of workload.containers) {
    if (securityOf(container).privileged === true) return `container ${container.name} is privileged`;
    const added = addedTo(container).find(name => !DEFAULT_CAPABILITIES.includes(name));
    if (added !== undefined) return `container ${container.name} adds the capability ${added}`;
    if (isUnconfined(securityOf(container)) || isUnconfined(pod.securityContext)) return `container ${container.name} has the seccomp profile Unconfined`;
  }
  return workload.containers.some(({ value }) => asObjects(value.ports).some(port => port.hostPort !== undefined && port.hostPort !== 0)) ? 'a container has a hostPort' : undefined;
}

/** What in a pod the standard restricted does not allow, beyond baseline. */
export function restrictedViolation(workload: Workload): string | undefined {
  if (asText(asObject(workload.pod.os).name) === 'windows') return undefined;
  const pod = asObject(workload.pod.securityContext);
  const volume = workload.volumes.find(candidate => Object.keys(candidate).some(field => UNRESTRICTED_VOLUMES.includes(field)));
  if (volume) return `volume ${asText(volume.name)} is a ${Object.keys(volume).find(field => UNRESTRICTED_VOLUMES.includes(field))!}`;
  for (const container of workload.containers) {
    const lacking = lackingIn(container, pod);
    if (lacking !== undefined) return `container ${container.name} ${lacking}`;
  }
  return undefined;
}

function lackingIn(container: Container, pod: Json): string | undefined {
  const own = securityOf(container);
  if (own.allowPrivilegeEscalation !== false) return 'has no allowPrivilegeEscalation: false';
  if ((own.runAsNonRoot ?? pod.runAsNonRoot) !== true) return 'has no runAsNonRoot: true';
  if ((own.runAsUser ?? pod.runAsUser) === 0) return 'has runAsUser: 0';
  if (!['RuntimeDefault', 'Localhost'].includes(asText(asObject(own.seccompProfile ?? pod.seccompProfile).type))) return 'has no seccompProfile RuntimeDefault';
  if (!asTexts(asObject(own.capabilities).drop).includes('ALL')) return 'does not drop the capabilities ALL';
  const added = addedTo(container).find(name => name !== 'NET_BIND_SERVICE');
  return added === undefined ? undefined : `adds the capability ${added}`;
}

function securityOf(container: Container): Json {
  return asObject(container.value.securityContext);
}

function addedTo(container: Container): string[] {
  return asTexts(asList(asObject(securityOf(container).capabilities).add));
}

function isUnconfined(context: Json): boolean {
  return asText(asObject(asObject(context).seccompProfile).type) === 'Unconfined';
}

const DEFAULT_CAPABILITIES = ['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'];

/** Restricted takes configMap, csi, downwardAPI, emptyDir, ephemeral, persistentVolumeClaim, projected and secret. */
const UNRESTRICTED_VOLUMES = ['nfs', 'iscsi', 'glusterfs', 'rbd', 'cephfs', 'fc', 'flocker', 'gcePersistentDisk', 'awsElasticBlockStore', 'azureDisk', 'azureFile', 'vsphereVolume',
  'portworxVolume', 'scaleIO', 'storageos', 'photonPersistentDisk', 'quobyte', 'flexVolume', 'cinder', 'gitRepo'];
