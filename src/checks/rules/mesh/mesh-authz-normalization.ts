import { asList, asObject, asText } from '../../../model/manifest';
import { authorizationPolicies, operationsOf } from '../../../model/mesh/policy';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzNormalization: Rule = {
  id: 'MESH-AUTHZ-NORMALIZATION',
  level: Level.WARNING,
  title: 'a DENY policy on paths can be walked around',
  why: 'with the default normalization //secret is another path than /secret',
  fix: 'set meshConfig.pathNormalization.normalization: MERGE_SLASHES, or write the policy as ALLOW',
  source: 'observed: istiod with Envoy 1.40',
  check: (system, report) => {
    const meshes = system.meshes.map(mesh => asText(asObject(mesh.config.value.pathNormalization).normalization));
    if (meshes.length === 0 || meshes.some(value => value === 'MERGE_SLASHES' || value === 'DECODE_AND_MERGE_SLASHES')) return;
    for (const policy of authorizationPolicies(system)) {
      if (policy.spec.action !== 'DENY') continue;
      for (const { path, value } of operationsOf(policy)) {
        if (asList(value.paths).length > 0) report.at(policy, [...path, 'paths'], 'DENY on paths while slashes are not merged');
      }
    }
  },
};
