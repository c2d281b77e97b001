import { Labelled } from '../../../model/kubernetes/labelled';
import { mayHaveOtherPods } from '../../../model/kubernetes/other-pods';
import { isEmptySelector, selects } from '../../../model/kubernetes/selector';
import { Manifest, asObject, asTexts } from '../../../model/manifest';
import { workloadsEverywhere } from '../../../model/mesh/selection';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsMonitorElsewhere: Rule = {
  id: 'OBS-MONITOR-ELSEWHERE',
  level: Level.WARNING,
  title: 'a monitor looks into other namespaces than that of what it selects',
  why: 'nothing is scraped, and no target appears',
  fix: 'write the namespace into namespaceSelector.matchNames',
  source: 'prometheus-operator, namespaceSelector of ServiceMonitor and PodMonitor',
  check: (system, report) => {
    for (const monitor of [...system.all('PodMonitor'), ...system.all('ServiceMonitor')].filter(({ group }) => group === 'monitoring.coreos.com')) {
      const { any, matchNames } = asObject(monitor.spec.namespaceSelector);
      const looked = matchNames === undefined ? [monitor.namespace] : asTexts(matchNames);
      if (any === true || isEmptySelector(monitor.spec.selector) || looked.some(namespace => namespace === '' || mayHaveOtherPods(system, namespace))) continue;
      const there = placesOf(system, monitor);
      if (there.size === 0 || ['', ...looked].some(place => there.has(place))) continue;
      report.at(monitor, ['spec', 'namespaceSelector'], `${monitor.name} looks into ${looked.join(', ')}; what it selects is in ${[...there].slice(0, 3).join(', ')}`);
    }
  },
};

/** The namespaces of the pods or Services with the labels that a monitor wants. */
function placesOf(system: System, { kind, spec }: Manifest): ReadonlySet<string> {
  const { matchLabels, matchExpressions } = asObject(spec.selector);
  const near: readonly Placed[] = kind === 'PodMonitor' ? workloadsEverywhere(system, matchLabels) : services(system).having(matchLabels);
  return namespacesOf(matchExpressions === undefined ? near : near.filter(({ labels }) => selects(spec.selector, labels)));
}

interface Placed {
  readonly namespace: string;
  readonly labels: Record<string, string>;
}

/** Many monitors select the same ones. */
const namespacesOf = once((placed: readonly Placed[]): ReadonlySet<string> => new Set(placed.map(({ namespace }) => namespace)));

const services = once((system: System) => new Labelled(system.all('Service'), service => service.labels));
