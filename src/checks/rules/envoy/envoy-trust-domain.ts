import { under } from '../../../model/envoy';
import { asObject, asText } from '../../../model/manifest';
import { trustDomains } from '../../../model/spire/entries';
import { partnerDomains } from '../../../model/spire/federating';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyTrustDomain: Rule = {
  id: 'ENVOY-TRUST-DOMAIN',
  level: Level.ERROR,
  title: 'Envoy names a trust domain that SPIRE does not know',
  why: 'the agent refuses secrets of identities it does not have, and no peer of that trust domain can be verified',
  fix: 'use the trust domain of the SPIRE server, or of a partner that it federates with',
  source: 'pkg/agent/endpoints/sdsv3/handler.go buildResponse',
  check: (system, report) => {
    const known = system.envoys.length === 0 ? [] : knownDomains(system);
    if (known.length === 0) return;
    for (const envoy of system.envoys) {
      const secrets = ['tls_certificate_sds_secret_configs', 'validation_context_sds_secret_config'].flatMap(name => under(envoy, name))
        .map(({ path, value }) => ({ path: [...path, 'name'], id: asText(asObject(value).name) }));
      const sans = under(envoy, 'match_typed_subject_alt_names').flatMap(({ path, value }) => ['exact', 'prefix']
        .map(kind => ({ path: [...path, 'matcher', kind], id: asText(asObject(asObject(value).matcher)[kind]) })));
      for (const { path, id } of [...secrets, ...sans]) {
        const domain = /^spiffe:\/\/([^/$]+)(\/|$)/.exec(id)?.[1];
        if (domain !== undefined && !known.includes(domain)) report.at(envoy, path, `"${id}" is of trust domain ${domain}, SPIRE knows ${known.join(', ')}`);
      }
    }
  },
};

/** The own trust domain and those of partners; none where the own is not to be seen. */
function knownDomains(system: System): string[] {
  const own = trustDomains(system);
  return own.length === 0 ? [] : [...new Set([...own, ...partnerDomains(system)])];
}
