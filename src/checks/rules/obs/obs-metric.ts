import { queriesOf } from '../../../model/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsMetric: Rule = {
  id: 'OBS-METRIC',
  level: Level.ERROR,
  title: 'a query uses a metric that nobody has',
  why: 'the panel stays empty, the alert never fires',
  fix: 'use the name that the program exports',
  source: 'metrics observed on SPIRE 1.15.3, Envoy 1.40, OPA 1.22',
  check: (system, report) => {
    for (const { manifest, path, text } of queriesOf(system)) {
      for (const [name, instead] of Object.entries(WRONG)) {
        if (new RegExp(`\\b${name}(_count|_sum)?\\b`).test(text)) report.at(manifest, path, ABSENT.test(instead) ? `${name} tells nothing` : `there is no metric ${name}`, instead);
      }
      const counter = /\b(spire_(?:server|agent)_(?!sync_bundles_total|sync_entries_total)\w+_total)\b/.exec(text);
      if (counter && !(counter[1] in WRONG)) report.at(manifest, path, `there is no metric ${counter[1]}: SPIRE's counters have no _total`, `use ${counter[1].replace(/_total$/, '')}`);
    }
  },
};

/** What there is to say of a metric that exists. */
const ABSENT = /^it is /;

const WRONG: Record<string, string> = {
  opa_decisions_total: 'count responses 403 with response_flags "UAEX", or use decision logs',
  spire_agent_svid_rotations_total: 'use spire_agent_agent_svid_rotate or spire_server_server_ca_sign_x509_svid',
  spire_agent_cache_manager_outdated_svids: 'SPIRE 1.15 never emits it',
  spire_agent_bootstrap_seconds: 'it is wrong after a restart; use spire_agent_bootstrapped',
  envoy_server_days_until_first_cert_expiring: 'it is 0 for SVIDs under a day; use envoy_listener_ssl_certificate_expiration_unix_time_seconds',
};
