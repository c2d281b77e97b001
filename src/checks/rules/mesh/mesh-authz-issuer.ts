import { Manifest, Path, asObjects, asText, asTexts } from '../../../model/manifest';
import { authorizationPolicies, conditionsOf, sourcesOf } from '../../../model/mesh/policy';
import { hasTarget, rootNamespaces } from '../../../model/mesh/selection';
import { once, onceIn } from '../../../model/once';
import { System } from '../../../model/system';
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
    if (issuersByNamespace(system).size === 0) return;
    for (const policy of authorizationPolicies(system).filter(one => !hasTarget(one))) {
      const { issuers, known } = issuersFor(system, policy.namespace);
      if (issuers.length === 0 || known.has('')) continue;
      for (const { path, principal } of requestPrincipals(policy)) {
        const issuer = principal.slice(0, Math.max(principal.lastIndexOf('/'), 0));
        const isWritten = issuer !== '' && !issuer.includes('*') && !principal.includes('spiffe://');
        if (isWritten && !known.has(issuer)) report.at(policy, path, `issuer "${issuer}" is none of ${issuers.join(', ')}`);
      }
    }
  },
};

/** The request principals that a policy is about, as sources and as conditions. */
function requestPrincipals(policy: Manifest): { principal: string; path: Path }[] {
  const listed = (path: Path, list: unknown): { principal: string; path: Path }[] =>
    asTexts(list).map((principal, i) => ({ principal, path: [...path, i] }));
  const conditions = conditionsOf(policy).filter(({ value }) => value.key === 'request.auth.principal');
  return [
    ...sourcesOf(policy).flatMap(({ path, value }) => listed([...path, 'requestPrincipals'], value.requestPrincipals)),
    ...conditions.flatMap(({ path, value }) => listed([...path, 'values'], value.values)),
  ];
}

/** The issuers of each namespace with a RequestAuthentication. */
const issuersByNamespace = once((system: System): Map<string, string[]> => {
  const issuers = new Map<string, string[]>();
  for (const { namespace, spec } of system.all('RequestAuthentication').filter(one => one.group === 'security.istio.io')) {
    const list = issuers.get(namespace) ?? [];
    list.push(...asObjects(spec.jwtRules).map(rule => asText(rule.issuer)));
    issuers.set(namespace, list);
  }
  return issuers;
});

/** The issuers that may be meant by the policies of a namespace. */
const issuersFor = onceIn((system: System, namespace: string): { issuers: string[]; known: Set<string> } => {
  const roots = rootNamespaces(system);
  const near = roots.has(namespace) ? [...issuersByNamespace(system).keys()] : [namespace, ...roots];
  const issuers = near.flatMap(one => issuersByNamespace(system).get(one) ?? []);
  return { issuers, known: new Set(issuers) };
});
