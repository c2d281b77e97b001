import { Json, asList, asObject, asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { shadowedRoutes } from '../../refusals/traffic/shadowed-routes';
import { Rule } from '../../rule';
import { isVariable } from '../../schemas/notation';

export const meshRouteShadowed: Rule = {
  id: 'MESH-ROUTE-SHADOWED',
  level: Level.WARNING,
  title: 'a route is never reached',
  why: 'routes are tried in order, and one before it takes every request',
  fix: 'put the route without match last',
  source: 'istio VirtualService; istioctl analyze IST0130',
  check: (system, report) => {
    for (const service of system.all('VirtualService').filter(({ group }) => group === 'networking.istio.io')) {
      for (const kind of ['http', 'tls', 'tcp']) {
        const routes = asObjects(service.spec[kind]);
        const all = routes.findIndex((route, i) => takesAll(route) && !route.delegate && !isVariable(service.spec[kind][i]));
        // without conditions of its own, what stands behind may be a default that is kept for later
        const behind = all < 0 ? -1 : routes.findIndex((route, i) => i > all && asList(route.match).length > 0);
        if (behind >= 0) report.at(service, ['spec', kind, behind], `route ${all + 1} takes every request before route ${behind + 1} is looked at`);
        for (const { at, by } of shadowedRoutes(all < 0 ? routes : routes.slice(0, all))) {
          report.at(service, ['spec', kind, at], `route ${by + 1} takes every request that route ${at + 1} is for`, 'put the narrower route first');
        }
      }
    }
  },
};

/** Whether a route has no condition, or one that everything fulfils. */
function takesAll(route: Json): boolean {
  const matches = asList(route.match).map(asObject);
  if (isVariable(route.match) || asList(route.match).some(isVariable)) return false;
  return matches.length === 0 || matches.some(match => Object.keys(match).every(key => key === 'name' || key === 'uri' && isEverything(match.uri)));
}

function isEverything(uri: Json): boolean {
  return asText(asObject(uri).prefix) === '/';
}
