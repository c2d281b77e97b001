import { podSecurityViolations } from '../../../model/kubernetes/pod-security';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsPodSecurity: Rule = {
  id: 'OPS-POD-SECURITY',
  level: Level.ERROR,
  title: 'a pod breaks the standard of its namespace',
  why: 'the pods are refused; the Deployment or DaemonSet stays at zero without an error of its own',
  fix: 'give containers the security context that the standard asks for; node agents belong into a namespace of their own with the privileged standard',
  source: 'Pod Security Standards',
  check: (system, report) => {
    for (const workload of system.workloads) {
      const level = system.labelsOf(workload.namespace)?.['pod-security.kubernetes.io/enforce'] ?? '';
      const violations = podSecurityViolations(workload, level);
      if (violations.length > 0) {
        report.at(workload.manifest, workload.at('spec'), `${violations.join(', ')}; namespace ${workload.namespace} enforces ${level}`);
      }
    }
  },
};
