import { Manifest, asList, asText } from '../../../model/manifest';
import { authorizationPolicies, conditionsOf, sourcesOf } from '../../../model/mesh/policy';
import { hasTarget, rootNamespaces, selectedBy } from '../../../model/mesh/selection';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshTokenOptional: Rule = {
  id: 'MESH-TOKEN-OPTIONAL',
  level: Level.WARNING,
  title: 'a RequestAuthentication demands no token',
  why: 'it refuses bad tokens only: a request without one passes, unless an AuthorizationPolicy asks for a request principal',
  fix: 'add an AuthorizationPolicy with requestPrincipals: ["*"], or a DENY with notRequestPrincipals: ["*"]',
  source: 'observed: istiod with Envoy 1.40',
  check: (system, report) => {
    const asking = authorizationPolicies(system).filter(asksForToken);
    const namespaces = new Set(asking.map(({ namespace }) => namespace));
    const isEverywhere = [...rootNamespaces(system)].some(root => namespaces.has(root));
    for (const request of system.all('RequestAuthentication').filter(one => one.group === 'security.istio.io' && !hasTarget(one))) {
      const selected = selectedBy(system, request);
      const near = isEverywhere || namespaces.has(request.namespace) || selected.some(({ namespace }) => namespaces.has(namespace));
      if (selected.length > 0 && !near) report.at(request, ['spec', 'jwtRules'], `nothing asks for a token at ${selected[0].manifest.kind} ${selected[0].name}`);
    }
  },
};

function asksForToken(policy: Manifest): boolean {
  return policy.spec.action === 'CUSTOM'
    || sourcesOf(policy).some(({ value }) => asList(value.requestPrincipals).length + asList(value.notRequestPrincipals).length > 0)
    || conditionsOf(policy).some(({ value }) => asText(value.key).startsWith('request.auth.'));
}
