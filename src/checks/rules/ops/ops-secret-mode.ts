import { fileModeAt } from '../../../model/kubernetes/file-mode';
import { Container, Workload } from '../../../model/kubernetes/workload';
import { Json, asList, asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsSecretMode: Rule = {
  id: 'OPS-SECRET-MODE',
  level: Level.ERROR,
  title: 'a container may not read the files of its Secret',
  why: 'files of Secrets belong to root and, without fsGroup, to its group: the program is refused its key and stops',
  fix: 'set fsGroup in the securityContext of the pod, or a defaultMode that others may read by',
  source: 'Kubernetes: SecretVolumeSource.defaultMode, PodSecurityContext.fsGroup',
  check: (system, report) => {
    for (const workload of system.workloads) {
      workload.volumes.forEach((volume, i) => {
        const mode = modeOf(workload, volume, i);
        const container = isClosed(mode) && workload.containers.find(one => mounts(one, volume) && isRefused(workload, one, mode));
        if (container) {
          report.at(workload.manifest, workload.at('spec', 'volumes', i),
            `container ${container.name} runs as user ${userOf(workload, container, 'runAsUser')}, and defaultMode of volume ${asText(volume.name)} is 0${mode.toString(8)}`);
        }
      });
    }
  },
};

/** Lines cost time, so they are looked for where a file is closed as its mode is read. */
function modeOf(workload: Workload, { secret }: Json, index: number): number {
  const mode: unknown = asObject(secret).defaultMode;
  return isClosed(mode) ? fileModeAt(workload.manifest, workload.at('spec', 'volumes', index, 'secret', 'defaultMode'), mode) : 0;
}

function isClosed(mode: unknown): mode is number {
  return typeof mode === 'number' && mode > 0 && !mayRead(mode, 'others');
}

/** Whether the digit of a mode has the bit to read, which is worth four. */
function mayRead(mode: number, who: 'group' | 'others'): boolean {
  return Math.floor(mode / (who === 'group' ? 8 : 1)) % 8 >= 4;
}

function mounts({ value }: Container, volume: Json): boolean {
  return asObjects(value.volumeMounts).some(mount => mount.name === volume.name);
}

/** What a user may do is told only where user and group are written. */
function isRefused(workload: Workload, container: Container, mode: number): boolean {
  const { fsGroup, supplementalGroups } = asObject(workload.pod.securityContext);
  const [user, group] = [userOf(workload, container, 'runAsUser'), userOf(workload, container, 'runAsGroup')];
  if (fsGroup !== undefined || typeof user !== 'number' || user === 0) return false;
  if (!mayRead(mode, 'group')) return true;
  return typeof group === 'number' && group !== 0 && !asList(supplementalGroups).includes(0);
}

function userOf({ pod }: Workload, { value }: Container, name: 'runAsUser' | 'runAsGroup'): unknown {
  return asObject(value.securityContext)[name] ?? asObject(pod.securityContext)[name];
}
