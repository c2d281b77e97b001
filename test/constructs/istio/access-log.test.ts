import { accessLogProvider, requireOperators } from '../../../src/constructs/istio/access-log';

const labels = (provider: any) => provider.envoyFileAccessLog.logFormat.labels;

test('the default fields carry both identities and no query string', () => {
  const fields = labels(accessLogProvider({}));
  expect(fields).toMatchObject({
    downstream_peer_uri_san: '%DOWNSTREAM_PEER_URI_SAN%',
    upstream_peer_uri_san: '%UPSTREAM_PEER_URI_SAN%',
    path: '%REQ_WITHOUT_QUERY(X-ENVOY-ORIGINAL-PATH?:PATH)%',
  });
});

test('what audit and dry-run policies found is in the default fields', () => {
  expect(labels(accessLogProvider({}))).toMatchObject({
    audit: '%DYNAMIC_METADATA(envoy.common:access_log_hint)%',
    dry_run_allow: '%DYNAMIC_METADATA(envoy.filters.http.rbac:istio_dry_run_allow_shadow_engine_result)%',
    dry_run_deny: '%DYNAMIC_METADATA(envoy.filters.http.rbac:istio_dry_run_deny_shadow_engine_result)%',
  });
});

test('fields of users replace the default ones', () => {
  expect(accessLogProvider({ fields: { code: '%RESPONSE_CODE%' } }))
    .toEqual({ name: 'access-log', envoyFileAccessLog: { path: '/dev/stdout', logFormat: { labels: { code: '%RESPONSE_CODE%' } } } });
});

test.each(['plain', '100%%', '%REQ(:PATH):20%', '%START_TIME(%Y/%m/%d)%', 'a %RESPONSE_CODE% b %DURATION%', '%DYNAMIC_METADATA(a:b:c)%'])('takes %s', (format) => {
  expect(() => requireOperators('field', format)).not.toThrow();
});

test.each([
  ['SOURCE_PRINCIPAL', 'DOWNSTREAM_PEER_URI_SAN'],
  ['DESTINATION_PRINCIPAL', 'DOWNSTREAM_LOCAL_URI_SAN'],
  ['SOURCE_APP', 'DOWNSTREAM_PEER_URI_SAN'],
  ['DESTINATION_SERVICE_NAME', 'UPSTREAM_CLUSTER_RAW'],
  ['SOURCE_VERSION', 'DOWNSTREAM_PEER_URI_SAN'],
  ['DESTINATION_VERSION', 'UPSTREAM_HOST'],
  ['CONNECTION_MTLS', 'DOWNSTREAM_TLS_VERSION'],
  ['DOWNSTREAM_TLS_SUBJECT', 'DOWNSTREAM_PEER_SUBJECT'],
])('fails for %s, which Envoy does not have', (operator, instead) => {
  expect(() => accessLogProvider({ fields: { x: `%${operator}%` } }))
    .toThrow(`access log field 'x' has '%${operator}%', which is no command operator of Envoy: use '%${instead}%'`);
});

test.each(['%response_code%', '%RESPONSE_CODE', '50%', '%{SOURCE_PRINCIPAL}', '%REQ(:PATH%'])('fails for %s, which Envoy cannot read', (format) => {
  expect(() => requireOperators('field', format)).toThrow(`field has the format '${format}', which Envoy cannot read`);
});

test('fails for no fields', () => {
  expect(() => accessLogProvider({ fields: {} })).toThrow('access log has no fields');
});
