import { Selecting } from './labelled';
import { selectsLabels } from './selector';
import { Workload } from './workload';
import { collect } from '../collect';
import { Json, Manifest, asList, asObject, asObjects, asRecord, asText } from '../manifest';
import { once } from '../once';
import { System } from '../system';

/** A port of a Service and the port of the pods that it leads to. */
export interface ServicePort {
  readonly service: Manifest;
  readonly port: number;
  /** Undefined where it is a name that no container has. */
  readonly target?: number;
}

/** The Services of each namespace that lead to pods. */
const selecting = once((system: System): Map<string, Selecting<Manifest>> => {
  const found = new Map<string, Manifest[]>();
  for (const service of system.all('Service').filter(({ group, spec }) => group === '' && Object.keys(asObject(spec.selector)).length > 0)) {
    collect(found, service.namespace, service);
  }
  return new Map([...found].map(([namespace, services]) => [namespace,
    new Selecting(services, ({ spec }) => asRecord(spec.selector), ({ spec }, labels) => selectsLabels(spec.selector, labels))]));
});

/** The Services that lead to the pods of a workload. */
export function servicesOf(system: System, workload: Workload): readonly Manifest[] {
  return selecting(system).get(workload.namespace)?.of(workload.labels) ?? [];
}

/** The ports of all Services that lead to the pods of a workload. */
export function servicePorts(system: System, workload: Workload): ServicePort[] {
  return servicesOf(system, workload).flatMap(service => asObjects(service.spec.ports).map(port =>
    ({ service, port: Number(port.port), target: targetOf(port, workload) })));
}

/** The port of the pods of a workload that a port of a Service leads to; undefined where it is a name that no container has. */
export function targetOf({ port, targetPort }: Json, workload: Workload): number | undefined {
  const target = targetPort ?? port;
  return typeof target === 'number' ? target : containerPort(workload, asText(target));
}

/** The number of a port that a container of the workload names. */
export function containerPort(workload: Workload, name: string): number | undefined {
  const ports = workload.containers.flatMap(container => asObjects(container.value.ports));
  const port = ports.find(one => asText(one.name) === name)?.containerPort;
  return typeof port === 'number' ? port : undefined;
}

/** The DNS names that external-dns gives to a Service. */
export function dnsNamesOf(service: Manifest): string[] {
  return (service.annotations['external-dns.alpha.kubernetes.io/hostname'] ?? '').split(',').map(name => name.trim()).filter(name => name !== '');
}

/** Whether a Service has an address in its own cluster only. */
export function isInside({ spec }: Manifest): boolean {
  return ['', 'ClusterIP'].includes(asText(spec.type)) && asList(spec.externalIPs).length === 0;
}

/** Whether nothing is seen that leads callers of other clusters to a Service: no address, and no object that may let others in and names it. */
export function isHidden(system: System, service: Manifest): boolean {
  return isInside(service) && !system.manifests.some(({ kind, value }) =>
    /Ingress|Route|Gateway|VirtualService|Proxy|Mapping|Transport|ServiceExport/.test(kind) && JSON.stringify(value).includes(service.name));
}
