import { gatewayReferences } from '../../../model/mesh/gateway-references';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshGatewayElsewhere: Rule = {
  id: 'MESH-GATEWAY-ELSEWHERE',
  level: Level.WARNING,
  title: 'a VirtualService names a Gateway of another namespace without the namespace',
  why: 'a name alone is looked for in the namespace of the VirtualService: its routes are in no gateway',
  fix: 'write <namespace>/<name> of the Gateway',
  source: 'istio VirtualService gateways',
  check: (system, report) => {
    for (const { service, path, reference, gateway, namesakes } of gatewayReferences(system)) {
      if (gateway || reference.includes('/') || namesakes.length === 0 || namesakes.some(({ namespace }) => namespace === '')) continue;
      report.at(service, path, `there is no Gateway ${reference} in ${service.namespace}, it is in ${namesakes[0].namespace}`);
    }
  },
};
