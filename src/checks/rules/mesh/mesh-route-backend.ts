import { backendsOf, gatewayRoutes } from '../../../model/kubernetes/gateway-api';
import { asObjects, asText } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshRouteBackend: Rule = {
  id: 'MESH-ROUTE-BACKEND',
  level: Level.ERROR,
  title: 'a route of the Gateway API leads to a port that the Service does not have',
  why: 'the reference is not resolved: every request ends in 500, every connection is closed',
  fix: 'write a port of the Service, not its targetPort',
  source: 'Gateway API BackendObjectReference',
  check: (system, report) => {
    for (const route of gatewayRoutes(system)) {
      for (const { path, namespace, name, port } of backendsOf(route)) {
        const service = port === undefined ? undefined : system.find('Service', namespace, name);
        const ports = asObjects(service?.spec.ports).map(one => one.port);
        if (ports.length > 0 && !ports.includes(port)) report.at(route, [...path, 'port'], `Service ${name} has no port ${String(port)}, it has ${ports.map(asText).join(', ')}`);
      }
    }
  },
};
