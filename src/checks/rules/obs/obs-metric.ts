import { queriesOf } from '../../../model/queries';
import { Agent, Server } from '../../../model/spire/discovery';
import { isUnknown } from '../../../model/spire/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsMetric: Rule = {
  id: 'OBS-METRIC',
  level: Level.ERROR,
  title: 'a query uses a metric that nobody has, or that does not say what is asked',
  why: 'the panel stays empty, the alert never fires',
  fix: 'use the name that the program exports',
  source: 'metrics observed on SPIRE 1.15.3, Envoy 1.40, OPA 1.22',
  check: (system, report) => {
    const renamed = [renaming('server', system.servers), renaming('agent', system.agents)].filter(one => one !== undefined);
    for (const { manifest, path, text } of queriesOf(system)) {
      for (const { standard, prefix, kind } of renamed) {
        const name = new RegExp(`\\b${standard}_\\w+`).exec(text)?.[0];
        if (name !== undefined) report.at(manifest, path, `there is no metric ${name}: MetricPrefix of the ${kind}s is "${prefix}"`, `write ${prefix}_… as the ${kind}s do, or remove MetricPrefix`);
      }
      for (const [name, instead] of Object.entries(WRONG)) {
        if (new RegExp(`\\b${name}(_count|_sum)?\\b`).test(text)) report.at(manifest, path, `there is no metric ${name}`, instead);
      }
      for (const [name, [problem, instead]] of Object.entries(MISLEADING)) {
        if (new RegExp(`\\b${name}(_count|_sum)?\\b`).test(text)) report.at(manifest, path, `${name} ${problem}`, instead);
      }
      const counter = /\b(spire_(?:server|agent)_(?!sync_bundles_total|sync_entries_total)\w+_total)\b/.exec(text);
      if (counter && !(counter[1] in WRONG)) report.at(manifest, path, `there is no metric ${counter[1]}: SPIRE's counters have no _total`, `use ${counter[1].replace(/_total$/, '')}`);
    }
  },
};

/** What the metrics of a program are called instead of their standard, where all that are seen agree. */
function renaming(kind: 'server' | 'agent', programs: readonly (Server | Agent)[]): { standard: string; prefix: string; kind: string } | undefined {
  const standard = `spire_${kind}`;
  const prefixes = new Set(programs.map(({ config }) => config?.file.block('telemetry')?.text('MetricPrefix') || standard));
  const [prefix] = prefixes;
  return prefixes.size === 1 && prefix !== standard && !isUnknown(prefix) ? { standard, prefix, kind } : undefined;
}

const WRONG: Record<string, string> = {
  opa_decisions_total: 'count responses 403 with response_flags "UAEX", or use decision logs',
  spire_agent_svid_rotations_total: 'use spire_agent_agent_svid_rotate or spire_server_server_ca_sign_x509_svid',
  spire_agent_cache_manager_outdated_svids: 'SPIRE 1.15 never emits it',
};

/** Metrics that are there, and do not say what one asks them: why, and what to use. */
const MISLEADING: Record<string, [string, string]> = {
  spire_agent_bootstrap_seconds: ['is far below zero after a restart with saved keys', 'use spire_agent_bootstrapped'],
  envoy_server_days_until_first_cert_expiring: ['is 0 for every SVID under a day', 'use envoy_listener_ssl_certificate_expiration_unix_time_seconds'],
};
