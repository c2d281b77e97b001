import { Json, Manifest, Path, asObjects } from '../../../model/manifest';
import { authorizationPolicies, conditionsOf, operationsOf, sourcesOf } from '../../../model/mesh/policy';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzEmptyList: Rule = {
  id: 'MESH-AUTHZ-EMPTY-LIST',
  level: Level.ERROR,
  title: 'an empty list in a policy is no limit',
  why: 'principals: [] means anybody, methods: [] any method, from: [] any caller: an ALLOW rule is open, a DENY rule shuts out more than meant',
  fix: 'remove the rule if nobody is meant, or the field if everybody is',
  source: 'observed: istiod with Envoy 1.40',
  check: (system, report) => {
    for (const policy of authorizationPolicies(system)) {
      for (const [path, name] of emptyLists(policy)) report.at(policy, [...path, name], `${name} is empty, which means any`);
    }
  },
};

function emptyLists(policy: Manifest): [Path, string][] {
  const clauses: { path: Path; value: Json }[] = [...asObjects(policy.spec.rules).map((value, i) => ({ path: ['spec', 'rules', i], value })),
    ...sourcesOf(policy), ...operationsOf(policy), ...conditionsOf(policy)];
  return clauses.flatMap(({ path, value }) => Object.keys(value).filter(name => Array.isArray(value[name]) && value[name].length === 0)
    .map((name): [Path, string] => [path, name]));
}
