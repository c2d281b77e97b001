import { under } from '../../../model/envoy';
import { Json, asObject, asObjects } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const envoyRouteShadowed: Rule = {
  id: 'ENVOY-ROUTE-SHADOWED',
  level: Level.WARNING,
  title: 'a route of Envoy is never reached',
  why: 'routes are tried in order, and one before it takes every request',
  fix: 'put the route with prefix / last',
  source: 'envoy config/route/v3/route_components.proto, VirtualHost.routes',
  check: (system, report) => {
    for (const envoy of system.envoys) {
      for (const { path, value } of under(envoy, 'virtual_hosts')) {
        const routes = asObjects(asObject(value).routes);
        const first = routes.findIndex(takesAll);
        // CONNECT has no path
        const late = first < 0 ? -1 : routes.findIndex(({ match }, i) => i > first && asObject(match).connect_matcher === undefined);
        if (late >= 0) report.at(envoy, [...path, 'routes', late], `route ${first + 1} of the same virtual host takes every request before it`);
      }
    }
  },
};

/** Whether a route takes every request, whatever else is in its match. */
function takesAll({ match }: Json): boolean {
  const { prefix, case_sensitive: _, ...others } = asObject(match);
  return prefix === '/' && Object.keys(others).length === 0;
}
