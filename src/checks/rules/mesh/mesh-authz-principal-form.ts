import { acceptedDomains } from '../../../model/mesh/mesh';
import { authorizationPolicies, principalsOf } from '../../../model/mesh/policy';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzPrincipalForm: Rule = {
  id: 'MESH-AUTHZ-PRINCIPAL-FORM',
  level: Level.WARNING,
  title: 'a principal has another form than identities of the mesh',
  why: 'workloads and gateways have <trust domain>/ns/<namespace>/sa/<service account>; nothing in the mesh matches',
  fix: 'name the service account of the caller, of a gateway too',
  source: 'istio pkg/spiffe/spiffe.go',
  check: (system, report) => {
    // what identities of others look like is for them to say
    const others = system.meshes.flatMap(acceptedDomains);
    for (const policy of authorizationPolicies(system)) {
      for (const { principal, path } of principalsOf(policy)) {
        if (principal === '' || principal.includes('*') || principal.startsWith('spiffe://') || /^[^/]+\/ns\/[^/]+\/sa\/[^/]+$/.test(principal)) continue;
        if (others.includes(principal.split('/')[0])) continue;
        report.at(policy, path, `principal "${principal}" is not of the form <trust domain>/ns/<namespace>/sa/<service account>`);
      }
    }
  },
};
