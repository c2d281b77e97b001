import { ApiObject } from 'cdk8s';
import { hasInjection } from '../../istio/namespaces';

/**
 * The namespaces whose pods take calls that nobody stated: no proxy of theirs is asked, and no policy of the network is for all of them.
 *
 * @param objects all objects of a cluster
 */
export function openNamespaces(objects: ApiObject[]): string[] {
  const open = new Set(objects.filter((object) => object.kind === 'Namespace' && !isInMesh(object)).map(({ name }) => name));
  objects.filter((object) => POLICIES.has(object.kind) && open.has(object.metadata.namespace ?? '') && closesAll(object.toJson().spec))
    .forEach((object) => open.delete(object.metadata.namespace!));
  return [...open].sort();
}

function isInMesh(namespace: ApiObject): boolean {
  return hasInjection(namespace) || namespace.toJson().metadata.labels?.['istio.io/dataplane-mode'] === 'ambient';
}

const POLICIES = new Set(['NetworkPolicy', 'CiliumNetworkPolicy']);

/**
 * Kubernetes reads a policy without types as one for what comes in, Cilium one with a list.
 */
function closesAll({ podSelector, endpointSelector, policyTypes = ['Ingress'], ingress }: any): boolean {
  return podSelector ? isEmpty(podSelector) && policyTypes.includes('Ingress') : isEmpty(endpointSelector) && ingress !== undefined;
}

function isEmpty(selector: any): boolean {
  return selector !== undefined && Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions ?? []).length === 0;
}
