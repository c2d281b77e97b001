import { queriesOf } from '../../../model/queries';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsLabel: Rule = {
  id: 'OBS-LABEL',
  level: Level.ERROR,
  title: 'a query uses a label that its metric does not have',
  why: 'grouping by it gives one series of everything, matching it gives nothing',
  fix: 'use source_principal and destination_principal, which hold whole SPIFFE IDs',
  source: 'istio standard metrics; observed metrics of Envoy 1.40',
  check: (system, report) => {
    const unlabelled = PROGRAMS.filter(program => isUnlabelled(system, program));
    for (const { manifest, path, text } of queriesOf(system)) {
      const wrong = /\b(source_spiffe_id|destination_spiffe_id|source_trust_domain|destination_trust_domain)\b/.exec(text);
      if (wrong && /istio_|spiffe:/.test(text)) report.at(manifest, path, `there is no label ${wrong[1]}`);
      if (/envoy_(http|cluster)_ext_authz\w*/.test(text) && /by\s*\(\s*service\s*\)/.test(text)) report.at(manifest, path, 'ext_authz statistics have no label service', 'group by envoy_http_conn_manager_prefix');
      const program = unlabelled.find(name => text.includes(`spire_${name}_`));
      if (program && /\btrust_domain\b(?!\w)/.test(text) && !/label_replace|group_left|istio_/.test(text)) report.at(manifest, path, `the metrics of the ${program} have no label trust_domain`, 'set telemetry.EnableTrustDomainLabel = true, or use the label trust_domain_id of spire_…_started');
    }
  },
};

const PROGRAMS = ['server', 'agent'] as const;

/** Whether all servers or agents are seen, and do not label metrics with the trust domain; nobody else adds the label. */
function isUnlabelled(system: System, program: (typeof PROGRAMS)[number]): boolean {
  const configs = (program === 'server' ? system.servers : system.agents).map(({ config }) => config?.file);
  const isSeen = configs.length > 0 && configs.every(file => file !== undefined && !file.block('telemetry')?.bool('EnableTrustDomainLabel'));
  return isSeen && !['PodMonitor', 'ServiceMonitor', 'Prometheus', 'ScrapeConfig'].some(kind => system.all(kind).some(({ text }) => text.includes('trust_domain')));
}
