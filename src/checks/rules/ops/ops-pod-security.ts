import { Level } from '../../finding';
import { baselineViolation, restrictedViolation } from '../../pod-standards';
import { Rule } from '../../rule';

export const opsPodSecurity: Rule = {
  id: 'OPS-POD-SECURITY',
  level: Level.ERROR,
  title: 'a pod breaks the standard of its namespace',
  why: 'the pods are refused; the Deployment or DaemonSet stays at zero without an error of its own',
  fix: 'put it into a namespace with the privileged standard, use csi volumes in place of hostPath, or give the containers the securityContext that restricted wants',
  source: 'Pod Security Standards',
  check: (system, report) => {
    for (const workload of system.workloads) {
      const level = system.labelsOf(workload.namespace)?.['pod-security.kubernetes.io/enforce'];
      if (level !== 'baseline' && level !== 'restricted') continue;
      const reason = baselineViolation(workload) ?? (level === 'restricted' ? restrictedViolation(workload) : undefined);
      if (reason) report.at(workload.manifest, workload.at('spec'), `${reason}, and namespace ${workload.namespace} enforces ${level}`);
    }
  },
};
