import { asObjects, asText, asTexts } from '../../../model/manifest';
import { serviceOf } from '../../../model/mesh/hosts';
import { trustDomains } from '../../../model/spire/entries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedLocalEndpoint: Rule = {
  id: 'FED-LOCAL-ENDPOINT',
  level: Level.ERROR,
  title: 'a service of another trust domain is called at a Service of this cluster',
  why: 'the name is resolved here: the pods behind it show identities of the own trust domain, and every call fails',
  fix: 'give the address of the other cluster\'s east-west gateway, as it is seen from here',
  source: 'istio samples/multicluster; ServiceEntry',
  check: (system, report) => {
    const own = trustDomains(system);
    for (const entry of own.length > 0 ? system.all('ServiceEntry') : []) {
      const domains = asTexts(entry.spec.subjectAltNames).map(san => /^spiffe:\/\/([^/]+)\//.exec(san)?.[1]);
      if (domains.length === 0 || domains.some(domain => domain === undefined || own.includes(domain))) continue;
      asObjects(entry.spec.endpoints).forEach((endpoint, i) => {
        const address = asText(endpoint.address);
        const service = /\.svc(\.|$)/.test(address) ? serviceOf(system, address, entry.namespace) : undefined;
        // a gateway of this cluster may lead on to the other one
        if (!service || /gateway|proxy|relay|tunnel/i.test(JSON.stringify([service.name, service.namespace, service.spec.selector ?? null])) || service.spec.type === 'ExternalName') return;
        report.at(entry, ['spec', 'endpoints', i, 'address'], `${address} is Service ${service.namespace}/${service.name} of this cluster, the identities are of "${domains[0]}"`);
      });
    }
  },
};
