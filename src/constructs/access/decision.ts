import { AccessRequest } from './access-request';
import { AccessAction, AccessStatement, isHttpOnly } from './access-statement';
import { PathPattern } from './path-pattern';
import { SpiffeId, TrustDomain } from '../../identity';

/**
 * The claims whose text is a list with spaces, as Istio reads them.
 */
export const SPACED_CLAIMS = ['scope', 'permission'];

/**
 * What an access policy says of a request.
 */
export interface AccessDecision {
  /**
   * Whether the request passes.
   */
  readonly allowed: boolean;

  /**
   * The statement that decides.
   *
   * @default - none is about the request, so it is denied
   */
  readonly statement?: AccessStatement;
}

/**
 * What statements say of a request: one that denies wins, one that allows is needed. Those that only audit decide nothing.
 */
export function decide(statements: AccessStatement[], trustDomain: TrustDomain, request: AccessRequest): AccessDecision {
  const about = statements.filter((statement) => !statement.auditOnly && isAbout(statement, trustDomain, request));
  const denied = about.find((statement) => statement.action === AccessAction.DENY);
  const statement = denied ?? about.find((one) => one.action === AccessAction.ALLOW);
  return { allowed: !denied && statement !== undefined, statement };
}

/**
 * Whether a request is one that a statement is about.
 */
export function isAbout(statement: AccessStatement, trustDomain: TrustDomain, request: AccessRequest): boolean {
  return statement.destination === request.destination && statement.port === request.port
    && isCaller(statement, trustDomain, request) && isHttp(statement, request);
}

function isCaller({ source: { _caller: caller } }: AccessStatement, trustDomain: TrustDomain, request: AccessRequest): boolean {
  const id: SpiffeId | undefined = request.source?.identity.spiffeId ?? request.spiffeId;
  if (!id) {
    return false;
  }
  switch (caller.kind) {
    case 'workload': return id.sameAs(caller.identity.spiffeId);
    case 'namespace': return id.trustDomain.sameAs(trustDomain) && id.path.startsWith(`/ns/${caller.namespace}/sa/`);
    case 'trustDomain': return id.trustDomain.sameAs(caller.trustDomain);
    case 'identity': return id.sameAs(caller.spiffeId);
    case 'token': return id.sameAs(caller.through.identity.spiffeId);
  }
}

/**
 * What is not HTTP has no method, path, host or token: no such limit of an ALLOW holds for it, and every one of a DENY does, since it cannot be seen.
 */
function isHttp(statement: AccessStatement, request: AccessRequest): boolean {
  if (request.method === undefined) {
    return !isHttpOnly(statement) || statement.action === AccessAction.DENY;
  }
  const path = (request.path ?? '/').split(/[?#]/)[0];
  const host = plainHost(request.host ?? '');
  return (!statement.methods || statement.methods.includes(request.method))
    && (!statement.paths || statement.paths.some((one) => PathPattern.parse('statement', one).matches(path)))
    && (!statement.hosts || statement.hosts.includes(host))
    && hasToken(statement, request);
}

function hasToken({ source: { _caller: caller } }: AccessStatement, request: AccessRequest): boolean {
  if (caller.kind !== 'token') {
    return true;
  }
  const wanted = { ...caller.claims, iss: [caller.issuer.issuer] };
  return request.claims !== undefined && Object.entries(wanted).every(([name, values]) =>
    claimValues(name, request.claims![name]).some((value) => values.includes(value)));
}

/**
 * The values of a claim. Two claims hold several in one text, with spaces between them.
 */
function claimValues(name: string, value: any): any[] {
  return typeof value === 'string' && SPACED_CLAIMS.includes(name) ? value.split(' ') : [value].flat();
}

function plainHost(host: string): string {
  return host.toLowerCase().replace(/:.*$/, '').replace(/\.$/, '');
}
