import { Labelled } from './labelled';
import { selectedPods } from './selected-pods';
import { selects } from './selector';
import { containerPort, targetOf } from './service';
import { Workload } from './workload';
import { Json, Manifest, Path, asObject, asObjects, asText, asTexts } from '../manifest';
import { once } from '../once';
import type { System } from '../system';

/** A port of a workload that Prometheus is told to scrape. */
export interface ScrapedPort {
  readonly monitor: Manifest;
  readonly path: Path;
  readonly workload: Workload;
  readonly port: number;
}

/** The ports that monitors select, as far as their numbers are known. */
export function scrapedPorts(system: System): ScrapedPort[] {
  const ofGroup = (kind: string): Manifest[] => system.all(kind).filter(({ group }) => group === 'monitoring.coreos.com');
  return [...ofGroup('PodMonitor').flatMap(monitor => ofPods(system, monitor)), ...ofGroup('ServiceMonitor').flatMap(monitor => ofServices(system, monitor))];
}

const everyWorkload = once((system: System) => new Labelled(system.workloads, workload => workload.labels));

const everyService = once((system: System) => new Labelled(system.all('Service').filter(({ group }) => group === ''), service => service.labels));

function ofPods(system: System, monitor: Manifest): ScrapedPort[] {
  const { selector } = monitor.spec;
  const workloads = everyWorkload(system).having(asObject(selector).matchLabels)
    .filter(({ namespace, labels }) => isNear(monitor, namespace) && selects(selector, labels));
  return workloads.flatMap(workload => asObjects(monitor.spec.podMetricsEndpoints).flatMap((endpoint, i) => {
    const port = portOf(endpoint, workload);
    return port === undefined ? [] : [{ monitor, path: ['spec', 'podMetricsEndpoints', i], workload, port }];
  }));
}

function ofServices(system: System, monitor: Manifest): ScrapedPort[] {
  const { selector } = monitor.spec;
  const services = everyService(system).having(asObject(selector).matchLabels).filter(({ namespace, labels, spec }) =>
    isNear(monitor, namespace) && selects(selector, labels) && Object.keys(asObject(spec.selector)).length > 0);
  return services.flatMap(service => asObjects(monitor.spec.endpoints).flatMap((endpoint, i) => {
    const entry = asObjects(service.spec.ports).find(({ name }) => asText(name) !== '' && name === endpoint.port);
    return (entry ? selectedPods(system, service.namespace, { matchLabels: service.spec.selector }) : []).flatMap(workload => {
      const port = targetOf(entry, workload);
      return port === undefined ? [] : [{ monitor, path: ['spec', 'endpoints', i], workload, port }];
    });
  }));
}

function portOf({ port, portNumber }: Json, workload: Workload): number | undefined {
  return typeof portNumber === 'number' ? portNumber : containerPort(workload, asText(port));
}

function isNear({ spec, namespace }: Manifest, other: string): boolean {
  const { any, matchNames } = asObject(spec.namespaceSelector);
  return any === true || (matchNames === undefined ? other === namespace : asTexts(matchNames).includes(other));
}
