import { authorizationPolicies, identityOf, principalsOf } from '../../../model/mesh/policy';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzKubelet: Rule = {
  id: 'MESH-AUTHZ-KUBELET',
  level: Level.WARNING,
  title: 'a policy lets in a service account of kube-system',
  why: 'the kubelet has no identity in the mesh: probes are rewritten and never reach the policy',
  fix: 'delete the rule',
  source: 'istio rewriteAppHTTPProbe',
  check: (system, report) => {
    for (const policy of authorizationPolicies(system)) {
      for (const { principal, path } of principalsOf(policy)) {
        if (identityOf(principal)?.namespace === 'kube-system') report.at(policy, path, `principal "${principal}" is nobody in the mesh`);
      }
    }
  },
};
