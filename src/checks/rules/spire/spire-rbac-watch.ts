import { mayDo } from '../../../model/kubernetes/rbac';
import { managerWorkloads } from '../../../model/spire/managers';
import { Level } from '../../finding';
import { Rule } from '../../rule';
import { neededRights } from '../../spire-rights';

export const spireRbacWatch: Rule = {
  id: 'SPIRE-RBAC-WATCH',
  level: Level.WARNING,
  title: 'the controller manager may list and not watch',
  why: 'it hears of no change before it lists anew: entries of new pods come late, and pods wait for their identity',
  fix: 'add the verb watch beside list to the role of its service account',
  source: 'spire-controller-manager config/rbac/role.yaml; client-go reflector',
  check: (system, report) => {
    const managers = new Set(managerWorkloads(system));
    const listed = neededRights(system).filter(({ workload, verb }) => managers.has(workload) && verb === 'list');
    for (const workload of managers) {
      const denied = listed.filter(right => right.workload === workload && mayDo(system, workload, right) === true
        && mayDo(system, workload, { ...right, verb: 'watch' }) === false).map(({ resource }) => resource);
      if (denied.length > 0) report.at(workload.manifest, workload.at('spec', 'serviceAccountName'), `service account ${workload.serviceAccount} may not watch ${denied.join(', ')}`);
    }
  },
};
