import { aliasesOf } from '../../../model/mesh/mesh';
import { authorizationPolicies, principalsOf } from '../../../model/mesh/policy';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzAliasPrefix: Rule = {
  id: 'MESH-AUTHZ-ALIAS-PREFIX',
  level: Level.ERROR,
  title: 'a principal with a star leaves the other names of the trust domain out',
  why: 'Istio puts aliases, and the real name for cluster.local, only into principals of five parts: as DENY this leaves a hole, as ALLOW it lets nobody in',
  fix: 'write <trust domain>/ns/<namespace>/sa/*, or one principal for each trust domain',
  source: 'observed: istiod with Envoy 1.40; istio pilot/pkg/security/trustdomain/bundle.go',
  check: (system, report) => {
    const domains = new Set(system.meshes.map(mesh => mesh.trustDomain));
    const aliases = new Set(system.meshes.flatMap(aliasesOf));
    if (domains.size !== 1) return;
    const [own] = domains;
    for (const policy of authorizationPolicies(system)) {
      for (const { principal, path } of principalsOf(policy).filter(one => one.principal.endsWith('*') && one.principal.split('/').length !== 5)) {
        const [domain, ...rest] = principal.split('/');
        if (rest.length === 0 || domain.includes('*')) continue;
        if (domain === 'cluster.local' && own !== 'cluster.local' && !aliases.has('cluster.local')) {report.at(policy, path, `principal "${principal}" matches nobody: the trust domain is ${own}`);} else if (aliases.size > 0 && (domain === own || aliases.has(domain))) {
          report.at(policy, path, `principal "${principal}" is for ${domain} only, not for ${[own, ...aliases].filter(name => name !== domain).join(', ')}`);
        }
      }
    }
  },
};
