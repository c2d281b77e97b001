import { queriesOf } from '../../../model/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsGaugeRate: Rule = {
  id: 'OBS-GAUGE-RATE',
  level: Level.WARNING,
  title: 'a query asks how fast a state of SPIRE grows',
  why: 'rate and increase are for counters: of what goes up and down they give any number, and take every fall for a restart',
  fix: 'take the value itself, max_over_time or delta; connections that were opened are counted in …_connection',
  source: 'pkg/common/telemetry; Prometheus: rate',
  check: (system, report) => {
    for (const { manifest, path, text } of queriesOf(system)) {
      const [, call, name] = GAUGES.exec(text) ?? [];
      if (name !== undefined) report.at(manifest, path, `${call} of ${name}, which goes up and down`);
    }
  },
};

const GAUGES = new RegExp('\\b(rate|irate|increase)\\s*\\(\\s*(spire_(?:agent_(?:workload_api|sds_api|delegated_identity_api|debug_api)_connections|server_manager_x509_ca_rotate_(?:expiration|ttl)'
  + '|(?:server|agent)_(?:started|uptime_in_ms)|agent_bootstrapped|agent_sync_(?:bundles|entries)_total|agent_(?:lru_cache_\\w+_map_size|jwt_svid_cache_size)))\\b');
