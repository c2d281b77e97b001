import { isFilledIn } from '../../../model/filled-in';
import { Manifest, asObjects, asText, asTexts } from '../../../model/manifest';
import { gatewayReferences } from '../../../model/mesh/gateway-references';
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
  const hosts = asTexts(service.spec.hosts);
  const listed = asObjects(gateway.spec.servers).flatMap(server => asTexts(server.hosts));
  if (listed.length === 0 || [...hosts, ...listed].some(isFilledIn)) return true;
  return listed.some(entry => {
    const [host, namespace = '*'] = entry.split('/').reverse();
    const isSeen = namespace === '*' || namespace === service.namespace || namespace === '.' && gateway.namespace === service.namespace;
    return isSeen && hosts.some(wanted => overlap(host.toLowerCase(), asText(wanted).toLowerCase()));
  });
}

/** Hosts may have a star as their first label on both sides. */
function overlap(a: string, b: string): boolean {
  if (a === '*' || b === '*' || a === b) return true;
  const covers = (wide: string, narrow: string): boolean => wide.startsWith('*.') && narrow.endsWith(wide.slice(1));
  return covers(a, b) || covers(b, a);
}
