import { asObjects } from '../../../model/manifest';
import { routesOf } from '../../../model/mesh/routes';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshRouteWeight: Rule = {
  id: 'MESH-ROUTE-WEIGHT',
  level: Level.ERROR,
  title: 'no destination of a route has a weight',
  why: 'where there are several, one without a weight gets nothing: istiod refuses the VirtualService, "total destination weight = 0"',
  fix: 'give at least one destination a weight',
  source: 'istio pkg/config/validation/validation.go, validateHTTPRouteDestinations',
  check: (system, report) => {
    for (const { service, path, value } of routesOf(system)) {
      const destinations = asObjects(value.route);
      const isEmpty = destinations.every(({ weight }) => weight === undefined || weight === null || weight === 0);
      if (destinations.length > 1 && isEmpty) report.at(service, [...path, 'route'], `none of ${destinations.length} destinations has a weight`);
    }
  },
};
