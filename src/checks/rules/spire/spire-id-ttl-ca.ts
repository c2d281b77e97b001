import { asText } from '../../../model/manifest';
import { clusterSpiffeIds, staticEntries } from '../../../model/spire/entries';
import { formatDuration, maxSvidTtl, parseDuration } from '../../../model/spire/values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireIdTtlCa: Rule = {
  id: 'SPIRE-ID-TTL-CA',
  level: Level.ERROR,
  title: 'the lifetime of an entry exceeds one sixth of the CA\'s',
  why: 'its SVIDs are cut short at the end of every CA, and SPIRE says nothing',
  fix: 'lower the ttl, or raise ca_ttl',
  source: 'pkg/server/ca/manager MaxSVIDTTLForCATTL',
  check: (system, report) => {
    const limits = system.servers.map(server => maxSvidTtl(parseDuration(server.config?.server.text('ca_ttl') || '24h') ?? 24 * 3600));
    if (limits.length === 0) return;
    const limit = Math.min(...limits);
    for (const object of [...clusterSpiffeIds(system), ...staticEntries(system)]) {
      for (const name of ['ttl', 'jwtTtl', 'x509SVIDTTL', 'jwtSVIDTTL']) {
        const ttl = parseDuration(asText(object.spec[name]));
        if (ttl !== undefined && ttl > limit) report.at(object, ['spec', name], `${name} ${formatDuration(ttl)} exceeds ${formatDuration(limit)}`);
      }
    }
  },
};
