/**
 * The ports of the OIDC discovery provider's pods.
 */
export const OIDC_PORTS = { https: 8443, health: 8008 } as const;
