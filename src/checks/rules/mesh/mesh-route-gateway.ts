import { isFilledIn } from '../../../model/filled-in';
import { asObjects, asTexts } from '../../../model/manifest';
import { gatewaysOf, routesOf } from '../../../model/mesh/routes';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshRouteGateway: Rule = {
  id: 'MESH-ROUTE-GATEWAY',
  level: Level.ERROR,
  title: 'a route is for a gateway that its VirtualService is not bound to',
  why: 'a VirtualService is in the gateways of spec.gateways only, which is the mesh where none are named: the match never applies',
  fix: 'name the gateway in spec.gateways, too, or correct the name in the match',
  source: 'istio VirtualService: gateways; pilot/pkg/model/push_context.go, initVirtualServices',
  check: (system, report) => {
    // a VirtualService without hosts is a part of others, and in their gateways
    for (const { service, path, value } of routesOf(system).filter(one => asTexts(one.service.spec.hosts).length > 0)) {
      const bound = gatewaysOf(service, service.spec.gateways);
      asObjects(value.match).forEach((match, i) => {
        const named = asTexts(match.gateways);
        const isBound = gatewaysOf(service, named).some(gateway => bound.includes(gateway));
        if (named.length === 0 || isBound || [...bound, ...named].some(isFilledIn)) return;
        report.at(service, [...path, 'match', i, 'gateways'], `the match is for ${named.join(', ')}, the VirtualService for ${bound.join(', ')}`);
      });
    }
  },
};
