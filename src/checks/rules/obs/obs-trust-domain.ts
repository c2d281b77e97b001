import { asText } from '../../../model/manifest';
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
    const known = knownLabels(system);
    if (known === undefined) return;
    for (const { manifest, path, text } of queriesOf(system).filter(query => /\bspire_(server|agent)_/.test(query.text))) {
      for (const [, label, value] of text.matchAll(/\b(trust_domain(?:_id)?)\s*=\s*"([^"]+)"/g)) {
        // OBS-LABEL-VALUE tells of names that SPIRE never writes
        if (/^\w+$/.test(value) && !known.has(value)) report.at(manifest, path, `${label} is "${value}", the trust domains are ${[...known].join(', ')}`);
      }
    }
  },
};

/** The trust domains of all clusters and of their partners as labels have them; undefined where not all are to be seen. */
function knownLabels(system: System): Set<string> | undefined {
  const isWhole = system.servers.length > 0 && system.servers.every(({ config }) => config !== undefined);
  const names = system.clusters.flatMap(one => [
    ...trustDomains(one),
    ...federatedTrustDomains(one).map(({ spec }) => asText(spec.trustDomain)),
    ...one.servers.flatMap(({ config }) => (config ? partnersOf(config.server).map(({ trustDomain }) => trustDomain) : [])),
  ]);
  return isWhole && trustDomains(system).length > 0 && !names.some(isUnknown) ? new Set(names.map(trustDomainName).map(metricLabel)) : undefined;
}
