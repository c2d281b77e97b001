import type { ProxyWorkload } from './istio-authorization';

/**
 * A request, as Linkerd's proxy of a called workload sees it.
 */
export interface LinkerdRequest {
  readonly account?: { readonly namespace: string; readonly name: string };
  /** None for a caller without a certificate. */
  readonly spiffeId?: string;
  readonly port: number;
  readonly http?: { readonly method: string; readonly path: string };
}

/**
 * What Linkerd's policies say: an authorization for the route of a request, or for the server when it has no routes. What is no HTTP has no route.
 */
export function linkerdAllows(manifests: any[], workload: ProxyWorkload, request: LinkerdRequest): boolean {
  const here = manifests.filter((one) => one.apiVersion.startsWith('policy.linkerd.io/') && one.metadata.namespace === workload.namespace);
  const named = (kind: string, name: string) => here.find((one) => one.kind === kind && one.metadata.name === name);
  const server = here.find(({ kind, spec }) => kind === 'Server' && spec.port === request.port
    && Object.entries(spec.podSelector.matchLabels).every(([key, value]) => workload.labels[key] === value));
  if (!server) {
    return false;
  }
  const routes = here.filter(({ kind, spec }) => kind === 'HTTPRoute' && spec.parentRefs.some((ref: any) => ref.name === server.metadata.name));
  const matching = routes.filter(({ spec }) => spec.rules.some((rule: any) => rule.matches.some((one: any) => matches(one, request))));
  const targets = routes.length > 0 ? matching : [server];
  return targets.some((target) => here.some(({ kind, spec }) => kind === 'AuthorizationPolicy' && spec.targetRef.kind === target.kind
    && spec.targetRef.name === target.metadata.name
    && spec.requiredAuthenticationRefs.every((ref: any) => isAuthentic(named(ref.kind, ref.name).spec, request))));
}

function isAuthentic({ identities = [], identityRefs = [] }: any, { account, spiffeId }: LinkerdRequest): boolean {
  return (spiffeId !== undefined && identities.includes(spiffeId)) || identityRefs.some((ref: any) => ref.kind === 'Namespace'
    ? account?.namespace === ref.name
    : account?.namespace === ref.namespace && account?.name === ref.name);
}

function matches({ path, method }: any, { http }: LinkerdRequest): boolean {
  if (!http) {
    return false;
  }
  const sent = http.path.split(/[?#]/)[0];
  const isPath = path.type === 'RegularExpression' ? new RegExp(`^(?:${path.value})$`).test(sent) : sent.startsWith(path.value);
  return isPath && (!method || method === http.method);
}
