import { asObject, asText } from '../../../model/manifest';
import { federatedTrustDomains } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedBootstrap: Rule = {
  id: 'FED-BOOTSTRAP',
  level: Level.WARNING,
  title: 'the first bundle of a partner has to be brought by hand',
  why: 'https_spiffe authenticates the endpoint with the bundle it is about to fetch: without one every poll fails',
  fix: 'set trustDomainBundle, or use https_web',
  source: 'observed: runs of SPIRE 1.15.3',
  check: (system, report) => {
    for (const object of federatedTrustDomains(system)) {
      if (asObject(object.spec.bundleEndpointProfile).type === 'https_spiffe' && asText(object.spec.trustDomainBundle) === '') report.at(object, ['spec', 'bundleEndpointProfile'], 'https_spiffe without trustDomainBundle');
    }
  },
};
