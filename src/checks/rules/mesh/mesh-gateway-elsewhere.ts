import { collect } from '../../../model/collect';
import { isFilledIn } from '../../../model/filled-in';
import { Manifest, asObjects, asTexts } from '../../../model/manifest';
import { gatewayReferences } from '../../../model/mesh/gateway-references';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshGatewayElsewhere: Rule = {
  id: 'MESH-GATEWAY-ELSEWHERE',
  level: Level.WARNING,
  title: 'a VirtualService names a Gateway that is not there, or is in another namespace',
  why: 'a name alone is looked for in the namespace of the VirtualService: its routes are in no gateway',
  fix: 'write <namespace>/<name> of the Gateway',
  source: 'istio VirtualService gateways',
  check: (system, report) => {
    for (const { service, path, reference, gateway, namesakes } of gatewayReferences(system)) {
      if (gateway || isFilledIn(reference) || namesakes.some(({ namespace }) => namespace === '')) continue;
      const [name, namespace = service.namespace] = reference.split('/').reverse();
      if (!reference.includes('/') && namesakes.length > 0) {
        report.at(service, path, `there is no Gateway ${reference} in ${service.namespace}, it is in ${namesakes[0].namespace}`);
        continue;
      }
      if (isOfKubernetes(system, namespace, name)) continue;
      if (namesakes.length === 1 && !gatewayNames(system).has(namespace) && isFor(namesakes[0], service)) {
        report.at(service, path, `there is no Gateway in ${namespace}; ${name} is in ${namesakes[0].namespace}`);
      } else if (gatewayNames(system).has(namespace)) {
        report.at(service, path, `there is no Gateway ${name} in ${namespace}, where there is ${gatewayNames(system).get(namespace)!.join(', ')}`, 'correct the name, or add the Gateway');
      }
    }
  },
};

/** Whether a Gateway lists a host of a VirtualService by name: it is the one that is meant, wherever it is now. */
function isFor(gateway: Manifest, service: Manifest): boolean {
  const listed = asObjects(gateway.spec.servers).flatMap(server => asTexts(server.hosts).map(host => host.replace(/^.*\//, '')));
  return asTexts(service.spec.hosts).some(host => host !== '*' && listed.includes(host));
}

/** Whether a Gateway of the Gateway API has the name, which istiod takes too. */
function isOfKubernetes(system: System, namespace: string, name: string): boolean {
  return system.all('Gateway').some(one => one.group === 'gateway.networking.k8s.io' && one.namespace === namespace && one.name === name);
}

/** The names of the Gateways of each namespace that has some. */
const gatewayNames = once((system: System): ReadonlyMap<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const { group, namespace, name } of system.all('Gateway')) {
    if (group === 'networking.istio.io') collect(found, namespace, name);
  }
  return found;
});
