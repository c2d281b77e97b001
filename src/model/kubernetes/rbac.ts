import { Workload } from './workload';
import { collect } from '../collect';
import { Json, Manifest, asList, asObject, asObjects, asText, asTexts } from '../manifest';
import { once } from '../once';
import { System } from '../system';

/** One thing a program does at the API server. */
export interface Right {
  readonly group: string;
  readonly resource: string;
  /** Another resource that will do instead. */
  readonly alternative?: string;
  readonly verb: string;
  /** Undefined where it does it in all namespaces, or to what has none. */
  readonly namespace?: string;
  readonly name?: string;
}

/** A service account, such as that of a workload. */
export type Account = Pick<Workload, 'namespace' | 'serviceAccount'>;

/** The service accounts of a namespace that have some role and no workload. */
export function accountsWithoutPods(system: System, namespace: string): Account[] {
  const used = new Set(system.workloadsIn(namespace).map(({ serviceAccount }) => serviceAccount));
  return [...bindingsOf(system).keys()].filter(key => key.startsWith(`${namespace}/`)).map(key => key.slice(namespace.length + 1))
    .filter(name => !used.has(name)).map(serviceAccount => ({ namespace, serviceAccount }));
}

/** What binds a service account to roles. */
export function bindingsFor(system: System, { namespace, serviceAccount }: Account): readonly Manifest[] {
  return bindingsOf(system).get(`${namespace}/${serviceAccount}`) ?? [];
}

/** Whether a service account has a right; undefined where the input does not tell. */
export function mayDo(system: System, account: Account, right: Right): boolean | undefined {
  const all = bindingsFor(system, account);
  // Who is bound to nothing at all here is bound somewhere else.
  if (all.length === 0) return undefined;
  // Without a namespace any Role will do for what is in namespaces: which ones there are is not to be seen.
  const isNowhere = IN_NO_NAMESPACE.test(right.resource);
  const isOwn = ({ namespace }: Manifest): boolean => (right.namespace === undefined ? !isNowhere : namespace === right.namespace);
  const bindings = all.filter(binding => binding.kind === 'ClusterRoleBinding' || isOwn(binding));
  const roles = bindings.map(binding => roleOf(system, binding));
  const resources = [right.resource, ...right.alternative === undefined ? [] : [right.alternative]];
  const either = (rule: Json): boolean => resources.some(resource => allows(rule, { ...right, resource }));
  if (roles.some(role => asObjects(role?.value.rules).some(either))) return true;
  return roles.some(role => role === undefined || role.value.aggregationRule !== undefined) ? undefined : false;
}

/** Whether nothing in the input gives rights to a service account that is in the input itself, as if its roles were forgotten. */
export function isUnbound(system: System, { namespace, serviceAccount }: Workload): boolean {
  return system.find('ServiceAccount', namespace, serviceAccount) !== undefined && !bindingsOf(system).has(`${namespace}/${serviceAccount}`);
}

/** What is in no namespace, and what no Role of one gives therefore. */
const IN_NO_NAMESPACE = /^(tokenreviews|nodes|namespaces|validatingwebhookconfigurations|clusterspiffeids|clusterfederatedtrustdomains|clusterstaticentries)(\/|$)/;

/** The bindings of each service account. */
const bindingsOf = once((system: System): Map<string, Manifest[]> => {
  const bindings = new Map<string, Manifest[]>();
  for (const binding of [...system.all('ClusterRoleBinding'), ...system.all('RoleBinding')]) {
    for (const subject of asObjects(binding.value.subjects).filter(({ kind }) => kind === 'ServiceAccount')) {
      const account = `${asText(subject.namespace) || binding.namespace}/${asText(subject.name)}`;
      collect(bindings, account, binding);
    }
  }
  return bindings;
});

function roleOf(system: System, binding: Manifest): Manifest | undefined {
  const { kind, name } = asObject(binding.value.roleRef);
  return kind === 'Role' ? system.find('Role', binding.namespace, asText(name)) : system.find('ClusterRole', '', asText(name));
}

function allows(rule: Json, { group, resource, verb, name }: Right): boolean {
  const has = (list: unknown, wanted: string): boolean => asTexts(list).some(item => item === '*' || item === wanted);
  const [base, sub] = resource.split('/');
  const resources = has(rule.resources, resource) || (sub !== undefined && asTexts(rule.resources).some(item => item === `${base}/*` || item === `*/${sub}`));
  const names = asList(rule.resourceNames).length === 0 || (name !== undefined && asTexts(rule.resourceNames).includes(name));
  return has(rule.apiGroups, group) && resources && has(rule.verbs, verb) && names;
}
