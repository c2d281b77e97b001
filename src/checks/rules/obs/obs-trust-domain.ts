import { asText } from '../../../model/manifest';
import { once } from '../../../model/once';
import { queriesOf } from '../../../model/queries';
import { federatedTrustDomains, trustDomains } from '../../../model/spire/entries';
import { partnersOf } from '../../../model/spire/federation';
import { metricLabel } from '../../../model/spire/metric-label';
import { isUnknown } from '../../../model/spire/queries';
import { trustDomainName } from '../../../model/spire/values';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsTrustDomain: Rule = {
  id: 'OBS-TRUST-DOMAIN',
  level: Level.WARNING,
  title: 'a query asks SPIRE\'s metrics for a trust domain that nobody here has or federates with',
  why: 'no series matches: an alert never fires, one with absent() always does',
  fix: 'name a trust domain as SPIRE writes it into labels: what is no letter, digit or _ becomes _',
  source: 'pkg/common/telemetry/sanitize.go',
  check: (system, report) => {
    const isWhole = system.servers.length > 0 && system.servers.every(({ config }) => config !== undefined) && trustDomains(system).length > 0;
    const known = isWhole ? knownLabels(system.clusters) : undefined;
    if (known === undefined) return;
    for (const { manifest, path, text } of queriesOf(system).filter(query => /\bspire_(server|agent)_/.test(query.text))) {
      for (const [, label, value] of text.matchAll(/\b(trust_domain(?:_id)?)\s*=\s*"([^"]+)"/g)) {
        // OBS-LABEL-VALUE tells of names that SPIRE never writes
        if (/^\w+$/.test(value) && !known.has(value)) report.at(manifest, path, `${label} is "${value}", the trust domains are ${[...known].join(', ')}`);
      }
    }
  },
};

/** The trust domains of all clusters and of their partners as labels have them; undefined where one of them cannot be told. */
const knownLabels = once((clusters: readonly System[]): Set<string> | undefined => {
  const names = clusters.flatMap(one => [
    ...trustDomains(one),
    ...federatedTrustDomains(one).map(({ spec }) => asText(spec.trustDomain)),
    ...one.servers.flatMap(({ config }) => (config ? partnersOf(config.server).map(({ trustDomain }) => trustDomain) : [])),
  ]);
  return names.some(isUnknown) ? undefined : new Set(names.map(trustDomainName).map(metricLabel));
});
