/**
 * The ConfigMap through which agents get the server's root certificates.
 *
 * The server's publisher makes it and is its only owner. It is in no manifest: a data key that a GitOps controller owns would block the
 * publisher for ever, and an agent that finds no ConfigMap waits, while one that finds an empty ConfigMap fails.
 */
export interface TrustBundleConfigMap {
  readonly namespace: string;
  readonly name: string;
  readonly key: string;
  readonly format: string;
}

/**
 * Its name, in other clusters, too.
 */
export const TRUST_BUNDLE_NAME = 'spire-bundle';

/**
 * The ConfigMap of the trust bundle in the agents' namespace, as PEM, which people can read with openssl.
 */
export function trustBundleConfigMap(agentNamespace: string): TrustBundleConfigMap {
  return { namespace: agentNamespace, name: TRUST_BUNDLE_NAME, key: 'bundle.pem', format: 'pem' };
}
