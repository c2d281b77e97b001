import { containerPort, servicePorts, servicesOf } from '../model/kubernetes/service';
import { Workload } from '../model/kubernetes/workload';
import { Manifest, asObjects, asText } from '../model/manifest';
import { System } from '../model/system';

/** A Service before a port of a pod, and what Istio takes the port for. */
export interface ServiceProtocol {
  readonly service: Manifest;
  readonly protocol: string;
  readonly isTcp: boolean;
}

const TCP = ['tcp', 'tls', 'https', 'mysql', 'mongo', 'redis', 'postgres', 'kafka', 'udp'];

/** The Services that lead to a port of a workload; a port without a telling name is left out, as Istio looks at the bytes then. */
export function servicesOfPort(system: System, workload: Workload, port: number): ServiceProtocol[] {
  return servicesOf(system, workload).flatMap(service => asObjects(service.spec.ports).flatMap(one => {
    const target = one.targetPort ?? one.port;
    const number = typeof target === 'number' ? target : containerPort(workload, asText(target));
    const protocol = asText(one.appProtocol) || asText(one.name).split('-')[0];
    return number === port && protocol !== '' ? [{ service, protocol, isTcp: TCP.includes(protocol.toLowerCase()) }] : [];
  }));
}

/** The ports of pods that Services say are no HTTP, those a client proxy speaks TCP to. */
export function tcpPortsOf(system: System, workload: Workload): (ServiceProtocol & { port: number })[] {
  const ports = new Set(servicePorts(system, workload).flatMap(({ target }) => target ?? []));
  return [...ports].flatMap(port => servicesOfPort(system, workload, port).filter(({ isTcp, protocol }) => isTcp && protocol !== 'udp').map(one => ({ ...one, port })));
}
