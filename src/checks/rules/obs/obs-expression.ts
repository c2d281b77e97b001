import { readPromql } from '../../../formats/promql';
import { Manifest } from '../../../model/manifest';
import { Query, queriesOf } from '../../../model/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsExpression: Rule = {
  id: 'OBS-EXPRESSION',
  level: Level.ERROR,
  title: 'an expression is no PromQL',
  why: 'Prometheus refuses the whole file of a rule that it cannot read, and a panel shows an error',
  fix: 'correct the expression',
  source: 'promtool check rules; prometheus promql/parser',
  check: (system, report) => {
    const queries = queriesOf(system);
    const others = new Set(queries.filter(({ text }) => LOGS.test(text)).map(({ manifest }) => manifest));
    for (const query of queries.filter(one => isPromql(one, others))) {
      const { type, problem } = readPromql(query.text.replace(INTERVAL, '[5m'));
      if (problem !== undefined) report.at(query.manifest, query.path, problem);
      else if (query.isRule && (type === 'range vector' || type === 'string')) report.at(query.manifest, query.path, `the expression gives a ${type}, a rule needs an instant vector or a scalar`);
    }
  },
};

// LogQL, which rules for Loki are written in
const LOGS = /\}\s*(\||![=~]\s*["`])|\bbytes_(rate|over_time)\b|\brate_counter\b|\bunwrap\b/;
// a variable of Grafana in the place of a duration
const INTERVAL = /\[\s*\$\{?\w+(:\w+)?\}?(?=\s*[\]:])/g;

/** Whether a query is for Prometheus: files of rules may be for others, and panels tell their data source. */
function isPromql({ manifest, isRule, datasource }: Query, others: ReadonlySet<Manifest>): boolean {
  return isRule ? manifest.kind === 'PrometheusRule' || !others.has(manifest) : datasource === 'prometheus';
}
