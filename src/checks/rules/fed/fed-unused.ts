import { isFilledIn } from '../../../model/filled-in';
import { asText } from '../../../model/manifest';
import { partnersInValues, spireChart } from '../../../model/spire/charts';
import { federatedTrustDomains } from '../../../model/spire/entries';
import { federatesWith, identities } from '../../../model/spire/federating';
import { trustDomainName } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedUnused: Rule = {
  id: 'FED-UNUSED',
  level: Level.WARNING,
  title: 'a trust domain is federated and no identity takes it',
  why: 'workloads get the foreign bundle only through federatesWith of their own entry',
  fix: 'add the trust domain to federatesWith of a ClusterSPIFFEID',
  source: 'observed: runs of SPIRE 1.15.3',
  check: (system, report) => {
    const used = [...identities(system).flatMap(federatesWith), ...partnersInValues(system)];
    const areSeen = identities(system).length > 0 || system.spireValues.length > 0;
    for (const object of areSeen ? federatedTrustDomains(system) : []) {
      const name = asText(object.spec.trustDomain);
      if (name !== '' && !isFilledIn(name) && !used.includes(trustDomainName(name))) report.at(object, ['spec', 'trustDomain'], `no ClusterSPIFFEID and no ClusterStaticEntry has federatesWith: [${name}]`);
    }
    const chart = spireChart(system);
    for (const { path, trustDomain } of used.some(isFilledIn) ? [] : chart?.partners ?? []) {
      if (chart && !used.includes(trustDomainName(trustDomain))) report.at(chart.values, path, `no identity has federatesWith: [${trustDomain}]`);
    }
  },
};
