import type { ProxyMesh, ProxyRequest, ProxyWorkload } from './istio-authorization';
import { accountMatches, inBlock, namespaceMatches, principalMatches, trustDomainMatches } from './istio-callers';
import { matchesText, within } from './istio-text';
import { claimMatches, requestPrincipalMatches } from './istio-tokens';

export interface RuleContext {
  readonly action: string;
  readonly workload: ProxyWorkload;
  readonly request: ProxyRequest;
  readonly mesh: ProxyMesh;
  readonly policyNamespace: string;
}

type Check = (values: string[] | undefined, notValues: string[] | undefined, context: RuleContext) => boolean;

const each = (matches: (value: string, context: RuleContext) => boolean): Check => (values, notValues, context) =>
  within(values, notValues, (value) => matches(value, context));

const SOURCE: { readonly [field: string]: Check } = {
  principals: each((value, { request, mesh }) => principalMatches(value, request.identity, mesh)),
  namespaces: each((value, { request }) => namespaceMatches(value, request.identity)),
  serviceAccounts: each((value, { request, policyNamespace }) => accountMatches(value, request.identity, policyNamespace)),
  trustDomains: each((value, { request, mesh }) => trustDomainMatches(value, request.identity, mesh)),
  ipBlocks: each((value, { request }) => inBlock(value, request.sourceIp)),
  remoteIpBlocks: each((value, { request }) => inBlock(value, remoteIp(request))),
  requestPrincipals: each((value, { request }) => requestPrincipalMatches(value, request.claims)),
};

const OPERATION: { readonly [field: string]: Check } = {
  ports: each((value, { request }) => Number(value) === request.port),
  methods: each((value, { request }) => matchesText(value, request.http!.method)),
  paths: each((value, { request }) => pathMatches(value, normalized(request.http!.path))),
  hosts: each((value, { request }) => matchesText(value.toLowerCase(), request.http!.host.toLowerCase())),
};

const HTTP_FIELDS = ['requestPrincipals', 'methods', 'paths', 'hosts'];

/**
 * Whether a rule is about a request. On what is no HTTP, one HTTP field takes the whole rule out of ALLOW; from DENY only the fields go.
 */
export function ruleMatches(rule: any, context: RuleContext): boolean {
  only(Object.keys(rule ?? {}), ['from', 'to', 'when']);
  const sources: any[] = (rule?.from ?? []).map(({ source }: any) => source);
  const operations: any[] = (rule?.to ?? []).map(({ operation }: any) => operation);
  const conditions: any[] = rule?.when ?? [];
  const usesHttp = [...sources, ...operations].some((one) => Object.entries<any>(one).some(([field, list]) => isHttpField(field) && list.length > 0))
    || conditions.some(({ key }) => key.startsWith('request.'));
  if (context.request.http === undefined && usesHttp && context.action !== 'DENY') {
    return false;
  }
  const any = (list: any[], checks: typeof SOURCE) => list.length === 0 || list.some((one) => fieldsMatch(one, checks, context));
  return any(sources, SOURCE) && any(operations, OPERATION) && conditions.every((one) => conditionMatches(one, context));
}

function fieldsMatch(object: any, checks: typeof SOURCE, context: RuleContext): boolean {
  const negative = (field: string) => `not${field[0].toUpperCase()}${field.slice(1)}`;
  only(Object.keys(object), Object.keys(checks).flatMap((field) => [field, negative(field)]));
  return Object.entries(checks).filter(([field]) => context.request.http !== undefined || !isHttpField(field))
    .every(([field, check]) => check(object[field], object[negative(field)], context));
}

function isHttpField(field: string): boolean {
  return HTTP_FIELDS.some((one) => one.toLowerCase() === field.replace(/^not/, '').toLowerCase());
}

function conditionMatches({ key, values, notValues, ...rest }: any, context: RuleContext): boolean {
  only(Object.keys(rest), []);
  const { request, workload, mesh, policyNamespace } = context;
  const check = (matches: (value: string) => boolean) => within<string>(values, notValues, matches);
  if (key.startsWith('request.')) {
    return request.http === undefined || check((value) => requestMatches(key, value, request));
  }
  switch (key) {
    case 'source.ip': return check((value) => inBlock(value, request.sourceIp));
    case 'remote.ip': return check((value) => inBlock(value, remoteIp(request)));
    case 'source.namespace': return check((value) => namespaceMatches(value, request.identity));
    case 'source.principal': return check((value) => principalMatches(value, request.identity, mesh));
    case 'source.serviceAccount': return check((value) => accountMatches(value, request.identity, policyNamespace));
    case 'destination.ip': return check((value) => inBlock(value, workload.ip));
    case 'destination.port': return check((value) => Number(value) === request.port);
    case 'connection.sni': return check((value) => request.sni !== undefined && matchesText(value, request.sni.toLowerCase()));
    default: throw new Error(`unknown condition ${key}`);
  }
}

function requestMatches(key: string, value: string, request: ProxyRequest): boolean {
  const [, header] = /^request\.headers\[(.+)\]$/.exec(key) ?? [];
  if (header !== undefined) {
    // `*` asks whether the header is there
    return linesOf(header.toLowerCase(), request).some((line) => value === '*' || matchesText(value, line));
  }
  const [, claim] = /^request\.auth\.claims((?:\[[^\]]+\])+)$/.exec(key) ?? [];
  switch (key) {
    case 'request.auth.principal': return requestPrincipalMatches(value, request.claims);
    case 'request.auth.audiences': return claimMatches(value, ['aud'], request.claims);
    case 'request.auth.presenter': return claimMatches(value, ['azp'], request.claims);
    default:
      if (claim === undefined) {
        throw new Error(`unknown condition ${key}`);
      }
      return claimMatches(value, [...claim.matchAll(/\[([^\]]+)\]/g)].map(([, name]) => name), request.claims);
  }
}

function linesOf(header: string, { http }: ProxyRequest): string[] {
  switch (header) {
    case ':method': return [http!.method];
    case ':path': return [http!.path];
    case ':authority':
    case 'host': return [http!.host];
    default: return (http!.headers ?? []).filter(([name]) => name.toLowerCase() === header).map(([, line]) => line.trim());
  }
}

/**
 * Whoever the last entry of X-Forwarded-For says, whoever wrote it.
 */
function remoteIp(request: ProxyRequest): string | undefined {
  const forwarded = request.http ? linesOf('x-forwarded-for', request).join(',').split(',').at(-1)!.trim() : '';
  return forwarded || request.sourceIp;
}

/** What Envoy compares, for a path that has no more to normalize. */
function normalized(path: string): string {
  return path.split(/[?#]/)[0].replace(/[|{}]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

const SEGMENT = "A-Za-z0-9._~%!$&'()+,;:@=*-";

function pathMatches(pattern: string, path: string): boolean {
  if (!/\{\*\*?\}/.test(pattern)) {
    return matchesText(pattern, path);
  }
  const regex = pattern.split(/(\{\*\*?\})/).map((part) => part === '{*}' ? `[${SEGMENT}]+` : part === '{**}' ? `[${SEGMENT}/]*`
    : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('');
  return new RegExp(`^${regex}$`).test(path);
}

function only(fields: string[], known: string[]): void {
  const unknown = fields.find((field) => !known.includes(field));
  if (unknown) {
    throw new Error(`unknown field ${unknown}`);
  }
}
