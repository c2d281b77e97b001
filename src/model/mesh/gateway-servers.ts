import { workloadsEverywhere } from './selection';
import { collect } from '../collect';
import { Workload } from '../kubernetes/workload';
import { Json, Manifest, asObject, asObjects, asRecord } from '../manifest';
import { once } from '../once';
import { System } from '../system';

/** A server of a Gateway. */
export interface GatewayServer {
  readonly gateway: Manifest;
  readonly value: Json;
  readonly port: number;
}

/** The servers that the pods of a workload open. */
export function serversOf(system: System, workload: Workload): readonly GatewayServer[] {
  return byWorkload(system).get(workload) ?? [];
}

const byWorkload = once((system: System): ReadonlyMap<Workload, GatewayServer[]> => {
  const found = new Map<Workload, GatewayServer[]>();
  for (const gateway of system.all('Gateway').filter(({ group }) => group === 'networking.istio.io')) {
    const servers = asObjects(gateway.spec.servers)
      .map((value): GatewayServer => ({ gateway, value, port: Number(asObject(value.port).number) })).filter(({ port }) => port > 0);
    // without a selector it is for all proxies
    const selected = Object.keys(asRecord(gateway.spec.selector)).length > 0 ? workloadsEverywhere(system, gateway.spec.selector) : [];
    for (const workload of selected) collect(found, workload, ...servers);
  }
  return found;
});
