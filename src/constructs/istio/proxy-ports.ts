/**
 * Where proxies of Istio answer others than callers: metrics merged with those of the workload, Envoy's own, and whether a gateway is well.
 */
export const PROXY_PORTS = { metrics: 15020, envoyMetrics: 15090, health: 15021 } as const;

/**
 * All ports at which a sidecar of Istio listens in any case: what the application has there does not start.
 */
export const SIDECAR_PORTS: readonly number[] = [15000, 15001, 15004, 15006, ...Object.values(PROXY_PORTS)];
