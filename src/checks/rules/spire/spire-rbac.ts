import { mayDo } from '../../../model/kubernetes/rbac';
import { Level } from '../../finding';
import { Rule } from '../../rule';
import { neededRights } from '../../spire-rights';

export const spireRbac: Rule = {
  id: 'SPIRE-RBAC',
  level: Level.ERROR,
  title: 'a program of SPIRE may not do what it must',
  why: 'agents cannot attest, bundles are not published, or no entry is made',
  fix: 'add the rule to the role of its service account',
  source: 'observed: runs of SPIRE 1.15.3 and spire-controller-manager 0.6.6',
  check: (system, report) => {
    for (const need of neededRights(system)) {
      const may = mayDo(system, need.workload, need);
      if (may === false) report.at(need.workload.manifest, need.workload.at('spec', 'serviceAccountName'), `service account ${need.workload.serviceAccount} may not ${need.verb} ${need.resource}${need.namespace === undefined ? '' : ` in ${need.namespace}`}`);
    }
  },
};
