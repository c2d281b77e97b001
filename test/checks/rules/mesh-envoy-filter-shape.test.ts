import { found } from '../cases';

const FILTER = (...patches: string[]): string => `apiVersion: networking.istio.io/v1alpha3\nkind: EnvoyFilter\nmetadata: {name: a, namespace: shop}\nspec: {configPatches: [${patches.map(patch => `{${patch}}`).join(', ')}]}\n`;
const REMOVE = 'patch: {operation: REMOVE}';
const MATCH = (applyTo: string, match: string): string => FILTER(`applyTo: ${applyTo}, match: {${match}}, ${REMOVE}`);
const IN_CHAIN = (applyTo: string, filter: string): string => MATCH(applyTo, `listener: {filterChain: {filter: {${filter}}}}`);

test.each([
  [FILTER(REMOVE), 'applyTo is not set'],
  [FILTER(`applyTo: INVALID, ${REMOVE}`), 'applyTo is not set'],
  [FILTER('applyTo: CLUSTER'), 'there is no patch'],
  [FILTER('applyTo: CLUSTER, patch: {value: {name: a}}'), 'the patch has no operation'],
  [FILTER('applyTo: CLUSTER, patch: {operation: MERGE}'), 'operation MERGE needs a value'],
  [MATCH('CLUSTER', 'proxy: {proxyVersion: "^1.(?=3)"}'), 'is no regular expression of RE2'],
  [MATCH('CLUSTER', 'listener: {portNumber: 80}'), 'applyTo CLUSTER takes a match of cluster only'],
  [MATCH('HTTP_FILTER', 'cluster: {name: a}'), 'applyTo HTTP_FILTER takes a match of listener only'],
  [MATCH('HTTP_ROUTE', 'listener: {portNumber: 80}'), 'applyTo HTTP_ROUTE takes a match of routeConfiguration only'],
  [MATCH('HTTP_FILTER', 'context: WAYPOINT'), 'context WAYPOINT needs a match of waypoint'],
  [MATCH('HTTP_FILTER', 'context: GATEWAY, waypoint: {portNumber: 80}'), 'a match of waypoint is for context WAYPOINT only'],
  [MATCH('HTTP_FILTER', 'context: WAYPOINT, waypoint: {portNumber: 0}'), 'port 0 is not from 1 to 65535'],
  [MATCH('CLUSTER', 'cluster: {portNumber: -1}'), '-1 is not taken: a port is wanted'],
  [IN_CHAIN('NETWORK_FILTER', 'subFilter: {name: a}'), 'the filter of the match has no name'],
  [IN_CHAIN('NETWORK_FILTER', 'name: envoy.filters.network.http_connection_manager, subFilter: {name: a}'), 'subFilter is for applyTo HTTP_FILTER, not for NETWORK_FILTER'],
  [IN_CHAIN('HTTP_FILTER', 'name: envoy.filters.network.tcp_proxy, subFilter: {name: a}'), 'not in "envoy.filters.network.tcp_proxy"'],
  [IN_CHAIN('HTTP_FILTER', 'name: envoy.filters.network.http_connection_manager, subFilter: {}'), 'the subFilter of the match has no name'],
])('fails: %s', (text, message) => {
  expect(found('MESH-ENVOY-FILTER-SHAPE', text)).toEqual([expect.stringContaining(message)]);
});

test.each([
  MATCH('CLUSTER', 'proxy: {proxyVersion: "^1\\\\.3.*"}'),
  MATCH('CLUSTER', 'context: GATEWAY, cluster: {name: a, portNumber: 80}'),
  MATCH('HTTP_FILTER', 'context: WAYPOINT, waypoint: {portNumber: 80}'),
  MATCH('LISTENER_FILTER', 'listener: {portNumber: 80}'),
  IN_CHAIN('HTTP_FILTER', 'name: envoy.filters.network.http_connection_manager, subFilter: {name: envoy.filters.http.router}'),
  FILTER('applyTo: BOOTSTRAP, patch: {operation: MERGE, value: {stats_flush_interval: 5s}}'),
  FILTER('applyTo: "{{ .applyTo }}", patch: {operation: "{{ .operation }}", value: {name: a}}'),
])('takes %s', text => {
  expect(found('MESH-ENVOY-FILTER-SHAPE', text)).toEqual([]);
});

test.each([
  ['{}', 'typed_config has no @type'],
  ['{default_source_code: {inline_string: a}}', 'typed_config has no @type'],
  ['{"@type": "https://a"}', '@type is "https://a": type.googleapis.com/ and the name of a message is wanted'],
  ['{"@type": "type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua/"}', 'and the name of a message is wanted'],
])('fails as nothing says what the configuration of a filter is: %s', (config, message) => {
  const text = FILTER(`applyTo: HTTP_FILTER, patch: {operation: ADD, value: {name: a, typed_config: ${config}}}`);
  expect(found('ENVOY-SCHEMA', text)).toEqual([expect.stringContaining(message)]);
});
