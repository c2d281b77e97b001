import { asTexts } from '../../../model/manifest';
import { clustersOf } from '../../../model/spire/bundle-endpoint';
import { trustDomains } from '../../../model/spire/entries';
import { identities, partnerDomains } from '../../../model/spire/federating';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const fedOneWay: Rule = {
  id: 'FED-ONE-WAY',
  level: Level.WARNING,
  title: 'an identity federates with a trust domain that does not federate back',
  why: 'both ends of mutual TLS verify each other: no call works',
  fix: 'add the relation to the other cluster, too',
  source: 'observed: runs of Envoy 1.40 with SPIRE 1.15.3',
  check: (system, report) => {
    const own = trustDomains(system);
    for (const id of identities(system)) {
      asTexts(id.spec.federatesWith).forEach((name, i) => {
        const others = clustersOf(system, name);
        const back = others.flatMap(partnerDomains);
        if (others.length > 0 && own.length > 0 && !back.some(domain => own.includes(domain))) report.at(id, ['spec', 'federatesWith', i], `"${name}" has no relation with "${own[0]}"`);
      });
    }
  },
};
