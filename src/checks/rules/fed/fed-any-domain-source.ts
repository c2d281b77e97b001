import { asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { acceptedDomains } from '../../../model/mesh/mesh';
import { federatedTrustDomains } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedAnyDomainSource: Rule = {
  id: 'FED-ANY-DOMAIN-SOURCE',
  level: Level.WARNING,
  title: 'a policy lets in a namespace of any trust domain',
  why: 'namespaces, serviceAccounts and principals with a star in front match in every accepted trust domain, a partner\'s too',
  fix: 'use principals that begin with the trust domain, or add trustDomains',
  source: 'observed: istiod of the 1.31 line with Envoy 1.40',
  check: (system, report) => {
    const partners = [...federatedTrustDomains(system).map(object => asText(object.spec.trustDomain)), ...system.meshes.flatMap(acceptedDomains)];
    if (partners.length === 0) return;
    for (const policy of system.all('AuthorizationPolicy')) {
      if (policy.group !== 'security.istio.io' || policy.spec.action === 'DENY') continue;
      asObjects(policy.spec.rules).forEach((rule, i) => asObjects(rule.from).forEach((from, j) => {
        const source = asObject(from.source);
        const field = ['namespaces', 'serviceAccounts'].find(name => asTexts(source[name]).length > 0);
        const path = ['spec', 'rules', i, 'from', j, 'source'];
        if (asTexts(source.trustDomains).length > 0) return;
        if (field && asTexts(source.principals).length === 0) report.at(policy, [...path, field], `${field} match in "${partners[0]}" as well`);
        // a star alone says that everybody with an identity is meant
        asTexts(source.principals).forEach((principal, k) => {
          if (/^\*./.test(principal)) report.at(policy, [...path, 'principals', k], `principal "${principal}" matches in "${partners[0]}" as well`);
        });
      }));
    }
  },
};
