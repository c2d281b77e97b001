import { asText, asTexts } from '../../../model/manifest';
import { authorizationPolicies, conditionsOf, sourcesOf } from '../../../model/mesh/policy';
import { rootNamespaces } from '../../../model/mesh/selection';
import { onceIn } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzShortAccount: Rule = {
  id: 'MESH-AUTHZ-SHORT-ACCOUNT',
  level: Level.WARNING,
  title: 'a short service account name means the root namespace',
  why: 'a name without a namespace is that of the policy: a policy for the whole mesh means its own namespace, not that of the workload',
  fix: 'write <namespace>/<service account>',
  source: 'observed: istiod with Envoy 1.40',
  check: (system, report) => {
    for (const policy of authorizationPolicies(system).filter(({ namespace }) => rootNamespaces(system).has(namespace))) {
      const fields = [...sourcesOf(policy).flatMap(({ path, value }) => ['serviceAccounts', 'notServiceAccounts'].map(field => ({ path: [...path, field], names: asTexts(value[field]) }))),
        ...conditionsOf(policy).filter(({ value }) => asText(value.key) === 'source.serviceAccount').map(({ path, value }) => ({ path: [...path, 'values'], names: asTexts(value.values) }))];
      const there = accountsIn(system, policy.namespace);
      for (const { path, names } of fields) {
        names.forEach((name, i) => name.includes('/') || there.has(name) || report.at(policy, [...path, i], `"${name}" means ${policy.namespace}/${name}`));
      }
    }
  },
};

/** The service accounts of the workloads of a namespace. */
const accountsIn = onceIn((system: System, namespace: string): Set<string> =>
  new Set(system.workloadsIn(namespace).map(({ serviceAccount }) => serviceAccount)));
