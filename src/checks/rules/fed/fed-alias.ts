import { asText } from '../../../model/manifest';
import { acceptedDomains, aliasesOf } from '../../../model/mesh/mesh';
import { federatedTrustDomains } from '../../../model/spire/entries';
import { trustDomainName } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedAlias: Rule = {
  id: 'FED-ALIAS',
  level: Level.ERROR,
  title: 'a federated trust domain is an alias of the own one',
  why: 'aliases make identities equal: ns/x/sa/y of the partner may do all that the own ns/x/sa/y may',
  fix: 'put it into caCertificates[].trustDomains, not into trustDomainAliases',
  source: 'istio pilot/pkg/security/trustdomain/bundle.go',
  check: (system, report) => {
    const partners = [...federatedTrustDomains(system).map(object => asText(object.spec.trustDomain)),
      ...system.servers.flatMap(server => [...server.config?.server.block('federation')?.map('federates_with').keys() ?? []])].map(trustDomainName);
    for (const mesh of system.meshes) {
      aliasesOf(mesh).forEach((alias, i) => [...partners, ...acceptedDomains(mesh)].includes(alias) && report.at(mesh.manifest, [...mesh.config.path, 'trustDomainAliases', i], `"${alias}" is a federated trust domain`));
    }
  },
};
