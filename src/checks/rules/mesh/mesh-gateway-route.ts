import { isFilledIn } from '../../../model/filled-in';
import { Manifest, asObjects, asTexts } from '../../../model/manifest';
import { gatewayReferences } from '../../../model/mesh/gateway-references';
import { servesHosts } from '../../../model/mesh/served-hosts';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshGatewayRoute: Rule = {
  id: 'MESH-GATEWAY-ROUTE',
  level: Level.ERROR,
  title: 'a VirtualService is bound to a Gateway that does not serve it',
  why: 'its routes are in no gateway: requests end in 404, or are reset',
  fix: 'have a server of the Gateway list the host, for the namespace of the VirtualService',
  source: 'istio VirtualService gateways; pilot/pkg/model/gateway.go',
  check: (system, report) => {
    for (const { service, path, reference, gateway } of gatewayReferences(system)) {
      if (gateway && !serves(gateway, service)) report.at(service, path, `Gateway ${reference} has no server for ${asTexts(service.spec.hosts).join(', ')}`);
    }
  },
};

/** Whether a server of a gateway lists one of the hosts, for the namespace of the routes. */
function serves(gateway: Manifest, service: Manifest): boolean {
  const servers = asObjects(gateway.spec.servers);
  const listed = servers.flatMap(server => asTexts(server.hosts));
  if (listed.length === 0 || [...asTexts(service.spec.hosts), ...listed].some(isFilledIn)) return true;
  return servers.some(server => servesHosts(gateway, server, service));
}
