import { Labelled } from '../../../model/kubernetes/labelled';
import { selects } from '../../../model/kubernetes/selector';
import { Workload } from '../../../model/kubernetes/workload';
import { Manifest, asObject, asObjects, asText } from '../../../model/manifest';
import { workloadsEverywhere } from '../../../model/mesh/selection';
import { once, onceIn } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const obsMonitorPort: Rule = {
  id: 'OBS-MONITOR-PORT',
  level: Level.ERROR,
  title: 'a monitor scrapes a port that no pod has',
  why: 'nothing is scraped, and no target appears',
  fix: 'use the name of the container port',
  source: 'helm-charts-hardened pull request 930',
  check: (system, report) => {
    for (const monitor of system.all('PodMonitor')) {
      if (Object.keys(asObject(monitor.spec.selector)).length === 0) continue;
      const pods = selected(monitor, workloadsEverywhere(system, asObject(monitor.spec.selector).matchLabels), workload => workload.labels);
      const ports = portsOfPods(pods);
      asObjects(monitor.spec.podMetricsEndpoints).forEach((endpoint, i) => {
        const port = asText(endpoint.port);
        if (pods.length === 0 || port === '' || ports.has(port)) return;
        const known = [...ports].filter(name => name !== '').join(', ') || 'none';
        report.at(monitor, ['spec', 'podMetricsEndpoints', i, 'port'], `no selected pod has a port ${port}; they have ${known}`);
      });
    }
    for (const monitor of system.all('ServiceMonitor').filter(({ spec }) => Object.keys(asObject(spec.selector)).length > 0)) {
      const services = servicesOf(system, monitor);
      const ports = portsOfServices(services);
      asObjects(monitor.spec.endpoints).forEach((endpoint, i) => {
        const port = asText(endpoint.port);
        if (services.length > 0 && port !== '' && !ports.includes(port)) report.at(monitor, ['spec', 'endpoints', i, 'port'], `no selected Service has a port ${port}; they have ${ports.filter(name => name !== '').join(', ') || 'none'}`);
      });
    }
  },
};

/** The names of the ports of some pods; many monitors select the same ones. */
const portsOfPods = once((pods: readonly Workload[]): Set<string> =>
  new Set(pods.flatMap(workload => workload.containers).flatMap(container => asObjects(container.value.ports).map(port => asText(port.name)))));

const portsOfServices = once((services: readonly Manifest[]): string[] =>
  services.flatMap(service => asObjects(service.spec.ports).map(port => asText(port.name))));

/** The Services that a ServiceMonitor selects; the same list for the same labels in one namespace. */
function servicesOf(system: System, monitor: Manifest): readonly Manifest[] {
  const { any, matchNames } = asObject(monitor.spec.namespaceSelector);
  const { matchLabels } = asObject(monitor.spec.selector);
  const isLocal = any !== true && !Array.isArray(matchNames);
  const labelled = isLocal ? servicesIn(system, monitor.namespace) : everyService(system);
  const services = selected(monitor, labelled.having(matchLabels), service => service.labels);
  return isLocal || any === true ? services : services.filter(({ namespace }) => matchNames.includes(namespace));
}

const everyService = once((system: System) => new Labelled(system.all('Service'), service => service.labels));

const servicesIn = onceIn((system: System, namespace: string) =>
  new Labelled(system.all('Service').filter(service => service.namespace === namespace), service => service.labels));

/** Those with the right labels that meet the expressions of the selector, too. */
function selected<T>({ spec }: Manifest, labelled: readonly T[], labelsOf: (thing: T) => Record<string, string>): readonly T[] {
  return asObjects(spec.selector.matchExpressions).length === 0 ? labelled : labelled.filter(thing => selects(spec.selector, labelsOf(thing)));
}
