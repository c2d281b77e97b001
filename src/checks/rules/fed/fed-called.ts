import { lackBundle } from '../../../model/mesh/identities';
import { authorizationPolicies, includedPrincipalsOf, trustDomainOf } from '../../../model/mesh/policy';
import { selectedBeside } from '../../../model/mesh/selection';
import { partnerDomains } from '../../../model/spire/federating';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedCalled: Rule = {
  id: 'FED-CALLED',
  level: Level.ERROR,
  title: 'a workload that another trust domain may call does not federate with it',
  why: 'its proxy has no bundle to verify the caller with: every call fails in TLS, before the policy is asked',
  fix: 'add the trust domain to federatesWith of its ClusterSPIFFEID',
  source: 'observed: runs of Envoy 1.40 with SPIRE 1.15.3',
  check: (system, report) => {
    const partners = partnerDomains(system);
    if (partners.length === 0) return;
    for (const policy of authorizationPolicies(system)) {
      if ((policy.spec.action ?? 'ALLOW') !== 'ALLOW' || policy.spec.targetRefs !== undefined) continue;
      const foreign = includedPrincipalsOf(policy).map(({ principal, path }) => ({ principal, path, domain: trustDomainOf(principal) ?? '' }))
        .filter(({ domain }) => partners.includes(domain));
      if (foreign.length === 0) continue;
      const called = selectedBeside(system, policy);
      for (const { principal, path, domain } of foreign) {
        if (!lackBundle(system, called, domain)) continue;
        report.at(policy, path, `"${principal}" may call ${called[0].namespace}/${called[0].name}, whose identity does not federate with "${domain}"`);
      }
    }
  },
};
