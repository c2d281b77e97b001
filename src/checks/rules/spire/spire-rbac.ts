import { isUnbound, mayDo } from '../../../model/kubernetes/rbac';
import { Workload } from '../../../model/kubernetes/workload';
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
    const needs = neededRights(system);
    const rights = needs.map(need => mayDo(system, need.workload, need));
    needs.forEach((need, i) => {
      if (rights[i] === false) report.at(need.workload.manifest, need.workload.at('spec', 'serviceAccountName'), `service account ${need.workload.serviceAccount} may not ${need.verb} ${need.resource}${need.namespace === undefined ? '' : ` in ${need.namespace}`}`);
    });
    // where the roles of one program of SPIRE are in the input, those of the others should be
    const areSeen = rights.some(may => may !== undefined);
    const forgotten = areSeen ? needs.map(({ workload }) => workload).filter(workload => isUnbound(system, workload)) : [];
    for (const workload of new Set<Workload>(forgotten)) {
      const missing = needs.filter(need => need.workload === workload).map(({ verb, resource }) => `${verb} ${resource}`);
      report.at(workload.manifest, workload.at('spec', 'serviceAccountName'), `service account ${workload.serviceAccount} has no role: it may not ${missing.join(', ')}`);
    }
  },
};
