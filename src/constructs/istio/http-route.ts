import { Duration } from 'cdk8s';
import { requireFilled, requireSome } from './input';
import { RouteDestination } from './route-destination';
import { StringMatch } from './string-match';
import { goDuration, requirePositive } from '../../formats/go-duration';
import { isDnsLabel } from '../../identity/dns-name';
import { requireProps } from '../../identity/require-props';
import { requireLabels } from '../labels';

/**
 * Which requests a route takes. All that is given has to be true.
 */
export interface HttpMatch {
  /**
   * The path of the request, without query.
   *
   * @default - any
   */
  readonly path?: StringMatch;

  /**
   * The method of the request, such as `GET`.
   *
   * @default - any
   */
  readonly method?: string;

  /**
   * Headers of the request by name. Anybody can send any header: they choose a version, they prove nothing.
   *
   * @default - any
   */
  readonly headers?: { [name: string]: StringMatch };

  /**
   * The namespace of the caller.
   *
   * @default - any
   */
  readonly sourceNamespace?: string;

  /**
   * Labels of the calling pods.
   *
   * @default - any
   */
  readonly sourceLabels?: { [key: string]: string };
}

/**
 * How often a request that failed is sent again.
 */
export interface HttpRetries {
  /**
   * How often at most, the first time not counted; 0 switches retries off.
   */
  readonly attempts: number;

  /**
   * How long each attempt may take.
   *
   * @default - as long as the request
   */
  readonly perTryTimeout?: Duration;

  /**
   * On which failures, in Envoy's words, such as `5xx`, `reset` or `503`.
   *
   * @default - `connect-failure`, `refused-stream`, `unavailable`, `cancelled` and `503`
   */
  readonly retryOn?: string[];
}

/**
 * A route: which requests go where, and how.
 */
export interface HttpRoute {
  /**
   * Where the requests go. Shares of several destinations add up to 100.
   */
  readonly destinations: RouteDestination[];

  /**
   * The name of the route, for logs.
   *
   * @default - none
   */
  readonly name?: string;

  /**
   * Which requests the route takes: those for which one of the matches is true.
   *
   * @default - all
   */
  readonly matches?: HttpMatch[];

  /**
   * How long a request may take, with all its attempts.
   *
   * @default - no limit
   */
  readonly timeout?: Duration;

  /**
   * How often a request that failed is sent again.
   *
   * @default - twice, when no answer of the application can have been lost
   */
  readonly retries?: HttpRetries;

  /**
   * Further fields of the route, in Istio's words, such as `fault` or `mirror`.
   *
   * @default - none
   */
  readonly additionalFields?: { [key: string]: any };
}

const RETRY_ON = [
  '5xx', 'gateway-error', 'reset', 'reset-before-request', 'connect-failure', 'envoy-ratelimited', 'retriable-4xx', 'refused-stream',
  'retriable-status-codes', 'retriable-headers', 'http3-post-connect-failure',
  'cancelled', 'deadline-exceeded', 'internal', 'resource-exhausted', 'unavailable',
];

/**
 * A route in Istio's words.
 *
 * @param fullName writes out the name of a host
 */
export function httpRouteJson(where: string, route: HttpRoute, fullName: (host: string) => string): any {
  requireProps(where, route, { destinations: 'RouteDestination[]' });
  requireSome(where, 'destinations', route.destinations);
  requireFilled(where, 'matches', route.matches);
  requireWeights(where, route.destinations);
  requirePositive('timeout', route.timeout);
  return {
    ...(route.name ? { name: route.name } : {}),
    ...(route.matches ? { match: route.matches.map((match) => matchJson(where, match)) } : {}),
    route: route.destinations.map((destination) => destination._toJson(fullName)),
    ...(route.timeout ? { timeout: goDuration(route.timeout) } : {}),
    ...(route.retries ? { retries: retriesJson(where, route.retries, route.timeout) } : {}),
    ...route.additionalFields,
  };
}

