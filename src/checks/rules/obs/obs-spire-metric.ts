import { asObjects, asText } from '../../../model/manifest';
import { once } from '../../../model/once';
import { queriesOf } from '../../../model/queries';
import { versionOf } from '../../../model/spire/images';
import { isSpireMetric } from '../../../model/spire/metric-names';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsSpireMetric: Rule = {
  id: 'OBS-SPIRE-METRIC',
  level: Level.WARNING,
  title: 'a query asks for a metric that SPIRE does not have',
  why: 'the panel stays empty, the alert never fires: SPIRE tells of the life of its CA and of calls, not of single SVIDs',
  fix: 'take a name of /metrics: spire_server_manager_x509_ca_rotate_expiration for the CA, spire_server_rpc_… for calls, with _elapsed_time_sum and _count for how long they take',
  source: 'spire pkg/common/telemetry, releases 1.8 to 1.15',
  check: (system, report) => {
    const queries = queriesOf(system).filter(({ text }) => /\bspire_(server|agent)_/.test(text));
    if (queries.length === 0 || isLater(system)) return;
    const recorded = recordedNames(system);
    for (const { manifest, path, text } of queries) {
      for (const { 0: whole, 1: program, 2: name, index } of withoutTexts(text).matchAll(/\bspire_(server|agent)_(\w+)/g)) {
        // a name that goes on is put together by a dashboard; OBS-METRIC tells of _total
        const isPart = /^[$[{]/.test(text.slice(index + whole.length).replace(/^\{(?!\{)|^\[/, '')) || name.endsWith('_total') || recorded.has(whole);
        if (!isPart && (name.endsWith('_bucket') || !isSpireMetric(program as 'server' | 'agent', name))) report.at(manifest, path, `SPIRE has no metric ${whole}${/_bucket$/.test(name) ? ': what it measures are summaries' : ''}`);
      }
    }
  },
};

/** A query with nothing in its strings, and as long as before. */
function withoutTexts(query: string): string {
  return query.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/g, found => '"'.repeat(found.length));
}

/** The names that rules of the input give to what they compute. */
const recordedNames = once((system: System): Set<string> => new Set([...system.all('PrometheusRule').map(({ spec }) => spec.groups), ...system.ruleFiles.map(({ value }) => value.groups)]
  .flatMap(groups => asObjects(groups)).flatMap(group => asObjects(group.rules)).map(rule => asText(rule.record))));

/** Whether a SPIRE of the input is of a release that may have other metrics. */
function isLater(system: System): boolean {
  const images = [...system.servers, ...system.agents].flatMap(({ container }) => (container ? [container.image] : []));
  return images.map(versionOf).some(version => version !== undefined && (version.major > 1 || version.minor > 15));
}
