import { Json, asList, asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshRouteShadowed: Rule = {
  id: 'MESH-ROUTE-SHADOWED',
  level: Level.WARNING,
  title: 'a route is never reached',
  why: 'routes are tried in order, and one before it takes every request',
  fix: 'put the route without match last',
  source: 'istio VirtualService; istioctl analyze IST0130',
  check: (system, report) => {
    for (const service of system.all('VirtualService')) {
      const routes = asObjects(service.spec.http);
      const all = routes.findIndex(takesAll);
      // without conditions of its own, what stands behind may be a default that is kept for later
      const behind = all < 0 ? -1 : routes.findIndex((route, i) => i > all && asList(route.match).length > 0);
      if (behind >= 0) report.at(service, ['spec', 'http', behind], `route ${all + 1} takes every request before route ${behind + 1} is looked at`);
    }
  },
};

/** Whether a route has no condition, or one that everything fulfils. */
function takesAll(route: Json): boolean {
  const matches = asList(route.match).map(asObject);
  return matches.length === 0 || matches.some(match => Object.keys(match).every(key => key === 'name' || key === 'uri' && isEverything(match.uri)));
}

function isEverything(uri: Json): boolean {
  return asText(asObject(uri).prefix) === '/';
}
