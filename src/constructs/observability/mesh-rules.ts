import { Duration } from 'cdk8s';
import { AlertingRule, RecordingRule, RuleGroup } from './prometheus-rule';

/**
 * Only the proxy of the destination knows whether a connection was mutual TLS; the source's says "unknown". Counting both doubles every request.
 */
const REQUESTS = 'istio_requests_total{reporter="destination"}';
const CONNECTIONS = 'istio_tcp_connections_opened_total';
const SERVICE = 'destination_service_name, destination_service_namespace';
const EDGE = `source_principal, destination_principal, source_app, ${SERVICE}`;

/**
 * Requests by identity, computed from what the proxies report.
 */
const RECORDS: RecordingRule[] = [
  { record: 'spiffe:request_rate_5m', expr: `sum by (${EDGE}) (rate(${REQUESTS}[5m]))` },
  {
    // response code 0: the connection ended before an answer
    record: 'spiffe:error_rate_5m',
    expr: share(EDGE, requests('response_code=~"5..|0"'), REQUESTS),
  },
  {
    record: 'spiffe:request_duration_p99_5m',
    expr: `histogram_quantile(0.99, sum by (${EDGE}, le) (rate(istio_request_duration_milliseconds_bucket{reporter="destination"}[5m])))`,
  },
  {
    record: 'spiffe:mtls_usage',
    expr: share(SERVICE, requests('connection_security_policy="mutual_tls"'), REQUESTS),
  },
  {
    record: 'spiffe:tcp_mtls_usage',
    expr: share(SERVICE, `${CONNECTIONS}{reporter="destination",connection_security_policy="mutual_tls"}`, `${CONNECTIONS}{reporter="destination"}`),
  },
];

const ALERTS: AlertingRule[] = [
  {
    alert: 'SPIFFEIdentityMTLSFailure',
    expr: `sum by (source_workload, source_workload_namespace, ${SERVICE}) (rate(${requests('connection_security_policy!="mutual_tls"')}[5m])) > 0`,
    for: Duration.minutes(2),
    severity: 'critical',
    summary: 'Requests without mutual TLS reach {{ $labels.destination_service_name }}',
    description: 'Workload {{ $labels.source_workload }} of namespace {{ $labels.source_workload_namespace }} calls '
      + '{{ $labels.destination_service_name }} of namespace {{ $labels.destination_service_namespace }} without mutual TLS.',
  },
  {
    alert: 'SPIFFEUnauthorizedAccess',
    expr: `sum by (source_principal, destination_principal, ${SERVICE}) (rate(${requests('response_code="403"')}[5m])) > 0.1`,
    for: Duration.minutes(5),
    severity: 'warning',
    summary: '{{ $labels.source_principal }} is denied by {{ $labels.destination_service_name }}',
    description: '{{ $labels.source_principal }} gets {{ $value | humanize }} denials a second from {{ $labels.destination_principal }}.',
  },
  {
    alert: 'SPIFFEIdentityHighErrorRate',
    // a share of very few requests says nothing
    expr: `spiffe:error_rate_5m > 0.05 and on (${EDGE}) spiffe:request_rate_5m > 0.1`,
    for: Duration.minutes(5),
    severity: 'warning',
    summary: 'Calls of {{ $labels.source_principal }} to {{ $labels.destination_service_name }} fail',
    description: '{{ $value | humanizePercentage }} of the calls of {{ $labels.source_principal }} to {{ $labels.destination_principal }} fail.',
  },
  {
    alert: 'SPIFFEIdentityHighLatency',
    expr: `spiffe:request_duration_p99_5m > 1000 and on (${EDGE}) spiffe:request_rate_5m > 0.1`,
    for: Duration.minutes(5),
    severity: 'warning',
    summary: 'Calls of {{ $labels.source_principal }} to {{ $labels.destination_service_name }} are slow',
    description: 'One in a hundred calls of {{ $labels.source_principal }} to {{ $labels.destination_principal }} takes over {{ $value | humanize }} ms.',
  },
];

/**
 * Recording rules and alerts over the identities in a mesh.
 */
export const MESH_RULES: RuleGroup[] = [
  { name: 'spiffe.identity.records', rules: RECORDS },
  { name: 'spiffe.identity.alerts', rules: ALERTS },
];

function requests(matcher: string): string {
  return `istio_requests_total{reporter="destination",${matcher}}`;
}

/**
 * Which share of all series a part of them is. Where there is no such part the share is 0: without it the worst value would be none.
 */
function share(by: string, part: string, all: string): string {
  const rate = (series: string) => `sum by (${by}) (rate(${series}[5m]))`;
  return `(${rate(part)} or ${rate(all)} * 0) / ${rate(all)}`;
}
