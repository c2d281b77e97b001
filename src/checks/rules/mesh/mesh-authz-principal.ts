import { authorizationPolicies, principalsOf } from '../../../model/mesh/policy';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzPrincipal: Rule = {
  id: 'MESH-AUTHZ-PRINCIPAL',
  level: Level.ERROR,
  title: 'a principal can never match',
  why: 'Istio puts spiffe:// before it, and takes a star at the start or the end only',
  fix: 'write <trust domain>/ns/<namespace>/sa/<service account>',
  source: 'istio pkg/config/security/security.go; observed: istiod with Envoy 1.40',
  check: (system, report) => {
    for (const policy of authorizationPolicies(system)) {
      for (const { principal, path } of principalsOf(policy)) {
        if (principal.startsWith('spiffe://')) report.at(policy, path, `principal "${principal}" has the scheme`, `write ${principal.slice('spiffe://'.length)}`);
        else if (/^\*.+\*$/.test(principal)) report.at(policy, path, `principal "${principal}" has a star at both ends, and one is taken literally`);
        else if (principal.slice(1, -1).includes('*')) report.at(policy, path, `principal "${principal}" has a star in the middle, which is taken literally`);
      }
    }
  },
};
