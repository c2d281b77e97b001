import { MetricsAccess } from './metrics';
import { STATUS_PORT } from '../envoy/bootstrap';
import { EnvoyMesh } from '../envoy/envoy-mesh';
import { IWorkloads } from '../istio/mesh';
import { PROXY_PORTS } from '../istio/proxy-ports';

/**
 * The ports on which a proxy of Istio shows metrics: merged with those of its workload, and its own.
 */
export const METRICS_PORTS: number[] = [PROXY_PORTS.metrics, PROXY_PORTS.envoyMetrics];

/**
 * An allowed reader, with the ports that he reads.
 */
export interface MetricsStatement extends MetricsAccess {
  readonly ports: number[];
}

/**
 * The ports on which the proxies of a mesh show metrics.
 */
export function metricsPorts(mesh: IWorkloads): number[] {
  return mesh instanceof EnvoyMesh ? [STATUS_PORT] : METRICS_PORTS;
}
