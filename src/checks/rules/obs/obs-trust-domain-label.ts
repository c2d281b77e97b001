import { queriesOf } from '../../../model/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsTrustDomainLabel: Rule = {
  id: 'OBS-TRUST-DOMAIN-LABEL',
  level: Level.WARNING,
  title: 'a query uses a label that SPIRE writes only when it is told to',
  why: 'without telemetry.EnableTrustDomainLabel grouping by trust_domain gives one series of everything, matching it gives nothing',
  fix: 'set telemetry.EnableTrustDomainLabel = true, or use the label trust_domain_id of spire_…_started',
  source: 'pkg/common/telemetry; observed metrics of SPIRE 1.15.3',
  check: (system, report) => {
    // OBS-LABEL looks at the configurations where they are seen
    if (system.servers.length + system.agents.length + system.spireValues.length > 0) return;
    if (['PodMonitor', 'ServiceMonitor', 'Prometheus', 'ScrapeConfig'].some(kind => system.all(kind).some(({ text }) => text.includes('trust_domain')))) return;
    for (const { manifest, path, text } of queriesOf(system)) {
      const isUsed = /\bspire_(server|agent)_/.test(text) && /\btrust_domain\b/.test(text) && !/label_replace|group_left|istio_/.test(text);
      if (isUsed) report.at(manifest, path, 'the label trust_domain is off by default');
    }
  },
};
