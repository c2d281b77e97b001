/**
 * Where proxies of Istio answer others than callers: metrics merged with those of the workload, Envoy's own, and whether a gateway is well.
 */
export const PROXY_PORTS = { metrics: 15020, envoyMetrics: 15090, health: 15021 } as const;
