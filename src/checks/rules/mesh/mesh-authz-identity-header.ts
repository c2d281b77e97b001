import { Json, asList, asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshAuthzIdentityHeader: Rule = {
  id: 'MESH-AUTHZ-IDENTITY-HEADER',
  level: Level.ERROR,
  title: 'an AuthorizationPolicy takes an identity out of a header',
  why: 'every client can write the header: the proxy proves the certificate of the caller, not what a header says',
  fix: 'use source.principals, which is the identity that the certificate proves, or let in only the gateway that writes the header',
  source: 'istio AuthorizationPolicy',
  check: (system, report) => {
    for (const policy of system.all('AuthorizationPolicy').filter(({ group }) => group === 'security.istio.io')) {
      asObjects(policy.spec.rules).forEach((rule, i) => asObjects(rule.when).forEach((condition, j) => {
        if (isOfKnownCallers(rule)) return;
        const header = /^request\.headers\[(.*)\]$/.exec(asText(condition.key))?.[1] ?? '';
        if (asText(policy.spec.action) !== 'DENY' && IDENTITY.test(header)) report.at(policy, ['spec', 'rules', i, 'when', j, 'key'], `the rule believes the header ${header}`);
      }));
    }
  },
};

/** Whether only callers with a proven identity, such as a gateway that writes the header itself, may bring it. */
function isOfKnownCallers(rule: Json): boolean {
  const sources = asObjects(rule.from).map(({ source }) => asObject(source));
  return sources.length > 0 && sources.every(source => [...asList(source.principals), ...asList(source.serviceAccounts)].length > 0);
}

const IDENTITY = /spiffe|svid|client-cert|(source|client|peer)-(principal|identity)/i;
