import { Container, Workload } from './workload';
import { Json, asObject, asObjects, asText, asTexts } from '../manifest';

/** The volumes that level restricted refuses beside hostPath; what is newer than the standard is allowed. */
const RESTRICTED_VOLUMES = ['gcePersistentDisk', 'awsElasticBlockStore', 'gitRepo', 'nfs', 'iscsi', 'glusterfs', 'rbd', 'flexVolume', 'cinder', 'cephfs',
  'flocker', 'fc', 'azureFile', 'vsphereVolume', 'quobyte', 'azureDisk', 'portworxVolume', 'scaleIO', 'storageos', 'photonPersistentDisk'];

/** The capabilities that level baseline lets a container add. */
const BASELINE_CAPABILITIES = ['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID',
  'SETPCAP', 'SETUID', 'SYS_CHROOT'];

/**
 * What a level of the Pod Security Standards refuses in the pods of a workload, in words; nothing for a level that is unknown or privileged.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function podSecurityViolations(workload: Workload, level: string): string[] {
  switch (level) {
    case 'baseline': return baseline(workload);
    case 'restricted': return [...new Set([...baseline(workload), ...restricted(workload)])];
    default: return [];
  }
}

function baseline({ pod, volumes, containers }: Workload): string[] {
  return [
    ...['hostPID', 'hostNetwork', 'hostIPC'].filter(name => pod[name] === true).map(name => `the pod has ${name}`),
    ...volumes.filter(volume => volume.hostPath !== undefined).map(volume => `volume ${asText(volume.name)} is a hostPath`),
    ...named(containers, 'is privileged', ({ privileged }) => privileged === true),
    ...containers.filter(({ value }) => asObjects(value.ports).some(({ hostPort }) => hostPort !== undefined && hostPort !== 0))
      .map(({ name }) => `container ${name} has a hostPort`),
    ...added(containers, BASELINE_CAPABILITIES),
    ...named(containers, 'has procMount Unmasked', ({ procMount }) => procMount === 'Unmasked'),
    ...(seccomp(securityOf(pod)) === 'Unconfined' ? ['the pod has seccompProfile Unconfined'] : []),
    ...named(containers, 'has seccompProfile Unconfined', security => seccomp(security) === 'Unconfined'),
  ];
}

function restricted({ pod, volumes, containers }: Workload): string[] {
  const ofPod = securityOf(pod);
  const isWindows = asObject(pod.os).name === 'windows';
  const ofLinux = isWindows ? [] : [
    ...named(containers, 'needs allowPrivilegeEscalation: false', ({ allowPrivilegeEscalation }) => allowPrivilegeEscalation !== false),
    ...named(containers, 'needs capabilities.drop: [ALL]', ({ capabilities }) => !asTexts(asObject(capabilities).drop).includes('ALL')),
    ...added(containers, ['NET_BIND_SERVICE']),
    ...named(containers, 'needs seccompProfile.type: RuntimeDefault', security =>
      !['RuntimeDefault', 'Localhost', 'Unconfined'].includes(seccomp(security) || seccomp(ofPod))),
  ];
  return [
    ...volumes.flatMap(volume => RESTRICTED_VOLUMES.filter(kind => volume[kind] !== undefined).map(kind => `volume ${asText(volume.name)} is of kind ${kind}`)),
    ...ofLinux,
    ...named(containers, 'needs runAsNonRoot: true', ({ runAsNonRoot }) => (runAsNonRoot ?? ofPod.runAsNonRoot) !== true),
    ...(ofPod.runAsUser === 0 ? ['the pod has runAsUser 0'] : []),
    ...named(containers, 'has runAsUser 0', ({ runAsUser }) => runAsUser === 0),
  ];
}

function added(containers: Container[], allowed: string[]): string[] {
  return containers.flatMap(({ name, value }) => asTexts(asObject(securityOf(value).capabilities).add)
    .filter(capability => !allowed.includes(capability)).map(capability => `container ${name} adds the capability ${capability}`));
}

function named(containers: Container[], words: string, is: (security: Json) => boolean): string[] {
  // the injection of Istio writes the whole container whose image is auto
  const names = containers.filter(({ image, value }) => image !== 'auto' && is(securityOf(value))).map(({ name }) => name);
  return names.length > 0 ? [`container ${names.join(', ')} ${words}`] : [];
}

function securityOf(value: Json): Json {
  return asObject(value.securityContext);
}

function seccomp(security: Json): string {
  return asText(asObject(security.seccompProfile).type);
}
