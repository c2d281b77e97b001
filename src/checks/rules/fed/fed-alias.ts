import { acceptedDomains, aliasesOf } from '../../../model/mesh/mesh';
import { partnerDomains } from '../../../model/spire/federating';
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
    const partners = partnerDomains(system);
    for (const mesh of system.meshes) {
      aliasesOf(mesh).forEach((alias, i) => [...partners, ...acceptedDomains(mesh)].includes(alias) && report.at(mesh.manifest, [...mesh.config.path, 'trustDomainAliases', i], `"${alias}" is a federated trust domain`));
    }
  },
};
