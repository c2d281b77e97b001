import { alertRules } from '../../../model/alert-rules';
import { asText } from '../../../model/manifest';
import { queriesOf } from '../../../model/queries';
import { Level } from '../../finding';
import { Rule } from '../../rule';
import { isSlip } from '../../schemas/slip';

const HISTOGRAMS = ['request_duration_milliseconds', 'request_bytes', 'response_bytes'].flatMap(name => ['', '_bucket', '_sum', '_count'].map(end => `istio_${name}${end}`));
const KNOWN = [...HISTOGRAMS, 'istio_build', ...['requests', 'request_messages', 'response_messages', 'tcp_sent_bytes', 'tcp_received_bytes', 'tcp_connections_opened',
  'tcp_connections_closed'].map(name => `istio_${name}_total`)];

export const obsIstioMetric: Rule = {
  id: 'OBS-ISTIO-METRIC',
  level: Level.WARNING,
  title: 'a query uses a misspelt metric of Istio',
  why: 'nobody has the metric: the panel stays empty, the alert never fires',
  fix: 'use the name that Istio\'s proxies export',
  source: 'istio docs, standard metrics',
  check: (system, report) => {
    // a rule may record under any name
    const recorded = alertRules(system).map(({ rule }): [string, undefined] => [asText(rule.record), undefined]);
    const meant = new Map<string, string | undefined>(recorded);
    for (const { manifest, path, text } of queriesOf(system)) {
      for (const name of new Set(text.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, '""').match(/(?<![\w:])istio_\w+(?![\w:*])/g) ?? [])) {
        if (!meant.has(name)) meant.set(name, KNOWN.includes(name) ? undefined : KNOWN.find(one => isSlip(name, one)));
        const instead = meant.get(name);
        if (instead) report.at(manifest, path, `there is no metric ${name}; there is ${instead}`);
      }
    }
  },
};
