import { selects } from '../../../model/kubernetes/selector';
import { Manifest, asObject, asRecord } from '../../../model/manifest';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsRuleSelected: Rule = {
  id: 'OBS-RULE-SELECTED',
  level: Level.WARNING,
  title: 'no Prometheus of the input takes rules or a monitor',
  why: 'the operator hands only those to Prometheus that its selectors take: the alert never fires, nothing is scraped',
  fix: 'give the object the labels of ruleSelector, podMonitorSelector or serviceMonitorSelector',
  source: 'prometheus-operator API: PrometheusSpec',
  check: (system, report) => {
    for (const [kind, field, readers] of KINDS) {
      const takers = readers.flatMap(reader => system.all(reader)).filter(({ group }) => group === 'monitoring.coreos.com');
      const servers = takers.filter(({ kind: reader }) => reader === 'Prometheus');
      if (servers.length === 0) continue;
      for (const object of system.all(kind).filter(({ group, text }) => group === 'monitoring.coreos.com' && /spire|spiffe|istio|envoy/i.test(text))) {
        if (takers.some(taker => takes(system, taker, object, field))) continue;
        const wanted = Object.entries(asRecord(asObject(servers[0].spec[field]).matchLabels)).map(([name, value]) => `${name}: ${value}`).join(', ');
        report.at(object, ['metadata', 'labels'], `${field} of Prometheus ${servers[0].name} does not take it${wanted === '' ? '' : `: it wants ${wanted}`}`);
      }
    }
  },
};

const KINDS: readonly [kind: string, field: string, readers: readonly string[]][] = [
  ['PrometheusRule', 'ruleSelector', ['Prometheus', 'ThanosRuler']],
  ['PodMonitor', 'podMonitorSelector', ['Prometheus', 'PrometheusAgent']],
  ['ServiceMonitor', 'serviceMonitorSelector', ['Prometheus', 'PrometheusAgent']],
];

/** Whether a Prometheus may take an object; what takes nothing at all is told by nobody, and may be meant. */
function takes(system: System, { namespace, spec }: Manifest, object: Manifest, field: string): boolean {
  const selector: unknown = spec[field];
  if (selector === undefined || selector === null) return true;
  const spaces: unknown = spec[field.replace('Selector', 'NamespaceSelector')];
  const isSpace = spaces === undefined || spaces === null ? namespace === object.namespace
    : system.labelsOf(object.namespace) === undefined || system.selectsNamespace(spaces, object.namespace);
  return isSpace && selects(selector, object.labels);
}
