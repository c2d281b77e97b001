import { queriesOf } from '../../../model/queries';
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
    for (const { manifest, path, text } of queriesOf(system)) {
      const wrong = /\b(source_spiffe_id|destination_spiffe_id|source_trust_domain|destination_trust_domain)\b/.exec(text);
      if (wrong && /istio_|spiffe:/.test(text)) report.at(manifest, path, `there is no label ${wrong[1]}`);
      if (/envoy_(http|cluster)_ext_authz\w*/.test(text) && /by\s*\(\s*service\s*\)/.test(text)) report.at(manifest, path, 'ext_authz statistics have no label service', 'group by envoy_http_conn_manager_prefix');
    }
  },
};