function requireWeights(where: string, destinations: RouteDestination[]): void {
  const weights = destinations.map((destination) => destination.weight);
  if (destinations.length > 1 && weights.includes(undefined)) {
    throw new Error(`${where} has several destinations, not all with a weight: give each a weight, 100 together`);
  }
  const sum = weights.reduce((total: number, weight) => total + (weight ?? 100), 0);
  if (sum !== 100) {
    throw new Error(`${where} has weights that add up to ${sum} (${weights.join(' + ')}): they have to be 100 together`);
  }
}

function matchJson(where: string, match: HttpMatch): any {
  if (Object.values(match).every((value) => value === undefined || Object.keys(value).length === 0)) {
    throw new Error(`${where} has a match without conditions: it takes every request, leave 'matches' out`);
  }
  if (match.path && !match.path._fits(/^\//)) {
    throw new Error(`${where} matches path '${match.path.value}', which no request has: paths begin with '/', use '/${match.path.value}'`);
  }
  if (match.method !== undefined && !/^[A-Z]+$/.test(match.method)) {
    throw new Error(`${where} matches method '${match.method}': methods are upper case, use '${match.method.toUpperCase()}'`);
  }
  if (match.sourceNamespace !== undefined && !isDnsLabel(match.sourceNamespace)) {
    throw new Error(`${where} matches source namespace '${match.sourceNamespace}', which is no Kubernetes name: use up to 63 of a-z, 0-9 and '-', not at the ends`);
  }
  requireLabels(`sourceLabels of ${where}`, match.sourceLabels);
  for (const header of Object.keys(match.headers ?? {})) {
    requireHeader(where, header);
  }
  const headers = Object.entries(match.headers ?? {}).map(([name, value]) => [name, value._toJson()]);
  return {
    ...(match.path ? { uri: match.path._toJson() } : {}),
    ...(match.method ? { method: { exact: match.method } } : {}),
    ...(headers.length > 0 ? { headers: Object.fromEntries(headers) } : {}),
    ...(match.sourceNamespace ? { sourceNamespace: match.sourceNamespace } : {}),
    ...(Object.keys(match.sourceLabels ?? {}).length > 0 ? { sourceLabels: match.sourceLabels } : {}),
  };
}

function requireHeader(where: string, header: string): void {
  if (header !== header.toLowerCase() || !/^[a-z0-9._-]+$/.test(header)) {
    throw new Error(`${where} matches header '${header}': names of headers are lower case letters, digits, '-', '_' and '.', use '${header.toLowerCase()}'`);
  }
  if (/spiffe|forwarded-client-cert/.test(header)) {
    throw new Error(`${where} matches header '${header}' as if it were an identity: anybody can send it, `
      + 'use sourceLabels to route and an AuthorizationPolicy to protect');
  }
}

function retriesJson(where: string, retries: HttpRetries, timeout: Duration | undefined): any {
  const { attempts, perTryTimeout, retryOn } = retries;
  if (!Number.isInteger(attempts) || attempts < 0) {
    throw new Error(`${where} has ${attempts} retry attempts: use a whole number, 0 switches retries off`);
  }
  requirePositive('perTryTimeout', perTryTimeout);
  if (perTryTimeout && timeout && perTryTimeout.toMilliseconds() > timeout.toMilliseconds()) {
    throw new Error(`${where} has perTryTimeout ${goDuration(perTryTimeout)}, longer than its timeout ${goDuration(timeout)}: `
      + 'no attempt could use it up, lower perTryTimeout or raise timeout');
  }
  requireFilled(where, 'retryOn', retryOn);
  for (const failure of retryOn ?? []) {
    if (!RETRY_ON.includes(failure) && !/^[1-5]\d\d$/.test(failure)) {
      throw new Error(`${where} retries on '${failure}', which Envoy does not know: use a status code or one of ${RETRY_ON.join(', ')}`);
    }
  }
  return {
    attempts,
    ...(perTryTimeout ? { perTryTimeout: goDuration(perTryTimeout) } : {}),
    ...(retryOn ? { retryOn: retryOn.join(',') } : {}),
  };
}
