/**
 * A level of the Pod Security Standards.
 */
export enum PodSecurityLevel {
  /**
   * No limits: for node agents that need host paths, the host's process IDs or mount propagation.
   */
  PRIVILEGED = 'privileged',

  /**
   * Prevents known privilege escalations.
   */
  BASELINE = 'baseline',

  /**
   * Current hardening practice: no root, no capabilities, no host access.
   */
  RESTRICTED = 'restricted',
}

/**
 * The labels with which a namespace asks for a level, as error, audit event and warning alike.
 */
export function podSecurityLabels(level: PodSecurityLevel): { [key: string]: string } {
  return {
    'pod-security.kubernetes.io/enforce': level,
    'pod-security.kubernetes.io/audit': level,
    'pod-security.kubernetes.io/warn': level,
  };
}

/**
 * The security context of a pod that level `restricted` admits.
 *
 * @param user the user and group ID of its processes
 */
export function restrictedPodSecurity(user: number) {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/**
 * The security context of a container that level `restricted` admits, with a read-only root file system.
 */
export const RESTRICTED_CONTAINER = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};
