import { isInRelease } from '../../../model/held-chart';
import { asObject, asText } from '../../../model/manifest';
import { clusterSpiffeIds, staticEntries } from '../../../model/spire/entries';
import { formatDuration, maxSvidTtl, parseDuration } from '../../../model/spire/values';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const spireIdTtlCa: Rule = {
  id: 'SPIRE-ID-TTL-CA',
  level: Level.WARNING,
  title: 'the lifetime of an entry exceeds one sixth of the CA\'s',
  why: 'its SVIDs are cut short at the end of every CA, and SPIRE says nothing',
  fix: 'lower the ttl, or raise ca_ttl',
  source: 'pkg/server/ca/manager MaxSVIDTTLForCATTL',
  check: (system, report) => {
    const lifetimes = [...system.servers.map(server => server.config?.server.text('ca_ttl') ?? ''), ...chartLifetimes(system)];
    const limits = lifetimes.map(text => maxSvidTtl(parseDuration(text || '24h') ?? 24 * 3600));
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

/** The lifetimes of the CAs that the chart makes: bare files of values may be parts of the values only. */
function chartLifetimes(system: System): string[] {
  const ttls = system.spireValues.map(values => ({ values, ttl: asText(asObject(asObject(values.value)['spire-server']).caTTL) }));
  return ttls.filter(({ values, ttl }) => ttl !== '' || (isInRelease(values) && asText(asObject(asObject(values.value.global).spire).trustDomain) !== '')).map(({ ttl }) => ttl);
}
