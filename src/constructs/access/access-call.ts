import { AccessSource } from './access-source';
import { AccessAction, AccessStatement } from './access-statement';
import { PathKind, PathPattern } from './path-pattern';
import { podsOf } from './pods-of';
import { requireNoOther } from './require-no-other';
import { isDnsSubdomain } from '../../identity/dns-name';
import { requireFilled, requirePort } from '../istio/input';
import { IWorkloads } from '../istio/mesh';
import { IMeshPeer, MeshWorkload } from '../istio/mesh-workload';

/**
 * Who may, or may not, call whom.
 */
export interface AllowedCall {
  /**
   * Who calls: an enrolled workload, a gateway, or an AccessSource for those that are not at hand.
   */
  readonly source: IMeshPeer | AccessSource;

  /**
   * Who is called: an enrolled workload.
   */
  readonly destination: MeshWorkload;

  /**
   * The port of the called workload (not of its Service).
   */
  readonly port: number;

  /**
   * The HTTP methods, such as `GET`.
   *
   * @default - all, and other protocols than HTTP
   */
  readonly methods?: string[];

  /**
   * The HTTP paths: whole, with `*` at the end or the beginning, or as template such as `/users/{*}/orders`.
   *
   * A denial takes beginnings only, such as `/admin*`: a whole path is missed by the same path with a slash at its end.
   *
   * @default - all, and other protocols than HTTP
   */
  readonly paths?: string[];

  /**
   * The HTTP hosts: DNS names without port, any port is meant.
   *
   * @default - all, and other protocols than HTTP
   */
  readonly hosts?: string[];

  /**
   * Whether it is only watched and not in force: layers that can do so log what it would do.
   *
   * @default - false
   */
  readonly auditOnly?: boolean;
}

const PROPS = ['source', 'destination', 'port', 'methods', 'paths', 'hosts', 'auditOnly'];

/**
 * Makes a statement of a call, and refuses what a layer would accept and never match.
 */
export function accessStatement(action: AccessAction, call: AllowedCall, mesh: IWorkloads): AccessStatement {
  const { destination, port, methods, paths, hosts } = call;
  const source = call.source instanceof AccessSource ? call.source : AccessSource._peer(call.source, podsOf(call.source, mesh));
  const shown = source._caller.kind === 'workload' ? source._caller.identity.principal : source.toString();
  const where = `access from '${shown}' to '${destination}'`;
  requirePort(where, port);
  requireNoOther(where, call, PROPS);
  if (call.auditOnly !== undefined && typeof call.auditOnly !== 'boolean') {
    throw new Error(`${where} has auditOnly ${JSON.stringify(call.auditOnly)}: use true or false`);
  }
  if (action === AccessAction.AUDIT && call.auditOnly !== undefined) {
    throw new Error(`${where} is audited with auditOnly, which is for what allows or denies: leave auditOnly out`);
  }
  if (destination.ports.length > 0 && !destination.ports.includes(port)) {
    throw new Error(`${where} names port ${port}, which '${destination}' does not have: `
      + `use a port of its containers (${destination.ports.join(', ')}), not of its Service`);
  }
  requireFilled(where, 'methods', methods);
  requireFilled(where, 'paths', paths);
  requireFilled(where, 'hosts', hosts);
  (methods ?? []).forEach((method) => requireMethod(where, method));
  (paths ?? []).forEach((path) => requirePath(where, action, path));
  (hosts ?? []).forEach((host) => requireHost(where, host));
  const given = Object.fromEntries(Object.entries({ methods, paths, hosts }).flatMap(([name, list]) => list ? [[name, [...new Set(list)]]] : []));
  return { action, auditOnly: call.auditOnly ?? false, source, destination, port, ...given };
}

function requireMethod(where: string, method: string): void {
  if (!/^[A-Z]+$/.test(method)) {
    throw new Error(`${where} has method '${method}', which matches no request: methods are upper case, `
      + (/^[A-Za-z]+$/.test(method) ? `use '${method.toUpperCase()}'` : 'name each one, or leave methods out for all'));
  }
}

function requirePath(where: string, action: AccessAction, path: string): void {
  const { kind } = PathPattern.parse(where, path);
  if (action === AccessAction.DENY && kind !== PathKind.PREFIX) {
    throw new Error(`${where} is denied for path '${path}', which '${path}/' would get around: deny a beginning, such as '${path.replace(/[*{].*$/, '')}*'`);
  }
}

function requireHost(where: string, host: string): void {
  if (!isDnsSubdomain(host)) {
    throw new Error(`${where} has host '${host}', which is no DNS name: use lower case, without scheme, port and '*'`);
  }
}
