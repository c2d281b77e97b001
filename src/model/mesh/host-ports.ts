import { serviceOf } from './hosts';
import { collect } from '../collect';
import { Manifest, asObjects, asTexts } from '../manifest';
import { once } from '../once';
import { System } from '../system';

/** What a host is called that is a Service of a cluster, and nothing else. */
const LOCAL = /^[a-z0-9-]+(\.[a-z0-9-]+\.svc(\.cluster\.local)?)?$/;

/** The ports that the mesh knows of a host; undefined where the input does not show them. */
export function portsOf(system: System, host: string, namespace: string): number[] | undefined {
  const service = LOCAL.test(host) ? serviceOf(system, host, namespace) : undefined;
  const objects = [...service ? [service] : [], ...entriesOf(system, host)];
  const ports = objects.flatMap(({ spec }) => asObjects(spec.ports).map(one => Number(one.number ?? one.port)));
  return ports.length === 0 || ports.some(Number.isNaN) ? undefined : [...new Set(ports)];
}

/** The ports that a host has where a certain one is not among them, in no cluster of the input. */
export function otherPorts(system: System, host: string, namespace: string, port: number): number[] | undefined {
  const known = portsOf(system, host, namespace);
  if (!known || known.includes(port)) return undefined;
  return system.clusters.some(cluster => portsOf(cluster, host, namespace)?.includes(port)) ? undefined : known;
}

/** The ServiceEntries of a host, whoever sees them. */
export function entriesOf(system: System, host: string): readonly Manifest[] {
  const found = entries(system);
  return [...found.get(host) ?? [], ...found.get(`*${host.slice(Math.max(host.indexOf('.'), 0))}`) ?? []];
}

const entries = once((system: System): ReadonlyMap<string, Manifest[]> => {
  const found = new Map<string, Manifest[]>();
  for (const entry of system.all('ServiceEntry')) {
    for (const host of asTexts(entry.spec.hosts)) collect(found, host, entry);
  }
  return found;
});
