import { Duration } from 'cdk8s';
import { goDuration, requirePositive } from '../../formats/go-duration';

/**
 * How the next pod is chosen.
 */
export enum LoadBalancerAlgorithm {
  /**
   * The one with fewer open requests of two that are chosen at random.
   */
  LEAST_REQUEST = 'LEAST_REQUEST',

  /**
   * One after the other.
   */
  ROUND_ROBIN = 'ROUND_ROBIN',

  /**
   * At random.
   */
  RANDOM = 'RANDOM',
}

/**
 * Limits of the connections to one host, for each proxy that calls it.
 */
export interface ConnectionPool {
  /**
   * How many connections there may be.
   *
   * @default - no practical limit
   */
  readonly maxConnections?: number;

  /**
   * How long opening a connection may take.
   *
   * @default - 10 seconds
   */
  readonly connectTimeout?: Duration;

  /**
   * How many requests may wait for a connection.
   *
   * @default - no practical limit
   */
  readonly maxPendingRequests?: number;

  /**
   * How many requests may be open at once.
   *
   * @default - no practical limit
   */
  readonly maxRequests?: number;

  /**
   * After how many requests a connection is closed.
   *
   * @default - never
   */
  readonly maxRequestsPerConnection?: number;

  /**
   * How many retries may be open at once.
   *
   * @default - no practical limit
   */
  readonly maxRetries?: number;
}

/**
 * When a pod that fails is left out (circuit breaking).
 */
export interface OutlierDetection {
  /**
   * After how many 5xx answers in a row.
   *
   * @default - 5
   */
  readonly consecutive5xxErrors?: number;

  /**
   * How often pods are looked at.
   *
   * @default - 10 seconds
   */
  readonly interval?: Duration;

  /**
   * How long a pod is left out the first time.
   *
   * @default - 30 seconds
   */
  readonly baseEjectionTime?: Duration;

  /**
   * How many percent of the pods may be left out.
   *
   * @default - 10
   */
  readonly maxEjectionPercent?: number;
}

/**
 * Load balancing, limits and circuit breaking of calls to one host.
 */
export interface TrafficPolicy {
  /**
   * How the next pod is chosen.
   *
   * @default - `LoadBalancerAlgorithm.LEAST_REQUEST`
   */
  readonly loadBalancer?: LoadBalancerAlgorithm;

  /**
   * Limits of the connections.
   *
   * @default - no practical limits
   */
  readonly connectionPool?: ConnectionPool;

  /**
   * When a pod that fails is left out.
   *
   * @default - never
   */
  readonly outlierDetection?: OutlierDetection;

  /**
   * Further fields of the traffic policy, in Istio's words.
   *
   * @default - none
   */
  readonly additionalFields?: { [key: string]: any };
}

/**
 * A traffic policy in Istio's words.
 */
export function trafficPolicyJson(where: string, policy: TrafficPolicy): any {
  const hashHeader: string | undefined = policy.additionalFields?.loadBalancer?.consistentHash?.httpHeaderName;
  if (hashHeader && /spiffe|forwarded-client-cert/i.test(hashHeader)) {
    throw new Error(`${where} spreads calls by header '${hashHeader}', which anybody can send: use httpCookie or useSourceIp`);
  }
  return {
    ...(policy.loadBalancer ? { loadBalancer: { simple: policy.loadBalancer } } : {}),
    ...(policy.connectionPool ? { connectionPool: connectionPoolJson(where, policy.connectionPool) } : {}),
    ...(policy.outlierDetection ? { outlierDetection: outlierDetectionJson(where, policy.outlierDetection) } : {}),
    ...policy.additionalFields,
  };
}

function connectionPoolJson(where: string, pool: ConnectionPool): any {
  const { maxConnections, connectTimeout, maxPendingRequests, maxRequests, maxRequestsPerConnection, maxRetries } = pool;
  for (const [name, value] of Object.entries({ maxConnections, maxPendingRequests, maxRequests, maxRequestsPerConnection, maxRetries })) {
    if (value !== undefined && (!Number.isInteger(value) || value < 1)) {
      throw new Error(`${where}: ${name} ${value} is no limit: use a whole number from 1 on, or leave it out`);
    }
  }
  return {
    ...part('tcp', { maxConnections, connectTimeout: time('connectTimeout', connectTimeout) }),
    ...part('http', { http1MaxPendingRequests: maxPendingRequests, http2MaxRequests: maxRequests, maxRequestsPerConnection, maxRetries }),
  };
}

function outlierDetectionJson(where: string, detection: OutlierDetection): any {
  const percent = detection.maxEjectionPercent;
  if (percent !== undefined && !(Number.isInteger(percent) && percent >= 0 && percent <= 100)) {
    throw new Error(`${where}: maxEjectionPercent ${percent} is no percentage: use a whole number from 0 to 100`);
  }
  const errors = detection.consecutive5xxErrors;
  if (errors !== undefined && (!Number.isInteger(errors) || errors < 0)) {
    throw new Error(`${where}: consecutive5xxErrors ${errors} is no count: use a whole number, 0 switches it off`);
  }
  return {
    consecutive5xxErrors: errors,
    interval: time('interval', detection.interval),
    baseEjectionTime: time('baseEjectionTime', detection.baseEjectionTime),
    maxEjectionPercent: percent,
  };
}

function part(name: string, fields: { [key: string]: any }): any {
  return Object.values(fields).some((value) => value !== undefined) ? { [name]: fields } : {};
}

function time(name: string, duration: Duration | undefined): string | undefined {
  requirePositive(name, duration);
  return duration ? goDuration(duration) : undefined;
}
