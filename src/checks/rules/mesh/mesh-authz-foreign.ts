import { knownDomains } from '../../../model/mesh/mesh';
import { authorizationPolicies, includedPrincipalsOf, trustDomainOf } from '../../../model/mesh/policy';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzForeign: Rule = {
  id: 'MESH-AUTHZ-FOREIGN',
  level: Level.ERROR,
  title: 'a principal is of a trust domain that the mesh does not let in',
  why: 'no peer of that domain gets through mTLS, so the rule never matches',
  fix: 'use the trust domain of the mesh, or add the foreign one to caCertificates[].trustDomains',
  source: 'istio pilot/pkg/networking/plugin/authn/util.go',
  check: (system, report) => {
    const known = knownDomains(system.meshes);
    if (!known) return;
    // What is denied may well be what is not let in.
    for (const policy of authorizationPolicies(system).filter(({ spec }) => spec.action !== 'DENY')) {
      for (const { principal, path } of includedPrincipalsOf(policy)) {
        const domain = trustDomainOf(principal);
        // cluster.local points to the domain of the mesh
        if (domain === undefined || domain === 'cluster.local' || known.has(domain)) continue;
        report.at(policy, path, `principal "${principal}" is of the trust domain "${domain}"; the mesh knows ${[...known].join(', ')}`);
      }
    }
  },
};
