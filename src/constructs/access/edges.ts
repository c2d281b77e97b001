import { METRICS_PORTS } from './metrics-statement';
import { EGRESS_LABEL, GATEWAY_LABEL } from '../istio/mesh-identities';
import { MeshWorkload } from '../istio/mesh-workload';

/**
 * A gateway, and its ports that take connections from outside of the cluster.
 */
export interface Edge {
  readonly workload: MeshWorkload;
  readonly ports: number[];
}

/**
 * The gateways that take connections from outside of the cluster.
 */
export function edgesOf(workloads: MeshWorkload[]): Edge[] {
  return workloads.filter(isEdge).map((workload) => ({ workload, ports: openPorts(workload) }));
}

/**
 * Whether a workload takes connections from outside of the cluster: a gateway, unless it leads out.
 */
export function isEdge({ podLabels }: MeshWorkload): boolean {
  return podLabels[GATEWAY_LABEL] !== undefined && podLabels[EGRESS_LABEL] === undefined;
}

/**
 * The ports of a gateway that are open to everybody.
 */
export function openPorts({ ports }: MeshWorkload): number[] {
  return ports.filter((port) => !METRICS_PORTS.includes(port));
}
