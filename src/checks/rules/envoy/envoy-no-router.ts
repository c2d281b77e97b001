import { rootOf, typed } from '../../../model/envoy';
import { asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyNoRouter: Rule = {
  id: 'ENVOY-NO-ROUTER',
  level: Level.ERROR,
  title: 'the HTTP filters of Envoy do not end with the router',
  why: 'Envoy refuses a filter chain whose last filter does not end it',
  fix: 'put envoy.filters.http.router with its typed_config last',
  source: 'envoy: http_filters of HttpConnectionManager',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const { path, value } of typed(rootOf(envoy), 'http_connection_manager.v3.HttpConnectionManager')) {
        const filters = asObjects(value.http_filters);
        const last = filters[filters.length - 1];
        // of these it is known that another filter has to follow
        const type = asText(asObject(last?.typed_config)['@type']);
        if (last && PASSING.test(type)) report.at(envoy, [...path, 'http_filters', filters.length - 1], `the last filter is ${type.replace(/^.*\./, '')}`);
      }
    }
  },
};

const PASSING = /\.(ExtAuthz|RBAC|JwtAuthentication|LocalRateLimit|RateLimit|Cors|Lua|HTTPFault|HealthCheck|Compressor|Csrf)$/;
