import { WorkloadIdentity } from '../../identity';

/**
 * Where a request comes from. All that is given has to be true.
 */
export interface AuthorizationSource {
  /**
   * Workloads, by reference.
   *
   * @default - any
   */
  readonly identities?: WorkloadIdentity[];

  /**
   * Identities without scheme, such as `example.org/ns/shop/sa/web`; `*` may stand first or last.
   *
   * @default - any
   */
  readonly principals?: string[];

  /**
   * Identities that are excluded. Callers without a certificate are not: strict mutual TLS keeps them out.
   *
   * @default - none
   */
  readonly notPrincipals?: string[];

  /**
   * Issuer and subject of a request's token, such as `https://login.example.com/*`.
   *
   * @default - any
   */
  readonly requestPrincipals?: string[];

  /**
   * Namespaces of callers, of **any** trust domain that the mesh accepts.
   *
   * @default - any
   */
  readonly namespaces?: string[];

  /**
   * Namespaces that are excluded.
   *
   * @default - none
   */
  readonly notNamespaces?: string[];

  /**
   * IP addresses or CIDR ranges of the direct caller.
   *
   * @default - any
   */
  readonly ipBlocks?: string[];

  /**
   * IP addresses or CIDR ranges of the client behind trusted proxies. In sidecars any caller can forge it.
   *
   * @default - any
   */
  readonly remoteIpBlocks?: string[];
}

/**
 * What a request asks for. All that is given has to be true.
 */
export interface AuthorizationOperation {
  /**
   * Hosts of the request, ports included when clients send them.
   *
   * @default - any
   */
  readonly hosts?: string[];

  /**
   * Ports of the workload, not of its Service.
   *
   * @default - any
   */
  readonly ports?: number[];

  /**
   * Methods, upper case.
   *
   * @default - any
   */
  readonly methods?: string[];

  /**
   * Methods that are excluded, upper case.
   *
   * @default - none
   */
  readonly notMethods?: string[];

  /**
   * Paths without query: whole, with `*` first or last, or as template such as `/users/{*}/orders`.
   *
   * @default - any
   */
  readonly paths?: string[];

  /**
   * Paths that are excluded.
   *
   * @default - none
   */
  readonly notPaths?: string[];
}

/**
 * A further condition of a rule.
 */
export interface AuthorizationCondition {
  /**
   * What is compared, such as `request.auth.claims[groups]` or `request.headers[x-version]`.
   */
  readonly key: string;

  /**
   * The values of which one has to be there.
   *
   * @default - any, when `notValues` is given
   */
  readonly values?: string[];

  /**
   * The values of which none may be there.
   *
   * @default - none
   */
  readonly notValues?: string[];
}

/**
 * A rule: a request matches when one of its sources, one of its operations and all of its conditions match.
 */
export interface AuthorizationRule {
  /**
   * Where requests come from.
   *
   * @default - anywhere
   */
  readonly sources?: AuthorizationSource[];

  /**
   * What requests ask for.
   *
   * @default - anything
   */
  readonly operations?: AuthorizationOperation[];

  /**
   * Further conditions.
   *
   * @default - none
   */
  readonly conditions?: AuthorizationCondition[];
}
