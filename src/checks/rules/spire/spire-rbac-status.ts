import { mayDo } from '../../../model/kubernetes/rbac';
import { RECONCILED, isStatic, managerWorkloads, managersOf, reconciles } from '../../../model/spire/managers';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireRbacStatus: Rule = {
  id: 'SPIRE-RBAC-STATUS',
  level: Level.WARNING,
  title: 'the controller manager may not write the status of its resources',
  why: 'entries are made, and the resources never show it: what waits for the status waits for ever',
  fix: 'add the verb update for the status sub-resources to the role of its service account',
  source: 'observed: runs of spire-controller-manager 0.6.6',
  check: (system, report) => {
    for (const workload of managerWorkloads(system)) {
      const configs = managersOf(system, workload);
      if (configs.length > 0 && configs.every(isStatic)) continue;
      const isDenied = (resource: string, verb: string): boolean => mayDo(system, workload, { group: 'spire.spiffe.io', resource, verb }) === false;
      const looksAfter = (kind: string): boolean => configs.length === 0 || configs.some(config => !isStatic(config) && reconciles(config, kind));
      const kinds = Object.keys(RECONCILED).filter(looksAfter);
      // SPIRE-RBAC tells of what may not even be listed
      const denied = kinds.map(kind => RECONCILED[kind].toLowerCase()).filter(name => !isDenied(name, 'list')).map(name => `${name}/status`)
        .filter(resource => isDenied(resource, 'update'));
      if (denied.length > 0) report.at(workload.manifest, workload.at('spec', 'serviceAccountName'), `service account ${workload.serviceAccount} may not update ${denied.join(', ')}`);
    }
  },
};
