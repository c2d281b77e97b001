import { PrometheusTls } from './prometheus-tls';

/**
 * A collector of M3.
 */
export interface M3Sink {
  /**
   * The address, as `host:port`.
   */
  readonly address: string;

  /**
   * The environment, a tag on each metric.
   */
  readonly environment: string;
}

/**
 * Where the metrics of the server or the agents go.
 */
export interface SpireTelemetry {
  /**
   * Whether Prometheus can scrape the pods.
   *
   * @default - true
   */
  readonly prometheus?: boolean;

  /**
   * The port that Prometheus scrapes.
   *
   * @default - 9988
   */
  readonly prometheusPort?: number;

  /**
   * TLS for Prometheus. A monitor of yours has to know about it.
   *
   * @default - plain HTTP
   */
  readonly prometheusTls?: PrometheusTls;

  /**
   * The addresses of StatsD collectors, as `host:port`.
   *
   * @default - none
   */
  readonly statsd?: string[];

  /**
   * The addresses of DogStatsD collectors, as `host:port`.
   *
   * @default - none
   */
  readonly dogStatsd?: string[];

  /**
   * The collectors of M3.
   *
   * @default - none
   */
  readonly m3?: M3Sink[];

  /**
   * Whether metrics are kept in memory and logged on the signal SIGUSR1.
   *
   * @default - SPIRE's own default, false
   */
  readonly inMemory?: boolean;

  /**
   * The beginning of the names of all metrics. Rules and dashboards that expect SPIRE's own find nothing then.
   *
   * @default - spire_server or spire_agent
   */
  readonly metricPrefix?: string;

  /**
   * Whether metrics have the label `trust_domain`.
   *
   * @default - false
   */
  readonly trustDomainLabel?: boolean;

  /**
   * Whether metrics have the label `host`.
   *
   * @default - true
   */
  readonly hostnameLabel?: boolean;

  /**
   * The beginnings of the names of metrics that are sent.
   *
   * @default - all
   */
  readonly allowedPrefixes?: string[];

  /**
   * The beginnings of the names of metrics that are not sent.
   *
   * @default - none
   */
  readonly blockedPrefixes?: string[];

  /**
   * The labels that are sent.
   *
   * @default - all
   */
  readonly allowedLabels?: string[];

  /**
   * The labels that are not sent.
   *
   * @default - none
   */
  readonly blockedLabels?: string[];
}
