import { asObjects, asText, asTexts } from '../../../model/manifest';
import { authorizationPolicies, sourcesOf } from '../../../model/mesh/policy';
import { hasTarget, rootNamespaces } from '../../../model/mesh/selection';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzIssuer: Rule = {
  id: 'MESH-AUTHZ-ISSUER',
  level: Level.WARNING,
  title: 'a request principal is of an issuer whose tokens nothing verifies',
  why: 'tokens of an issuer that no RequestAuthentication names are refused with 401, so the rule never matches',
  fix: 'write the issuer as the RequestAuthentication has it, or add a jwtRule for it',
  source: 'observed: istiod with Envoy 1.40',
  check: (system, report) => {
    const requests = system.all('RequestAuthentication').filter(one => one.group === 'security.istio.io');
    if (requests.length === 0) return;
    const known = new Map<string, string[]>();
    for (const { namespace, spec } of requests) {
      known.set(namespace, [...known.get(namespace) ?? [], ...asObjects(spec.jwtRules).map(rule => asText(rule.issuer))]);
    }
    const roots = [...rootNamespaces(system)];
    for (const policy of authorizationPolicies(system).filter(one => !hasTarget(one))) {
      const near = roots.includes(policy.namespace) ? [...known.keys()] : [policy.namespace, ...roots];
      const issuers = near.flatMap(namespace => known.get(namespace) ?? []);
      if (issuers.length === 0 || issuers.includes('')) continue;
      for (const { path, value } of sourcesOf(policy)) {
        asTexts(value.requestPrincipals).forEach((principal, i) => {
          const issuer = principal.slice(0, Math.max(principal.lastIndexOf('/'), 0));
          if (issuer !== '' && !issuer.includes('*') && !principal.includes('spiffe://') && !issuers.includes(issuer)) {
            report.at(policy, [...path, 'requestPrincipals', i], `issuer "${issuer}" is none of ${issuers.join(', ')}`);
          }
        });
      }
    }
  },
};
