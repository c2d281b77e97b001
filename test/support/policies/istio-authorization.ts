/**
 * A request, as the proxy of a called workload sees it.
 */
export interface ProxyRequest {
  /** The SPIFFE ID of the client certificate. */
  readonly identity?: string;
  readonly port: number;
  /** Undefined for bytes that are not HTTP. */
  readonly http?: { readonly method: string; readonly path: string; readonly host: string };
  readonly claims?: { readonly [name: string]: any };
}

/**
 * The called workload.
 */
export interface ProxyWorkload {
  readonly namespace: string;
  readonly labels: { readonly [key: string]: string };
}

/**
 * What Istio's sidecar says of a request: AuthorizationPolicies with ALLOW and DENY, in the fields that the library writes; AUDIT decides nothing.
 *
 * Throws for a field that it does not know, so that no policy is judged by half.
 */
export function istioAllows(policies: any[], workload: ProxyWorkload, request: ProxyRequest, rootNamespace = 'istio-system'): boolean {
  const applying = policies.filter(({ metadata, spec }) => (metadata.namespace === workload.namespace || metadata.namespace === rootNamespace)
    && metadata.annotations?.['istio.io/dry-run'] !== 'true'
    && Object.entries(spec.selector?.matchLabels ?? {}).every(([key, value]) => workload.labels[key] === value));
  const ofAction = (action: string): any[] => applying.filter(({ spec }) => (spec.action ?? 'ALLOW') === action);
  const rulesOf = (action: string): any[] => ofAction(action).flatMap(({ spec }) => spec.rules ?? []);
  if (applying.some(({ spec }) => spec.targetRefs || !['ALLOW', 'DENY', 'AUDIT'].includes(spec.action ?? 'ALLOW'))) {
    throw new Error('unknown action or targetRefs');
  }
  const matching = (action: string) => rulesOf(action).some((rule) => ruleMatches(rule, action, request));
  return !matching('DENY') && (ofAction('ALLOW').length === 0 || matching('ALLOW'));
}

const HTTP_FIELDS = ['methods', 'paths', 'hosts'];

function ruleMatches(rule: any, action: string, request: ProxyRequest): boolean {
  only(rule, ['from', 'to', 'when']);
  const operations: any[] = (rule.to ?? []).map((one: any) => one.operation);
  const sources: any[] = (rule.from ?? []).map((one: any) => one.source);
  const conditions: any[] = rule.when ?? [];
  const usesHttp = operations.some((one) => HTTP_FIELDS.some((field) => one[field]?.length > 0))
    || conditions.some((one) => one.key.startsWith('request.')) || sources.some((one) => one.requestPrincipals?.length > 0);
  // a rule with HTTP fields is dropped from ALLOW on TCP; in DENY its HTTP fields alone are dropped
  if (!request.http && usesHttp && action === 'ALLOW') {
    return false;
  }
  const any = <T>(list: T[], accepts: (one: T) => boolean) => list.length === 0 || list.some(accepts);
  return any(sources, (one) => sourceMatches(one, request)) && any(operations, (one) => operationMatches(one, request))
    && conditions.every((one) => conditionMatches(one, request));
}

function sourceMatches(source: any, request: ProxyRequest): boolean {
  only(source, ['principals']);
  const name = request.identity?.replace('spiffe://', '');
  return oneOf(source.principals, (principal) => name !== undefined && matches(principal, name));
}

function operationMatches(operation: any, { http, port }: ProxyRequest): boolean {
  only(operation, ['ports', ...HTTP_FIELDS]);
  return oneOf(operation.ports, (one) => Number(one) === port) && (!http || (
    oneOf(operation.methods, (one) => matches(one, http.method))
    && oneOf(operation.paths, (one) => pathMatches(one, normalized(http.path)))
    && oneOf(operation.hosts, (one) => matches(one.toLowerCase(), http.host.toLowerCase()))));
}

function conditionMatches(condition: any, request: ProxyRequest): boolean {
  only(condition, ['key', 'values']);
  const claim = /^request\.auth\.claims\[([^\]]+)\]$/.exec(condition.key)?.[1];
  if (!claim) {
    throw new Error(`unknown condition ${condition.key}`);
  }
  if (!request.http) {
    return true;
  }
  const value = request.claims?.[claim];
  const list = (['scope', 'permission'].includes(claim) && typeof value === 'string' ? value.split(' ') : [value].flat())
    .filter((one) => typeof one === 'string');
  return list.some((one) => condition.values.some((wanted: string) => matches(wanted, one)));
}

/** An empty list is no limit. */
function oneOf(list: string[] | undefined, accepts: (one: string) => boolean): boolean {
  return !list || list.length === 0 || list.some(accepts);
}

/** A star means something as first or last character only. */
function matches(pattern: string, text: string): boolean {
  if (pattern === '*') {
    return text !== '';
  }
  if (pattern.startsWith('*')) {
    return text.endsWith(pattern.slice(1));
  }
  return pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern;
}

/** What Envoy compares, for a path that has no more to normalize. */
function normalized(path: string): string {
  return path.split(/[?#]/)[0].replace(/[|{}]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

function pathMatches(pattern: string, path: string): boolean {
  if (!/\{\*\*?\}/.test(pattern)) {
    return matches(pattern, path);
  }
  const characters = "A-Za-z0-9._~%!$&'()+,;:@=*-";
  const regex = pattern.split(/(\{\*\*?\})/).map((part) => part === '{*}' ? `[${characters}]+` : part === '{**}' ? `[${characters}/]*`
    : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('');
  return new RegExp(`^${regex}$`).test(path);
}

function only(object: any, known: string[]): void {
  const unknown = Object.keys(object).find((key) => !known.includes(key));
  if (unknown) {
    throw new Error(`unknown field ${unknown}`);
  }
}
