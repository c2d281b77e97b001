import { isBuiltInRole } from '../../../model/kubernetes/built-in-roles';
import { accountsWithoutPods, bindingsFor, isUnbound, mayDo } from '../../../model/kubernetes/rbac';
import { Workload } from '../../../model/kubernetes/workload';
import { asObject, asText } from '../../../model/manifest';
import { System } from '../../../model/system';
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
    for (const workload of new Set(needs.filter((_, i) => rights[i] === undefined).map(need => need.workload))) {
      const lost = rights.some(may => may !== undefined) ? lostRole(system, workload) : undefined;
      if (lost) report.at(workload.manifest, workload.at('spec', 'serviceAccountName'), lost);
    }
    // where the roles of one program of SPIRE are in the input, those of the others should be
    const areSeen = rights.some(may => may !== undefined);
    const forgotten = areSeen ? needs.map(({ workload }) => workload).filter(workload => isUnbound(system, workload)) : [];
    for (const workload of new Set<Workload>(forgotten)) {
      const missing = needs.filter(need => need.workload === workload).map(({ verb, resource }) => `${verb} ${resource}`);
      report.at(workload.manifest, workload.at('spec', 'serviceAccountName'), `service account ${workload.serviceAccount} has no role: it may not ${missing.join(', ')}`);
    }
  },
};

/** What a workload has no rights by: its roles are not there, or are those of another account, though others of SPIRE are seen. */
function lostRole(system: System, workload: Workload): string | undefined {
  const [binding, ...more] = bindingsFor(system, workload);
  const role = asObject(binding?.value.roleRef);
  const [kind, name] = [asText(role.kind), asText(role.name)];
  if (binding && (more.length > 0 || system.find(kind, kind === 'Role' ? binding.namespace : '', name))) return undefined;
  if (binding) return isBuiltInRole(name) ? undefined : `${binding.kind} ${binding.name} gives ${kind} ${name}, which is not there`;
  const isNamed = asText(workload.pod.serviceAccountName) !== '' || asText(workload.pod.serviceAccount) !== '';
  const [idle] = binding || isNamed ? [] : accountsWithoutPods(system, workload.namespace).map(account => account.serviceAccount);
  return idle && `the pods have no serviceAccountName: the roles of ${idle}, which no pod has, are not those of account default`;
}
