import { asObject } from '../../../model/manifest';
import { authorizationPolicies, identityOf, principalsOf } from '../../../model/mesh/policy';
import { selectedBeside } from '../../../model/mesh/selection';
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
        if (identity?.namespace === policy.namespace && targets.every(target => target.serviceAccount === identity.serviceAccount)) report.at(policy, path, `"${principal}" is the selected workload itself`);
      }
    }
  },
};
