import { asText } from '../../../model/manifest';
import { federatedTrustDomains } from '../../../model/spire/entries';
import { trustDomainName } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedTwice: Rule = {
  id: 'FED-TWICE',
  level: Level.ERROR,
  title: 'two relations are with one trust domain',
  why: 'the controller manager takes one of them, and which one is not defined',
  fix: 'remove one',
  source: 'spire-controller-manager pkg/spirefederationrelationship',
  check: (system, report) => {
    const seen = new Map<string, string>();
    for (const relation of federatedTrustDomains(system)) {
      const key = `${asText(relation.spec.className)} ${trustDomainName(asText(relation.spec.trustDomain))}`;
      const first = seen.get(key);
      if (first !== undefined) report.at(relation, ['spec', 'trustDomain'], `ClusterFederatedTrustDomain ${first} is with "${asText(relation.spec.trustDomain)}" as well`);
      else seen.set(key, relation.name);
    }
  },
};
