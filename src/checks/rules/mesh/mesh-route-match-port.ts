import { asObject, asObjects, asTexts } from '../../../model/manifest';
import { portsOf } from '../../../model/mesh/host-ports';
import { Route, gatewaysNamed, gatewaysOf, routesOf } from '../../../model/mesh/routes';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshRouteMatchPort: Rule = {
  id: 'MESH-ROUTE-MATCH-PORT',
  level: Level.ERROR,
  title: 'a route is for requests to a port that its gateways do not have',
  why: 'the port of a match is that of a server of the Gateway, or of the called host in the mesh: the match never applies',
  fix: 'write the port of the server, or of the Service or ServiceEntry that is called',
  source: 'istio VirtualService: HTTPMatchRequest.port, L4MatchAttributes.port; pilot/pkg/networking/core/route/route.go, TranslateRoute',
  check: (system, report) => {
    for (const route of routesOf(system)) {
      asObjects(route.value.match).forEach((match, i) => {
        const ports = typeof match.port === 'number' ? portsFor(system, route, match.gateways ?? route.service.spec.gateways) : undefined;
        if (!ports || ports.includes(match.port)) return;
        report.at(route.service, [...route.path, 'match', i, 'port'], `nobody calls these hosts at port ${match.port}; there is ${[...new Set(ports)].join(', ')}`);
      });
    }
  },
};

/** The ports at which a route can be called; undefined where the input does not show all of them. */
function portsFor(system: System, { service }: Route, gateways: unknown): number[] | undefined {
  const hosts = asTexts(service.spec.hosts);
  const found = gatewaysOf(service, gateways).flatMap((name): (number | undefined)[] => name === 'mesh'
    ? hosts.flatMap(host => portsOf(system, host, service.namespace) ?? [undefined])
    : serverPorts(system, name));
  return hosts.length === 0 || found.some(port => port === undefined || Number.isNaN(port)) ? undefined : found as number[];
}

function serverPorts(system: System, name: string): (number | undefined)[] {
  const gateways = gatewaysNamed(system, name);
  const servers = gateways.flatMap(({ spec }) => asObjects(spec.servers));
  return gateways.length === 0 ? [undefined] : servers.map(({ port }) => Number(asObject(port).number));
}
