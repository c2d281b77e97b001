
const HCM = 'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';
const ROUTER = 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router';
const STDOUT = 'type.googleapis.com/envoy.extensions.access_loggers.stream.v3.StdoutAccessLog';

const LOG_FIELDS = {
  start_time: '%START_TIME%',
  listener: '%ROUTE_NAME%',
  method: '%REQ(:METHOD)%',
  authority: '%REQ(:AUTHORITY)%',
  // query strings hold tokens and names of people
  path: '%PATH(NQ)%',
  response_code: '%RESPONSE_CODE%',
  response_code_details: '%RESPONSE_CODE_DETAILS%',
  response_flags: '%RESPONSE_FLAGS%',
  duration: '%DURATION%',
  request_id: '%REQ(X-REQUEST-ID)%',
  downstream_peer_uri_san: '%DOWNSTREAM_PEER_URI_SAN%',
  downstream_local_uri_san: '%DOWNSTREAM_LOCAL_URI_SAN%',
  upstream_peer_uri_san: '%UPSTREAM_PEER_URI_SAN%',
  upstream_transport_failure_reason: '%UPSTREAM_TRANSPORT_FAILURE_REASON%',
};

/**
 * What a listener is made of.
 */
export interface ListenerParts {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly routes: any[];
  readonly httpFilters?: any[];
  readonly transportSocket?: any;
  readonly manager?: any;
  readonly logged: boolean;
}

/**
 * A listener for HTTP. Paths are normalized before any filter sees them, so that policies and applications mean the same path.
 */
export function httpListener({ name, address, port, routes, httpFilters = [], transportSocket, manager, logged }: ListenerParts): any {
  return {
    name,
    address: { socket_address: { address, port_value: port } },
    filter_chains: [{
      ...(transportSocket ? { transport_socket: transportSocket } : {}),
      filters: [{
        name: 'envoy.filters.network.http_connection_manager',
        typed_config: {
          '@type': `type.googleapis.com/${HCM}`,
          'stat_prefix': name,
          'normalize_path': true,
          'merge_slashes': true,
          ...manager,
          ...(logged ? { access_log: [accessLog()] } : {}),
          'route_config': { name, virtual_hosts: [{ name, domains: ['*'], routes }] },
          'http_filters': [...httpFilters, { name: 'envoy.filters.http.router', typed_config: { '@type': ROUTER } }],
        },
      }],
    }],
  };
}

/**
 * Everything to one cluster, for as long as it takes: streams are ended by those who opened them.
 */
export function routeTo(name: string, cluster: string): any {
  return { name, match: { prefix: '/' }, route: { cluster, timeout: '0s' } };
}

function accessLog(): any {
  return { name: 'envoy.access_loggers.stdout', typed_config: { '@type': STDOUT, 'log_format': { json_format: LOG_FIELDS } } };
}
