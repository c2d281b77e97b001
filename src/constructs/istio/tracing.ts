import { requirePort } from './input';
import { IstioVersion } from '../../cluster';
import { isFullDnsName } from '../../identity/dns-name';
import { requireProps } from '../../identity/require-props';

/**
 * Where the proxies of a mesh send their traces, by OpenTelemetry's protocol (OTLP over gRPC).
 */
export interface TracingOptions {
  /**
   * The full DNS name of the collector's service, such as `otel-collector.observability.svc.cluster.local`.
   */
  readonly serviceHost: string;

  /**
   * The port of the collector's service.
   *
   * @default - 4317
   */
  readonly port?: number;

  /**
   * How many of 100 requests are traced.
   *
   * @default - 1
   */
  readonly samplingPercentage?: number;
}

/**
 * The name of the tracing extension provider.
 */
export const TRACING_PROVIDER = 'otel-tracing';

/**
 * The extension provider that sends traces.
 */
export function tracingProvider(options: TracingOptions): any {
  requireProps('tracing', options, { serviceHost: 'text' });
  const port = options.port ?? 4317;
  requirePort('tracing', port);
  if (!isFullDnsName(options.serviceHost)) {
    throw new Error(`tracing serviceHost '${options.serviceHost}' is no full DNS name: write it out, as in cluster.serviceHost('otel-collector', 'observability')`);
  }
  return { name: TRACING_PROVIDER, opentelemetry: { service: options.serviceHost, port } };
}

/**
 * The tracing part of the mesh-wide Telemetry. Who calls comes from the certificate, never from a header that anybody can send.
 */
export function tracingTelemetry(options: TracingOptions, version: IstioVersion): any {
  const percentage = options.samplingPercentage ?? 1;
  if (!(percentage >= 0 && percentage <= 100)) {
    throw new Error(`tracing samplingPercentage ${percentage} is no percentage: use a number from 0 to 100`);
  }
  const fromCertificate = {
    'peer.spiffe_id': { formatter: { value: '%DOWNSTREAM_PEER_URI_SAN%' } },
    'tls.version': { formatter: { value: '%DOWNSTREAM_TLS_VERSION%' } },
  };
  return {
    providers: [{ name: TRACING_PROVIDER }],
    randomSamplingPercentage: percentage,
    ...(version.isAtLeast(29) ? { customTags: fromCertificate } : {}),
  };
}
