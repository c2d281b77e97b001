/**
 * What the proxies of a mesh write for each request.
 */
export interface AccessLogOptions {
  /**
   * Fields of the JSON line by name, each with Envoy's command operators, such as `%RESPONSE_CODE%`.
   *
   * @default - request, response, timing, the SPIFFE IDs at both ends of both connections, and what audit and dry-run policies found
   */
  readonly fields?: { [name: string]: string };
}

/**
 * The name of the access log's extension provider.
 */
export const ACCESS_LOG_PROVIDER = 'access-log';

const DEFAULT_FIELDS = {
  start_time: '%START_TIME%',
  method: '%REQ(:METHOD)%',
  authority: '%REQ(:AUTHORITY)%',
  // query strings hold tokens and names of people
  path: '%REQ_WITHOUT_QUERY(X-ENVOY-ORIGINAL-PATH?:PATH)%',
  protocol: '%PROTOCOL%',
  response_code: '%RESPONSE_CODE%',
  response_code_details: '%RESPONSE_CODE_DETAILS%',
  response_flags: '%RESPONSE_FLAGS%',
  duration: '%DURATION%',
  bytes_received: '%BYTES_RECEIVED%',
  bytes_sent: '%BYTES_SENT%',
  request_id: '%REQ(X-REQUEST-ID)%',
  traceparent: '%REQ(TRACEPARENT)%',
  route_name: '%ROUTE_NAME%',
  upstream_cluster: '%UPSTREAM_CLUSTER_RAW%',
  upstream_host: '%UPSTREAM_HOST%',
  upstream_transport_failure_reason: '%UPSTREAM_TRANSPORT_FAILURE_REASON%',
  connection_termination_details: '%CONNECTION_TERMINATION_DETAILS%',
  requested_server_name: '%REQUESTED_SERVER_NAME%',
  tls_version: '%DOWNSTREAM_TLS_VERSION%',
  downstream_peer_uri_san: '%DOWNSTREAM_PEER_URI_SAN%',
  downstream_local_uri_san: '%DOWNSTREAM_LOCAL_URI_SAN%',
  upstream_peer_uri_san: '%UPSTREAM_PEER_URI_SAN%',
  upstream_local_uri_san: '%UPSTREAM_LOCAL_URI_SAN%',
  // what policies with action AUDIT matched, and what those with dry-run would have done; null without such policies
  audit: '%DYNAMIC_METADATA(envoy.common:access_log_hint)%',
  dry_run_allow: '%DYNAMIC_METADATA(envoy.filters.http.rbac:istio_dry_run_allow_shadow_engine_result)%',
  dry_run_deny: '%DYNAMIC_METADATA(envoy.filters.http.rbac:istio_dry_run_deny_shadow_engine_result)%',
};

// written in guides, unknown to Envoy: a proxy with one of them refuses its configuration
const NO_OPERATORS: { [operator: string]: string } = {
  SOURCE_PRINCIPAL: 'DOWNSTREAM_PEER_URI_SAN',
  DESTINATION_PRINCIPAL: 'DOWNSTREAM_LOCAL_URI_SAN',
  SOURCE_APP: 'DOWNSTREAM_PEER_URI_SAN',
  DESTINATION_SERVICE_NAME: 'UPSTREAM_CLUSTER_RAW',
  SOURCE_VERSION: 'DOWNSTREAM_PEER_URI_SAN',
  DESTINATION_VERSION: 'UPSTREAM_HOST',
  CONNECTION_MTLS: 'DOWNSTREAM_TLS_VERSION',
  DOWNSTREAM_TLS_SUBJECT: 'DOWNSTREAM_PEER_SUBJECT',
};

/**
 * The extension provider that writes the access log: one JSON line for each request, to the proxy's standard output.
 */
export function accessLogProvider(options: AccessLogOptions): any {
  const fields = options.fields ?? DEFAULT_FIELDS;
  if (Object.keys(fields).length === 0) {
    throw new Error('access log has no fields: name at least one, or leave fields out for the default ones');
  }
  for (const [name, format] of Object.entries(fields)) {
    requireOperators(`access log field '${name}'`, format);
  }
  return { name: ACCESS_LOG_PROVIDER, envoyFileAccessLog: { path: '/dev/stdout', logFormat: { labels: fields } } };
}

/**
 * Refuses a format that Envoy refuses.
 */
export function requireOperators(where: string, format: string): void {
  const rest = format.replace(/%%/g, '').replace(/%[A-Z][A-Z0-9_]*(\([^)]*\))?(:\d+)?%/g, (operator) => {
    const name = operator.slice(1).split(/[%(:]/)[0];
    if (NO_OPERATORS[name]) {
      throw new Error(`${where} has '%${name}%', which is no command operator of Envoy: use '%${NO_OPERATORS[name]}%'`);
    }
    return '';
  });
  if (rest.includes('%')) {
    throw new Error(`${where} has the format '${format}', which Envoy cannot read: write operators as '%NAME%' or '%NAME(ARGUMENT)%', `
      + "and a percent sign as '%%'");
  }
}
