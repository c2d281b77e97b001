import { authorizationPolicies, principalsOf } from '../../../model/mesh/policy';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzClusterLocal: Rule = {
  id: 'MESH-AUTHZ-CLUSTER-LOCAL',
  level: Level.INFO,
  title: 'principals say cluster.local instead of the trust domain',
  why: 'Istio takes it for the own domain and all its aliases; readers take it for a domain',
  fix: 'write the trust domain',
  source: 'istio pilot/pkg/security/trustdomain/bundle.go',
  check: (system, report) => {
    for (const policy of authorizationPolicies(system)) {
      const found = principalsOf(policy).find(({ principal }) => principal.startsWith('cluster.local/'));
      if (found) report.at(policy, found.path, `principal "${found.principal}" says cluster.local`);
    }
  },
};
