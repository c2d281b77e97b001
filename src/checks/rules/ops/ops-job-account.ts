import { scriptsOf } from '../../../model/kubernetes/containers';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const opsJobAccount: Rule = {
  id: 'OPS-JOB-ACCOUNT',
  level: Level.WARNING,
  title: 'a job calls the API server with the default service account',
  why: 'the default account may do nothing: kubectl is refused',
  fix: 'give it a service account with the rights it needs',
  source: 'Kubernetes RBAC',
  check: (system, report) => {
    const callers = scriptsOf(system).filter(({ container }) => /kubectl (exec|get|apply|delete|cp)/.test(container.script)).map(({ workload }) => workload);
    for (const workload of new Set(callers)) {
      if (workload.serviceAccount === 'default') report.at(workload.manifest, workload.at('spec'), 'kubectl runs as the default service account');
    }
  },
};
