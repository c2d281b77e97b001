import { asText } from '../../../model/manifest';
import { formatDuration, maxSvidTtl, parseDuration } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireOpenshiftTtl: Rule = {
  id: 'SPIRE-OPENSHIFT-TTL',
  level: Level.WARNING,
  title: 'a lifetime of OpenShift\'s SpireServer exceeds one sixth of the CA\'s',
  why: 'the operator only wants it to be shorter than caValidity: SVIDs are cut short at the end of every CA, which comes as an outage',
  fix: 'keep lifetimes at or below min(caValidity / 6, 7 days)',
  source: 'pkg/server/ca/manager MaxSVIDTTLForCATTL',
  check: (system, report) => {
    for (const server of system.all('SpireServer').filter(({ group }) => group === 'operator.openshift.io')) {
      const ca = parseDuration(asText(server.spec.caValidity) || '24h');
      for (const field of ['defaultX509Validity', 'defaultJWTValidity']) {
        const ttl = parseDuration(asText(server.spec[field]));
        // what outlives the CA is refused
        if (ca === undefined || ttl === undefined || ttl >= ca || ttl <= maxSvidTtl(ca)) continue;
        const most = `${formatDuration(maxSvidTtl(ca))}, the most that fits caValidity ${formatDuration(ca)}`;
        report.at(server, ['spec', field], `${field} ${asText(server.spec[field])} exceeds ${most}`);
      }
    }
  },
};
