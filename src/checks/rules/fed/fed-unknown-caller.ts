import { isNobody } from '../../../model/mesh/identities';
import { authorizationPolicies, identityOf, principalsOf } from '../../../model/mesh/policy';
import { clustersOf } from '../../../model/spire/bundle-endpoint';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedUnknownCaller: Rule = {
  id: 'FED-UNKNOWN-CALLER',
  level: Level.WARNING,
  title: 'a principal of another cluster is nobody there',
  why: 'the rule never matches',
  fix: 'use namespace and service account of the caller, as the other cluster has them',
  source: 'istio pilot/pkg/security/authz',
  check: (system, report) => {
    for (const policy of authorizationPolicies(system)) {
      for (const { principal, path } of principalsOf(policy)) {
        const domain = identityOf(principal)?.trustDomain;
        if (domain !== undefined && clustersOf(system, domain).length > 0 && isNobody(system, principal)) report.at(policy, path, `no workload of "${domain}" is ${principal}`);
      }
    }
  },
};
