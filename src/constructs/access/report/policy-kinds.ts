import { ApiObject } from 'cdk8s';

/**
 * The kinds that say who may call whom, whatever their group: several network plugins have a NetworkPolicy of their own, and Linkerd has an AuthorizationPolicy.
 */
const KINDS = new Set([
  'AuthorizationPolicy', 'RequestAuthentication', 'PeerAuthentication', 'ServiceEntry', 'EnvoyFilter', 'WasmPlugin',
  'NetworkPolicy', 'GlobalNetworkPolicy', 'ClusterNetworkPolicy', 'AdminNetworkPolicy', 'BaselineAdminNetworkPolicy',
  'CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy', 'CiliumEnvoyConfig', 'CiliumClusterwideEnvoyConfig',
]);

const LINKERD = 'policy.linkerd.io';

/**
 * Kinds whose names say something else in other groups.
 */
const GROUPED_KINDS = new Set([
  ...['Server', 'ServerAuthorization', 'MeshTLSAuthentication', 'NetworkAuthentication', 'HTTPRoute', 'EgressNetwork'].map((kind) => `${LINKERD}/${kind}`),
  'gateway.envoyproxy.io/SecurityPolicy',
]);

/**
 * Whether an object says who may call whom.
 */
export function isPolicy(object: ApiObject): boolean {
  const { apiGroup, kind } = object;
  return KINDS.has(kind) || GROUPED_KINDS.has(`${apiGroup}/${kind}`) || (apiGroup === 'gateway.networking.k8s.io' && isOfServer(object.toJson().spec));
}

/**
 * A route of the Gateway API tells where requests go, and, bound to a Server of Linkerd, which ones may be allowed.
 */
function isOfServer(spec: any): boolean {
  return (spec?.parentRefs ?? []).some((one: any) => one.group === LINKERD && one.kind === 'Server');
}
