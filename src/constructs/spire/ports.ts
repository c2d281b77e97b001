/**
 * The ports of SPIRE's pods. The controller manager serves its webhook on 9443 whatever its configuration says.
 */
export const SPIRE_PORTS = {
  serverApi: 8081,
  health: 8080,
  prometheus: 9988,
  webhook: 9443,
  controllerManagerMetrics: 8082,
  controllerManagerHealth: 8083,
  csiHealth: 9809,
} as const;
