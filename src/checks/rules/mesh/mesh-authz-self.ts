import { Workload } from '../../../model/kubernetes/workload';
import { asObject } from '../../../model/manifest';
import { authorizationPolicies, identityOf, principalsOf } from '../../../model/mesh/policy';
import { selectedBeside } from '../../../model/mesh/selection';
import { once } from '../../../model/once';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzSelf: Rule = {
  id: 'MESH-AUTHZ-SELF',
  level: Level.INFO,
  title: 'a policy lets a workload call itself',
  why: 'a pod\'s call to itself does not pass the policy; calls between its replicas are rarely meant',
  fix: 'delete the rule if it was meant for health checks',
  source: 'istio AuthorizationPolicy',
  check: (system, report) => {
    for (const policy of authorizationPolicies(system)) {
      const labels = asObject(policy.spec.selector).matchLabels;
      if (labels === undefined) continue;
      const targets = selectedBeside(system, policy);
      for (const { principal, path } of targets.length > 0 ? principalsOf(policy) : []) {
        const identity = identityOf(principal);
        if (identity?.namespace === policy.namespace && accountsOf(targets).size === 1 && accountsOf(targets).has(identity.serviceAccount)) report.at(policy, path, `"${principal}" is the selected workload itself`);
      }
    }
  },
};

/** The service accounts of pods; many policies select the same ones. */
const accountsOf = once((targets: readonly Workload[]): Set<string> => new Set(targets.map(({ serviceAccount }) => serviceAccount)));
