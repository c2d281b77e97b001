import { ruleMatches } from './istio-rules';
import { TokenRule, verifiedClaims } from './istio-tokens';
import { acceptsTransport } from './istio-transport';

/**
 * A request, as the proxy of a called workload sees it.
 */
export interface ProxyRequest {
  /** The SPIFFE ID of the client certificate. */
  readonly identity?: string;
  readonly port: number;
  /** Undefined for bytes that are not HTTP. */
  readonly http?: { readonly method: string; readonly path: string; readonly host: string; readonly headers?: [string, string][] };
  /** The claims of a verified token. */
  readonly claims?: { readonly [name: string]: any };
  readonly sourceIp?: string;
  readonly sni?: string;
}

/**
 * The called workload.
 */
export interface ProxyWorkload {
  readonly namespace: string;
  readonly labels: { readonly [key: string]: string };
  readonly ip?: string;
}

/**
 * What the mesh configuration says.
 */
export interface ProxyMesh {
  readonly trustDomain: string;
  readonly trustDomainAliases: string[];
  readonly rootNamespace: string;
  readonly caCertificatesTrustDomains: string[];
  readonly extensionProviders?: { readonly name: string }[];
}

export const MESH: ProxyMesh = { trustDomain: 'example.org', trustDomainAliases: [], rootNamespace: 'istio-system', caCertificatesTrustDomains: [] };

/**
 * A token as it is sent, before anybody has looked at it.
 */
export interface SentToken {
  readonly claims?: { readonly [name: string]: any };
  readonly problem?: string;
  /** Where it is; the header `Authorization` without it. */
  readonly in?: { readonly header?: string; readonly prefix?: string; readonly param?: string };
}

/**
 * How a request came: `mtls`, `plaintext` or `tls-without-certificate`.
 */
export interface SentRequest extends Omit<ProxyRequest, 'claims'> {
  readonly transport: string;
  readonly token?: SentToken;
}

export type Verdict = 'allow' | 'deny' | 'unauthenticated' | 'refused';

/**
 * What Istio's sidecar says of a request, from the handshake on, in Istio's order: CUSTOM, tokens, DENY, ALLOW. AUDIT decides nothing.
 */
export function istioVerdict(policies: any[], workload: ProxyWorkload, sent: SentRequest, mesh: ProxyMesh): Verdict {
  const applying = policies.filter((policy) => selects(policy, workload, mesh));
  if (!acceptsTransport(policies.filter(({ kind }) => kind === 'PeerAuthentication'), workload, sent, mesh)) {
    return 'refused';
  }
  const request: ProxyRequest = { ...sent, identity: sent.transport === 'mtls' ? sent.identity : undefined };
  const authorization = applying.filter(({ kind }) => kind === 'AuthorizationPolicy');
  if (!customAllows(authorization, workload, request, mesh)) {
    return 'deny';
  }
  const rules: TokenRule[] = applying.filter(({ kind }) => kind === 'RequestAuthentication').flatMap(({ spec }) => spec.jwtRules ?? []);
  const token = request.http ? verifiedClaims(rules, sent.token) : {};
  if (token.refused) {
    return token.refused;
  }
  return authorizes(authorization, workload, { ...request, claims: token.claims }, mesh) ? 'allow' : 'deny';
}

/**
 * What Istio's sidecar says of a request whose transport and token are fine.
 *
 * Throws for a field that it does not know, so that no policy is judged by half.
 */
export function istioAllows(policies: any[], workload: ProxyWorkload, request: ProxyRequest, mesh: ProxyMesh = MESH): boolean {
  if (policies.some(({ spec }) => spec.targetRefs || !['ALLOW', 'DENY', 'AUDIT'].includes(spec.action ?? 'ALLOW'))) {
    throw new Error('unknown action or targetRefs');
  }
  return authorizes(policies.filter((policy) => selects(policy, workload, mesh)), workload, request, mesh);
}

function selects({ metadata, spec }: any, workload: ProxyWorkload, { rootNamespace }: ProxyMesh): boolean {
  return (metadata.namespace === workload.namespace || metadata.namespace === rootNamespace) && !spec?.targetRefs
    && Object.entries(spec?.selector?.matchLabels ?? {}).every(([key, value]) => workload.labels[key] === value);
}

/**
 * Istio reads the annotation as Go reads a boolean.
 */
function isDryRun({ metadata }: any): boolean {
  return /^(1|t|T|true|TRUE|True)$/.test(metadata.annotations?.['istio.io/dry-run'] ?? '');
}

function authorizes(applying: any[], workload: ProxyWorkload, request: ProxyRequest, mesh: ProxyMesh): boolean {
  const ofAction = (action: string) => applying.filter((policy) => (policy.spec?.action ?? 'ALLOW') === action && !isDryRun(policy));
  return !matching(ofAction('DENY'), 'DENY', workload, request, mesh)
    && (ofAction('ALLOW').length === 0 || matching(ofAction('ALLOW'), 'ALLOW', workload, request, mesh));
}

function matching(policies: any[], action: string, workload: ProxyWorkload, request: ProxyRequest, mesh: ProxyMesh): boolean {
  return policies.some(({ metadata, spec }) => (spec?.rules ?? []).some((rule: any) =>
    ruleMatches(rule, { action, workload, request, mesh, policyNamespace: metadata.namespace })));
}

/**
 * One provider that is known decides about HTTP; anything else denies what its rules select.
 */
function customAllows(applying: any[], workload: ProxyWorkload, request: ProxyRequest, mesh: ProxyMesh): boolean {
  const custom = applying.filter(({ spec }) => spec?.action === 'CUSTOM');
  const names = [...new Set(custom.map(({ spec }) => spec.provider.name))];
  const isKnown = names.length === 1 && (mesh.extensionProviders ?? []).some(({ name }) => name === names[0]);
  const isAsked = (!isKnown || request.http !== undefined) && matching(custom, 'DENY', workload, request, mesh);
  return !isAsked || (isKnown && (request.http?.headers ?? []).some(([name, value]) => name === 'x-ext-authz' && value === 'allow'));
}
