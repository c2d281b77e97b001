import { collect } from '../collect';
import { Manifest, Path, asTexts } from '../manifest';
import { once } from '../once';
import { System } from '../system';

/** A Gateway that a VirtualService names. */
export interface GatewayReference {
  readonly service: Manifest;
  readonly path: Path;
  readonly reference: string;
  readonly gateway?: Manifest;
  /** The Gateways of that name in whatever namespace. */
  readonly namesakes: readonly Manifest[];
}

/** The Gateways that VirtualServices name, as far as their namespaces are known. */
export const gatewayReferences = once((system: System): GatewayReference[] => {
  const gateways = new Map<string, Manifest[]>();
  for (const gateway of system.all('Gateway').filter(({ group }) => group === 'networking.istio.io')) {
    collect(gateways, gateway.name, gateway);
  }
  const services = gateways.size > 0 ? system.all('VirtualService').filter(({ namespace }) => namespace !== '') : [];
  return services.flatMap(service => asTexts(service.spec.gateways).map((reference, i) => {
    const [name, namespace = service.namespace] = reference.split('/').reverse();
    const namesakes = gateways.get(name) ?? [];
    const there = namesakes.filter(one => one.namespace === namespace);
    // files beside each other may be alternatives, each with a Gateway of its own
    return { service, path: ['spec', 'gateways', i], reference, gateway: there.find(({ file }) => file === service.file) ?? there[0], namesakes };
  }).filter(({ reference }) => reference !== 'mesh'));
});
