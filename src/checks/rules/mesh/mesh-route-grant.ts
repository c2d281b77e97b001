import { collect } from '../../../model/collect';
import { isFilledIn } from '../../../model/filled-in';
import { GATEWAY_API, backendsOf, gatewayRoutes } from '../../../model/kubernetes/gateway-api';
import { Manifest, Path, asObject, asObjects, asText } from '../../../model/manifest';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshRouteGrant: Rule = {
  id: 'MESH-ROUTE-GRANT',
  level: Level.ERROR,
  title: 'a route or Gateway of the Gateway API refers to a namespace that does not allow it',
  why: 'without a ReferenceGrant there the reference is refused: requests end in 500, connections are closed, a listener has no certificate',
  fix: 'add a ReferenceGrant to the other namespace, with the kind and the namespace of what refers to it',
  source: 'Gateway API ReferenceGrant',
  check: (system, report) => {
    for (const route of gatewayRoutes(system).filter(({ namespace }) => namespace !== '')) {
      for (const { path, namespace, name } of backendsOf(route)) {
        if (namespace === route.namespace || system.find('Service', namespace, name) === undefined || isGranted(system, route, 'Service', namespace, name)) continue;
        report.at(route, path, `no ReferenceGrant in namespace ${namespace} lets ${route.kind} of namespace ${route.namespace} lead to Service ${name}`);
      }
    }
    for (const gateway of system.all('Gateway').filter(({ group, namespace }) => group === GATEWAY_API && namespace !== '')) {
      for (const [path, namespace, name] of certificatesOf(gateway)) {
        if (namespace === gateway.namespace || !secrets(system).has(`${namespace}/${name}`) || isGranted(system, gateway, 'Secret', namespace, name)) continue;
        report.at(gateway, path, `no ReferenceGrant in namespace ${namespace} lets Gateway of namespace ${gateway.namespace} read Secret ${name}`);
      }
    }
  },
};

/** The Secrets of other namespaces that listeners name. */
function certificatesOf({ spec, namespace: own }: Manifest): [Path, string, string][] {
  return asObjects(spec.listeners).flatMap((listener, i) => asObjects(asObject(listener.tls).certificateRefs).flatMap(({ kind = 'Secret', namespace, name }, j): [Path, string, string][] =>
    kind === 'Secret' && !isFilledIn(asText(name)) ? [[['spec', 'listeners', i, 'tls', 'certificateRefs', j], asText(namespace) || own, asText(name)]] : []));
}

/** The Secrets that there are, or that cert-manager makes. */
const secrets = once((system: System): Set<string> => new Set([...system.all('Secret').map(({ namespace, name }) => `${namespace}/${name}`),
  ...system.all('Certificate').filter(({ group }) => group === 'cert-manager.io').map(({ namespace, spec }) => `${namespace}/${asText(spec.secretName)}`)]));

function isGranted(system: System, from: Manifest, kind: string, namespace: string, name: string): boolean {
  const near = [namespace, ''].flatMap(place => grants(system).get(`${place}/${from.kind}/${from.namespace}`) ?? []);
  return near.some(({ spec }) => asObjects(spec.to).some(to => asText(to.kind) === kind && ['', name].includes(asText(to.name))));
}

/** The ReferenceGrants by their namespace, and by the kind and namespace of what they are for. */
const grants = once((system: System): Map<string, Manifest[]> => {
  const found = new Map<string, Manifest[]>();
  for (const grant of system.all('ReferenceGrant').filter(({ group }) => group === GATEWAY_API)) {
    for (const { group, kind, namespace } of asObjects(grant.spec.from)) if (group === GATEWAY_API) collect(found, `${grant.namespace}/${asText(kind)}/${asText(namespace)}`, grant);
  }
  return found;
});
