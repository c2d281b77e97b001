import { isInjected } from './injection';
import { workloadsEverywhere } from './selection';
import { ServicePort, servicePorts } from '../kubernetes/service';
import { Workload } from '../kubernetes/workload';
import { Json, Manifest, Path, asObject, asObjects, asText, asTexts } from '../manifest';
import { once } from '../once';
import { System } from '../system';

export const NETWORK_LABEL = 'topology.istio.io/network';

/** A server of a Gateway that passes mutual TLS on to the services of its cluster. */
export interface PassThrough {
  readonly gateway: Manifest;
  readonly path: Path;
  readonly port: number;
  readonly protocol: string;
  readonly hosts: string[];
  /** The proxies that listen. */
  readonly workloads: Workload[];
  /** The ports of Services that lead to it. */
  readonly services: ServicePort[];
}

/** The servers through which other clusters call into this one. */
export const passThroughs = once((system: System): PassThrough[] => system.all('Gateway').filter(gateway => gateway.group === 'networking.istio.io').flatMap(gateway =>
  asObjects(gateway.spec.servers).flatMap((server, i) => isPassThrough(server) ? [read(system, gateway, server, i)] : [])));

/** Whether a server takes the calls for a host. */
export function passes({ hosts }: PassThrough, host: string): boolean {
  return hosts.map(own => own.replace(/^.*\//, '')).some(own => own === '*' || own === host || (own.startsWith('*.') && host.endsWith(own.slice(1))));
}

function isPassThrough(server: Json): boolean {
  return asText(asObject(server.tls).mode) === 'AUTO_PASSTHROUGH';
}

function read(system: System, gateway: Manifest, server: Json, index: number): PassThrough {
  const port = Number(asObject(server.port).number);
  const selector = asObject(gateway.spec.selector);
  const workloads = Object.keys(selector).length === 0 ? [] : workloadsEverywhere(system, selector).filter(workload => isInjected(system, workload));
  const services = workloads.flatMap(workload => servicePorts(system, workload)).filter(one => one.target === port);
  return { gateway, path: ['spec', 'servers', index], port, protocol: asText(asObject(server.port).protocol), hosts: asTexts(server.hosts), workloads, services };
}
