import { Json, asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { gatewayReferences } from '../../../model/mesh/gateway-references';
import { RouteKind, gatewaysOf } from '../../../model/mesh/routes';
import { servesHosts } from '../../../model/mesh/served-hosts';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshRouteKind: Rule = {
  id: 'MESH-ROUTE-KIND',
  level: Level.ERROR,
  title: 'a VirtualService has no route of the kind that its Gateway takes',
  why: 'a server that speaks HTTP, or ends the TLS of HTTPS, takes http routes; TLS that passes through takes tls routes, and what else is opened takes tcp routes',
  fix: 'write the routes below the key that the server takes, or change protocol or tls.mode of the server',
  source: 'istio pilot/pkg/networking/core/gateway.go, buildGatewayTCPBasedFilterChains',
  check: (system, report) => {
    for (const { service, path, reference, gateway, namesakes } of gatewayReferences(system)) {
      // of several variants of a Gateway one is applied
      if (!gateway || namesakes.filter(({ namespace }) => namespace === gateway.namespace).length > 1) continue;
      const servers = asObjects(gateway.spec.servers).filter(server => servesHosts(gateway, server, service));
      // what is redirected comes again to another server
      const taken = servers.filter(({ tls }) => asObject(tls).httpsRedirect !== true).map(kindOf);
      const [name] = gatewaysOf(service, [reference]);
      const given = (['http', 'tls', 'tcp'] as const).filter(kind => asObjects(service.spec[kind]).some(route => isFor(route, name, gateways => gatewaysOf(service, gateways))));
      if (taken.length === 0 || given.length === 0 || taken.some(kind => kind === undefined || given.includes(kind))) continue;
      report.at(service, path, `Gateway ${reference} takes ${[...new Set(taken)].join(' and ')} routes for these hosts, and there are only ${given.join(' and ')} routes`);
    }
  },
};

function isFor({ match }: Json, gateway: string, full: (gateways: unknown) => string[]): boolean {
  const matches = asObjects(match);
  return matches.length === 0 || matches.some(one => asTexts(one.gateways).length === 0 || full(one.gateways).includes(gateway));
}

/** The kind of routes that a server takes; undefined where it takes none, or that is not known. */
function kindOf(server: Json): RouteKind | undefined {
  const protocol = asText(asObject(server.port).protocol).toUpperCase();
  const mode = asText(asObject(server.tls).mode) || 'PASSTHROUGH';
  if (['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB'].includes(protocol)) return 'http';
  if (mode === 'AUTO_PASSTHROUGH') return undefined;
  if (['HTTPS', 'TLS'].includes(protocol) && mode === 'PASSTHROUGH') return 'tls';
  return protocol === 'HTTPS' ? 'http' : ['TCP', 'TLS', 'MONGO', 'MYSQL', 'REDIS'].includes(protocol) ? 'tcp' : undefined;
}
