import { SELECTOR, below, pathName, words } from './forms';
import { isStandIn, isObjectName } from '../../../model/kubernetes/forms';
import { Json, asList, asText } from '../../../model/manifest';
import { Judges, Problem } from '../places';

const GROUP = 'rbac.authorization.k8s.io';

export const ROLE: Judges = {
  'rules.*': ruleProblems,
  'rules.*.nonResourceURLs': urls => asList(urls).length === 0 ? undefined : 'are not of a namespace: a ClusterRole can allow them',
};

export const CLUSTER_ROLE: Judges = {
  'rules.*': ruleProblems,
  ...below('aggregationRule.clusterRoleSelectors.*', SELECTOR),
};

const FIELDS = ['verbs', 'apiGroups', 'resources', 'resourceNames', 'nonResourceURLs'];

/** A rule is for resources or for paths, and for some verbs. */
function ruleProblems(rule: Json): Problem[] {
  // a misspelt field is told by itself
  if (Object.keys(rule).some(name => !FIELDS.includes(name))) return [];
  const [verbs, groups, resources, urls] = ['verbs', 'apiGroups', 'resources', 'nonResourceURLs'].map(name => asList(rule[name]).length);
  const found: Problem[] = verbs === 0 ? [[[], 'has no verbs']] : [];
  if (urls > 0) return groups + resources > 0 ? [...found, [['nonResourceURLs'], 'may not stand beside apiGroups and resources: write two rules']] : found;
  if (resources === 0) return [...found, [[], 'has no resources']];
  return groups === 0 ? [...found, [[], 'has no apiGroups: write [""] for those of Kubernetes\' core']] : found;
}

export const BINDING: Judges = {
  'roleRef.apiGroup': words(GROUP),
  'roleRef.name': pathName,
  'subjects.*': subjectProblems,
  'subjects.*.kind': words('ServiceAccount', 'User', 'Group'),
};

function subjectProblems({ kind, name, apiGroup }: Json): Problem[] {
  const group = asText(apiGroup);
  if (kind === 'ServiceAccount') {
    const isWrong = typeof name === 'string' && name !== '' && !isStandIn(name) && !isObjectName(name);
    return isWrong ? [[['name'], `is "${name}", which no ServiceAccount is called`]] : [];
  }
  return ['User', 'Group'].includes(kind) && group !== '' && group !== GROUP ? [[['apiGroup'], `is ${group}: ${GROUP} is wanted`]] : [];
}
