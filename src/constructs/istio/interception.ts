import { MeshWorkload } from './mesh-workload';

const PREFIX = 'traffic.sidecar.istio.io/';

/** The annotation that keeps connections to a port from the proxy, by workload and port. */
const KEPT_AWAY = new WeakMap<MeshWorkload, Map<number, string>>();

/**
 * Notes the ports of a workload whose connections its annotations keep from its proxy.
 */
export function noteInterception(workload: MeshWorkload, annotations: { readonly [key: string]: string }): void {
  const excluded = ports(annotations[`${PREFIX}excludeInboundPorts`]) ?? [];
  const included = ports(annotations[`${PREFIX}includeInboundPorts`]) ?? ['*'];
  const reasonOf = (port: string) => excluded.includes(port) ? 'excludeInboundPorts' : !included.includes('*') && !included.includes(port) ? 'includeInboundPorts' : undefined;
  KEPT_AWAY.set(workload, new Map(workload.ports.flatMap((port) => {
    const reason = reasonOf(String(port));
    return reason ? [[port, `${PREFIX}${reason}`] as const] : [];
  })));
}

/**
 * The annotation that keeps connections to a port from the proxy of a workload, if one does.
 */
export function keptFromProxy(workload: MeshWorkload, port: number): string | undefined {
  return KEPT_AWAY.get(workload)?.get(port);
}

function ports(list: string | undefined): string[] | undefined {
  return list?.split(',').map((one) => one.trim());
}
