import { isFilledIn } from '../../../model/filled-in';
import { Manifest, asList, asObject, asObjects, asText } from '../../../model/manifest';
import { Clause, authorizationPolicies, conditionsOf, sourcesOf } from '../../../model/mesh/policy';
import { Level } from '../../finding';
import { RULES_OF_POLICY } from '../../refusals/authorization-policy';
import { Problem, problemsOf } from '../../refusals/places';
import { Rule } from '../../rule';

export const meshAuthzShape: Rule = {
  id: 'MESH-AUTHZ-SHAPE',
  level: Level.ERROR,
  title: 'a policy has a form that Istio refuses',
  why: 'istiod\'s webhook refuses it',
  fix: 'correct the policy',
  source: 'istio pkg/config/validation/validation.go',
  check: (system, report) => {
    for (const policy of authorizationPolicies(system)) {
      for (const [path, message] of problems(policy)) report.at(policy, path, message);
    }
  },
};

const ACTIONS = ['ALLOW', 'DENY', 'AUDIT', 'CUSTOM'];
const NOT_CUSTOM = ['principals', 'notPrincipals', 'requestPrincipals', 'notRequestPrincipals', 'namespaces', 'notNamespaces', 'serviceAccounts',
  'notServiceAccounts', 'trustDomains', 'notTrustDomains'];
const GO_BOOLEAN = /^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/;
const NOT_CUSTOM_KEYS = /^(source\.(namespace|principal|serviceAccount|trustDomain)|request\.auth\.)/;

function problems(policy: Manifest): Problem[] {
  const action = asText(policy.spec.action ?? 'ALLOW');
  return [
    ...ofAction(policy, action),
    ...ofTargets(policy),
    ...emptyParts(policy),
    ...sourcesOf(policy).flatMap(ofAccounts),
    ...problemsOf(RULES_OF_POLICY, policy.spec, ['spec']),
    ...(action === 'CUSTOM' ? ofCustom(policy) : []),
    ...ofDryRun(policy, action),
  ];
}

function ofAction({ spec }: Manifest, action: string): Problem[] {
  const found: Problem[] = [];
  if (!ACTIONS.includes(action) && !isFilledIn(action)) found.push([['spec', 'action'], `action "${action}" is unknown`]);
  if ((action === 'DENY' || action === 'CUSTOM') && asList(spec.rules).length === 0) found.push([['spec'], `${action} without rules never matches`]);
  if (action === 'CUSTOM' && asText(asObject(spec.provider).name) === '') found.push([['spec', 'provider'], 'CUSTOM needs provider.name']);
  if (action !== 'CUSTOM' && spec.provider !== undefined) found.push([['spec', 'provider'], 'provider is for CUSTOM only']);
  return found;
}

function ofTargets({ spec }: Manifest): Problem[] {
  const targets = ['selector', 'targetRef', 'targetRefs'].filter(name => spec[name] !== undefined && (name !== 'targetRefs' || asList(spec.targetRefs).length > 0));
  return targets.length > 1 ? [[['spec', targets[1]], `${targets.join(' and ')} exclude each other`]] : [];
}

function emptyParts({ spec }: Manifest): Problem[] {
  const parts: [list: string, part: string][] = [['from', 'source'], ['to', 'operation']];
  return asList(spec.rules).flatMap((rule, i) => parts.flatMap(([list, part]) => asObjects(asObject(rule)[list]).flatMap((one, j): Problem[] =>
    Object.keys(asObject(one[part])).length === 0 ? [[['spec', 'rules', i, list, j], `${part} is empty`]] : [])));
}

function ofAccounts({ path, value }: Clause): Problem[] {
  const isGiven = (name: string): boolean => asList(value[name]).length > 0;
  const other = ['principals', 'notPrincipals', 'namespaces', 'notNamespaces'].find(isGiven);
  const hasBoth = other !== undefined && ['serviceAccounts', 'notServiceAccounts'].some(isGiven);
  return hasBoth ? [[[...path, other], `serviceAccounts and ${other} exclude each other`]] : [];
}

/** Who decides elsewhere is asked before Istio knows who calls. */
function ofCustom(policy: Manifest): Problem[] {
  const fields = sourcesOf(policy).flatMap(({ path, value }) => NOT_CUSTOM.filter(field => asList(value[field]).length > 0)
    .map((field): Problem => [[...path, field], `CUSTOM cannot use ${field}`]));
  const keys = conditionsOf(policy).filter(({ value }) => NOT_CUSTOM_KEYS.test(asText(value.key)))
    .map(({ path, value }): Problem => [[...path, 'key'], `CUSTOM cannot use ${asText(value.key)}`]);
  return [...fields, ...keys];
}

function ofDryRun({ annotations }: Manifest, action: string): Problem[] {
  const dryRun = annotations['istio.io/dry-run'];
  const path = ['metadata', 'annotations', 'istio.io/dry-run'];
  if (dryRun === undefined) return [];
  const found: Problem[] = [];
  if (!GO_BOOLEAN.test(dryRun)) found.push([path, `istio.io/dry-run "${dryRun}" is neither "true" nor "false"`]);
  if (action === 'CUSTOM' || action === 'AUDIT') found.push([path, `${action} knows no dry-run`]);
  return found;
}
