import { Workload } from '../../../model/kubernetes/workload';
import { asObject, asObjects } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsPodSecurity: Rule = {
  id: 'OPS-POD-SECURITY',
  level: Level.ERROR,
  title: 'a pod breaks the standard of its namespace',
  why: 'the pods are refused; the Deployment or DaemonSet stays at zero without an error of its own',
  fix: 'put it into a namespace with the privileged standard, or use csi volumes in place of hostPath',
  source: 'Pod Security Standards',
  check: (system, report) => {
    for (const workload of system.workloads) {
      const level = system.labelsOf(workload.namespace)?.['pod-security.kubernetes.io/enforce'];
      const reason = level === 'baseline' || level === 'restricted' ? violation(workload) : undefined;
      if (reason) report.at(workload.manifest, workload.at('spec'), `${reason}, and namespace ${workload.namespace} enforces ${level}`);
    }
  },
};

function violation(workload: Workload): string | undefined {
  const { pod } = workload;
  const host = ['hostPID', 'hostNetwork', 'hostIPC'].find(name => pod[name] === true);
  if (host) return `the pod has ${host}`;
  const volume = workload.volumes.find(candidate => candidate.hostPath !== undefined);
  if (volume) return `volume ${String(volume.name)} is a hostPath`;
  const container = workload.containers.find(({ value }) => asObject(value.securityContext).privileged === true);
  if (container) return `container ${container.name} is privileged`;
  return workload.containers.some(({ value }) => asObjects(value.ports).some(port => port.hostPort !== undefined && port.hostPort !== 0)) ? 'a container has a hostPort' : undefined;
}
