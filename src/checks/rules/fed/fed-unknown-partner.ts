import { isInRelease } from '../../../model/held-chart';
import { Json, asObject, asText, asTexts } from '../../../model/manifest';
import { trustDomains } from '../../../model/spire/entries';
import { identities, partnerDomains } from '../../../model/spire/federating';
import { trustDomainError, trustDomainName } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedUnknownPartner: Rule = {
  id: 'FED-UNKNOWN-PARTNER',
  level: Level.ERROR,
  title: 'an identity federates with a trust domain that nobody defines',
  why: 'the server refuses the whole entry while it has no bundle of that domain: the pods have no identity at all',
  fix: 'add a ClusterFederatedTrustDomain, or federates_with in the server\'s configuration',
  source: 'observed: runs of SPIRE 1.15.3',
  check: (system, report) => {
    const made = system.spireValues.flatMap(values => partnersIn(values.value));
    const known = [...made.map(trustDomainName), ...partnerDomains(system)];
    // What a broken configuration says of partners cannot be told.
    if (system.servers.some(({ config }) => config === undefined)) return;
    const isMade = system.spireValues.some(isInRelease);
    const visible = isMade || known.length > 0 || system.servers.length > 0 || system.managers.length > 0;
    for (const object of identities(system)) {
      asTexts(object.spec.federatesWith).forEach((name, i) => {
        const reason = trustDomainError(name);
        if (reason) report.at(object, ['spec', 'federatesWith', i], `federatesWith "${name}": ${reason}`);
        // the agents of spire-ha share a trust domain whose bundle spire-trust-sync brings
        else if (name !== 'spire-ha' && visible && !known.includes(trustDomainName(name)) && !trustDomains(system).includes(trustDomainName(name))) report.at(object, ['spec', 'federatesWith', i], `nothing defines the federation with "${name}"`);
      });
    }
  },
};

/** The trust domains that the values of the chart define a federation with. */
function partnersIn(values: Json): string[] {
  const manager = asObject(asObject(asObject(values)['spire-server']).controllerManager);
  return Object.values(asObject(asObject(manager.identities).clusterFederatedTrustDomains)).map(partner => asText(asObject(partner).trustDomain));
}
