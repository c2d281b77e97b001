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
  source: 'envoy http_filters; ext_authz documentation; istio pilot/pkg/networking/core/envoyfilter/listener_patch.go',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const { path, value } of typed(rootOf(envoy), 'HttpConnectionManager')) {
        const filters = asObjects(value.http_filters);
        const router = filters.findIndex(filter => asText(asObject(filter.typed_config)['@type']).endsWith('filters.http.router.v3.Router'));
        if (router >= 0 && router < filters.length - 1) report.at(envoy, [...path, 'http_filters', router + 1], `filter ${asText(filters[router + 1].name)} stands behind the router`);
      }
    }
    for (const filter of system.all('EnvoyFilter').filter(({ group }) => group === 'networking.istio.io')) {
      asObjects(filter.spec.configPatches).forEach((patch, i) => {
        const chain = asObject(asObject(asObject(asObject(patch.match).listener).filterChain).filter);
        const isBehind = patch.applyTo === 'HTTP_FILTER' && asText(asObject(patch.patch).operation) === 'INSERT_AFTER' && asText(asObject(chain.subFilter).name) === ROUTER;
        if (isBehind) report.at(filter, ['spec', 'configPatches', i, 'patch', 'operation'], `filter ${asText(asObject(asObject(patch.patch).value).name)} is put behind the router`, 'use INSERT_BEFORE');
      });
    }
  },
};

const ROUTER = 'envoy.filters.http.router';
