/**
 * What an object is part of, decided by where it is, so that all objects of a namespace are part of the same: SPIRE, Istio, or the application that
 * the namespace is named for.
 *
 * @param owner the namespace of the object; of one without namespace, what it belongs to, such as `spire`
 */
export function partOf(owner: string): string {
  return OWNERS.get(owner) ?? owner;
}

const OWNERS = new Map([
  ...['spire-server', 'spire-system', 'spire-oidc'].map((namespace) => [namespace, 'spire'] as const),
  ...['istio-system', 'istio-cni', 'istio-ingress', 'istio-egress', 'istio-eastwest'].map((namespace) => [namespace, 'istio'] as const),
]);
