import { Json, asObject, asText } from '../../../model/manifest';
import { federatedTrustDomains } from '../../../model/spire/entries';
import { trustDomainName } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedBootstrap: Rule = {
  id: 'FED-BOOTSTRAP',
  level: Level.WARNING,
  title: 'the first bundle of a partner has to be brought by hand',
  why: 'https_spiffe authenticates the endpoint with the bundle it is about to fetch: without one every poll fails',
  fix: 'set trustDomainBundle, or use https_web',
  source: 'observed: runs of SPIRE 1.15.3; pkg/server/bundle/client/updater.go newClient',
  check: (system, report) => {
    for (const values of system.spireValues) {
      const root = ['spire-server', 'controllerManager', 'identities', 'clusterFederatedTrustDomains'];
      const partners = asObject(root.reduce((value: Json, key) => asObject(value)[key], values.value));
      for (const name of Object.keys(partners)) {
        const { enabled, bundleEndpointProfile, trustDomain, trustDomainBundle } = asObject(partners[name]);
        const { type, endpointSPIFFEID } = asObject(bundleEndpointProfile);
        const isItsOwn = trustDomainName(asText(endpointSPIFFEID)) === trustDomainName(asText(trustDomain));
        if (enabled !== false && type === 'https_spiffe' && isItsOwn && asText(trustDomainBundle) === '') report.at(values, [...root, name], `https_spiffe of ${name} without trustDomainBundle`);
      }
    }
    for (const object of federatedTrustDomains(system)) {
      const { type, endpointSPIFFEID } = asObject(object.spec.bundleEndpointProfile);
      // an endpoint of another trust domain is verified with the bundle of that one: FED-ENDPOINT-DOMAIN tells where it lacks
      const id = asText(endpointSPIFFEID);
      const isOther = id !== '' && trustDomainName(id) !== trustDomainName(asText(object.spec.trustDomain));
      if (type === 'https_spiffe' && !isOther && asText(object.spec.trustDomainBundle) === '') report.at(object, ['spec', 'bundleEndpointProfile'], 'https_spiffe without trustDomainBundle');
    }
  },
};
