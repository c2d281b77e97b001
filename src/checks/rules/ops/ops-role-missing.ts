import { isFilledIn } from '../../../model/filled-in';
import { isBuiltInRole } from '../../../model/kubernetes/built-in-roles';
import { Manifest, asObject, asText } from '../../../model/manifest';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';
import { isSlip } from '../../schemas/slip';

export const opsRoleMissing: Rule = {
  id: 'OPS-ROLE-MISSING',
  level: Level.WARNING,
  title: 'a binding gives a role that is not in the input',
  why: 'a binding to a role that does not exist gives no right: every request is refused',
  fix: 'name the role of the same namespace, or the ClusterRole',
  source: 'Kubernetes RBAC',
  check: (system, report) => {
    for (const binding of [...system.all('RoleBinding'), ...system.all('ClusterRoleBinding')].filter(({ group }) => group === 'rbac.authorization.k8s.io')) {
      const problem = problemOf(system, binding);
      if (problem) report.at(binding, ['roleRef', 'name'], problem);
    }
  },
};

function problemOf(system: System, { value, namespace }: Manifest): string | undefined {
  const [kind, name] = [asText(asObject(value.roleRef).kind), asText(asObject(value.roleRef).name)];
  const isLocal = kind === 'Role';
  if (system.find(kind, isLocal ? namespace : '', name)) return undefined;
  const roles = system.all(kind).filter(role => role.group === 'rbac.authorization.k8s.io' && (!isLocal || role.namespace === namespace)).map(role => role.name);
  if (!['Role', 'ClusterRole'].includes(kind) || roles.includes(name) || isBuiltInRole(name) || isFilledIn(name)) return undefined;
  const elsewhere = isLocal ? system.all(kind).filter(role => role.name === name).map(role => role.namespace) : [];
  if (elsewhere.length > 0) return `there is no Role ${name} in namespace "${namespace}"; there is one in "${elsewhere.join('", "')}"`;
  // ClusterRoles come with charts and operators, Roles with what binds them.
  const near = isLocal ? roles : roles.filter(role => isSlip(name, role));
  return near.length > 0 ? `there is no ${kind} ${name}${isLocal ? ` in namespace "${namespace}"` : ''}; there is ${near.slice(0, 5).join(', ')}` : undefined;
}
