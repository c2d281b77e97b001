import { Manifest, asText, asTexts } from '../../../model/manifest';
import { federatedTrustDomains, trustDomains } from '../../../model/spire/entries';
import { identities } from '../../../model/spire/federating';
import { trustDomainName } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedOwnDomain: Rule = {
  id: 'FED-OWN-DOMAIN',
  level: Level.ERROR,
  title: 'something federates with its own trust domain',
  why: 'every agent that gets the entry stops its sync: no new identity and no renewal on that node, while it says it is ready',
  fix: 'remove the own trust domain',
  source: 'observed: runs of SPIRE 1.15.3',
  check: (system, report) => {
    const own = trustDomains(system);
    for (const object of identities(system)) {
      const names = own.length > 0 ? own : writtenDomain(object);
      asTexts(object.spec.federatesWith).forEach((name, i) => names.includes(trustDomainName(name))
        && report.at(object, ['spec', 'federatesWith', i], `federatesWith has "${name}", the own trust domain`));
    }
    for (const object of federatedTrustDomains(system)) {
      const name = asText(object.spec.trustDomain);
      if (own.includes(trustDomainName(name))) report.at(object, ['spec', 'trustDomain'], `"${name}" is the own trust domain`);
    }
  },
};

/** The trust domain that an identity itself has, where it is written out and no server is to be seen. */
function writtenDomain({ spec }: Manifest): string[] {
  return /^spiffe:\/\/([^/{]+)/.exec(asText(spec.spiffeID) || asText(spec.spiffeIDTemplate))?.slice(1) ?? [];
}
