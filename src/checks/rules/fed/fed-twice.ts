import { Manifest, asObject, asText } from '../../../model/manifest';
import { federatedTrustDomains } from '../../../model/spire/entries';
import { Partner, partnersOf } from '../../../model/spire/federation';
import { isUnknown } from '../../../model/spire/queries';
import { trustDomainName } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedTwice: Rule = {
  id: 'FED-TWICE',
  level: Level.ERROR,
  title: 'two relations are with one trust domain',
  why: 'the controller manager takes one of them, and which one is not defined; what the server has in its configuration counts before both',
  fix: 'remove one',
  source: 'spire-controller-manager pkg/spirefederationrelationship',
  check: (system, report) => {
    const seen = new Map<string, string>();
    const stated = system.servers.flatMap(({ config }) => (config ? partnersOf(config.server) : []));
    const partners = new Map(stated.map((partner): [string, Partner] => [trustDomainName(partner.trustDomain), partner]));
    for (const relation of federatedTrustDomains(system)) {
      const key = `${asText(relation.spec.className)} ${trustDomainName(asText(relation.spec.trustDomain))}`;
      const first = seen.get(key);
      if (first !== undefined) report.at(relation, ['spec', 'trustDomain'], `ClusterFederatedTrustDomain ${first} is with "${asText(relation.spec.trustDomain)}" as well`);
      else seen.set(key, relation.name);
      const partner = partners.get(trustDomainName(asText(relation.spec.trustDomain)));
      if (partner && !isUnknown(partner.url + partner.endpointId) && differs(relation, partner)) {
        report.at(relation, ['spec', 'trustDomain'], `the server's own federates_with is with "${asText(relation.spec.trustDomain)}" as well, in another way: that counts`);
      }
    }
  },
};

function differs({ spec }: Manifest, { url, endpointId }: Partner): boolean {
  const plain = (text: string): string => text.replace(/\/$/, '');
  return plain(asText(spec.bundleEndpointURL)) !== plain(url) || asText(asObject(spec.bundleEndpointProfile).endpointSPIFFEID) !== endpointId;
}
