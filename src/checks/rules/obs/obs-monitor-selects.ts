import { byNamespace } from '../../../model/kubernetes/by-namespace';
import { Labelled } from '../../../model/kubernetes/labelled';
import { mayHaveOtherPods } from '../../../model/kubernetes/other-pods';
import { selects } from '../../../model/kubernetes/selector';
import { asObject, asRecord, asTexts } from '../../../model/manifest';
import { onceIn } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsMonitorSelects: Rule = {
  id: 'OBS-MONITOR-SELECTS',
  level: Level.WARNING,
  title: 'a monitor selects nothing',
  why: 'no target appears, and alerts on what it should scrape never fire',
  fix: 'write the labels of the Services for a ServiceMonitor, those of the pods for a PodMonitor, and their namespace into namespaceSelector',
  source: 'prometheus-operator: ServiceMonitor, PodMonitor',
  check: (system, report) => {
    for (const [kind, thing] of [['ServiceMonitor', 'Service'], ['PodMonitor', 'pod']]) {
      for (const monitor of system.all(kind).filter(({ group }) => group === 'monitoring.coreos.com')) {
        const { any, matchNames } = asObject(monitor.spec.namespaceSelector);
        const { selector } = monitor.spec;
        if (any === true || Object.keys(asObject(selector)).length === 0) continue;
        const namespaces = Array.isArray(matchNames) ? asTexts(matchNames) : [monitor.namespace];
        const near = namespaces.map(namespace => labelledIn(system, `${kind}/${namespace}`)).filter(({ labelled }) => labelled.having({}).length > 0);
        if (near.length === 0 || namespaces.some(namespace => mayHaveOtherPods(system, namespace))) continue;
        const { matchLabels } = asObject(selector);
        if (near.some(({ labelled }) => labelled.having(matchLabels).some(labels => selects(selector, labels)))) continue;
        const wanted = Object.entries(asRecord(asObject(selector).matchLabels)).map(([key, value]) => `${key}: ${value}`).join(', ') || 'what the selector wants';
        report.at(monitor, ['spec', 'selector'], `no ${thing} of namespace ${namespaces.join(', ')} has ${wanted}`);
      }
    }
  },
};

/** The labels of the Services, or of the pods, of a namespace. */
const labelledIn = onceIn((system: System, place: string) => {
  const [kind, namespace] = place.split('/');
  const all = kind === 'PodMonitor' ? system.workloadsIn(namespace).map(({ labels }) => labels) : (byNamespace(system, '/Service').get(namespace) ?? []).map(({ labels }) => labels);
  return { labelled: new Labelled(all, labels => labels) };
});
