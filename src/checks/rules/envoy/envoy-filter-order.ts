import { rootOf, typed } from '../../../model/envoy';
import { asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyFilterOrder: Rule = {
  id: 'ENVOY-FILTER-ORDER',
  level: Level.ERROR,
  title: 'a filter stands behind the router',
  why: 'the router answers and must be the last: Envoy refuses the listener, so nothing is authorized and nothing is served',
  fix: 'put envoy.filters.http.router last',
  source: 'envoy http_filters; ext_authz documentation',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const { path, value } of typed(rootOf(envoy), 'HttpConnectionManager')) {
        const filters = asObjects(value.http_filters);
        const router = filters.findIndex(filter => asText(asObject(filter.typed_config)['@type']).endsWith('filters.http.router.v3.Router'));
        if (router >= 0 && router < filters.length - 1) report.at(envoy, [...path, 'http_filters', router + 1], `filter ${asText(filters[router + 1].name)} stands behind the router`);
      }
    }
  },
};
