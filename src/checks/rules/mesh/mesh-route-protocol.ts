import { asObjects, asText, asTexts } from '../../../model/manifest';
import { entriesOf } from '../../../model/mesh/host-ports';
import { Route, gatewaysOf, routesOf } from '../../../model/mesh/routes';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshRouteProtocol: Rule = {
  id: 'MESH-ROUTE-PROTOCOL',
  level: Level.ERROR,
  title: 'a route of the mesh is for a protocol that the ServiceEntry of its host does not have',
  why: 'tls routes are for ports of protocol TLS or HTTPS, http routes for ports of HTTP, HTTP2 and GRPC: proxies pass over the route, and calls take another way',
  fix: 'correct the protocol of the port, or write the route below the key of the protocol',
  source: 'istio pilot/pkg/networking/core/tls.go, buildSidecarOutboundTLSFilterChainOpts; VirtualService: http, tls, tcp',
  check: (system, report) => {
    for (const route of routesOf(system).filter(({ kind }) => kind !== 'tcp')) {
      const matches = asObjects(route.value.match);
      const isOfMesh = gatewaysOf(route.service, route.service.spec.gateways).includes('mesh');
      matches.forEach((match, i) => {
        const isMeant = isOfMesh && (asTexts(match.gateways).length === 0 || asTexts(match.gateways).includes('mesh'));
        const given = isMeant ? protocolsOf(system, route, match.port) : undefined;
        if (!given || given.some(protocol => TAKEN[route.kind].test(protocol))) return;
        report.at(route.service, [...route.path, 'match', i], `${route.kind} routes are not for the protocol ${[...new Set(given)].join(', ')} of ${asTexts(route.service.spec.hosts).join(', ')}`);
      });
    }
  },
};

const TAKEN: Record<Route['kind'], RegExp> = { http: /^(HTTP|HTTP2|HTTP_PROXY|GRPC|GRPC-WEB)$/i, tls: /^(TLS|HTTPS)$/i, tcp: /./ };

/** The protocols of the ports of all hosts of a route; undefined where they are not all of ServiceEntries here. */
function protocolsOf(system: System, { service }: Route, port: unknown): string[] | undefined {
  const hosts = asTexts(service.spec.hosts).map(host => entriesOf(system, host));
  const ports = hosts.flat().flatMap(({ spec }) => asObjects(spec.ports)).filter(one => port === undefined || one.number === port);
  const isWhole = hosts.length > 0 && hosts.every(entries => entries.length > 0) && ports.length > 0;
  return isWhole && ports.every(({ protocol }) => asText(protocol) !== '') ? ports.map(({ protocol }) => asText(protocol)) : undefined;
}
