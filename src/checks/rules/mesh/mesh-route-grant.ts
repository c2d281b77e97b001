import { collect } from '../../../model/collect';
import { Manifest, Path, asObjects, asText } from '../../../model/manifest';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshRouteGrant: Rule = {
  id: 'MESH-ROUTE-GRANT',
  level: Level.ERROR,
  title: 'a route of the Gateway API leads into a namespace that does not allow it',
  why: 'without a ReferenceGrant there the reference is refused: requests end in 500, connections are closed',
  fix: 'add a ReferenceGrant to the namespace of the Service, with the kind and the namespace of the route',
  source: 'Gateway API ReferenceGrant',
  check: (system, report) => {
    for (const route of ROUTES.flatMap(kind => system.all(kind)).filter(({ group }) => group === GROUP)) {
      for (const [path, namespace, name] of backendsOf(route)) {
        if (system.find('Service', namespace, name) === undefined || isGranted(system, route, namespace, name)) continue;
        report.at(route, path, `no ReferenceGrant in namespace ${namespace} lets ${route.kind} of namespace ${route.namespace} lead to Service ${name}`);
      }
    }
  },
};

const GROUP = 'gateway.networking.k8s.io';
const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];

/** The Services of other namespaces that a route leads to. */
function backendsOf({ spec, namespace: own }: Manifest): [Path, string, string][] {
  if (own === '') return [];
  const references = asObjects(spec.rules).flatMap((rule, i) => asObjects(rule.backendRefs).map((value, j) => ({ value, path: ['spec', 'rules', i, 'backendRefs', j] })));
  return references.flatMap(({ value: { group, kind, namespace, name }, path }): [Path, string, string][] => {
    const isElsewhere = asText(group) === '' && [undefined, 'Service'].includes(kind) && !['', own].includes(asText(namespace));
    return isElsewhere ? [[path, asText(namespace), asText(name)]] : [];
  });
}

function isGranted(system: System, route: Manifest, namespace: string, name: string): boolean {
  const near = [namespace, ''].flatMap(place => grants(system).get(`${place}/${route.kind}/${route.namespace}`) ?? []);
  return near.some(({ spec }) => asObjects(spec.to).some(to => asText(to.kind) === 'Service' && ['', name].includes(asText(to.name))));
}

/** The ReferenceGrants by their namespace, and by the kind and namespace of the routes that they are for. */
const grants = once((system: System): Map<string, Manifest[]> => {
  const found = new Map<string, Manifest[]>();
  for (const grant of system.all('ReferenceGrant').filter(({ group }) => group === GROUP)) {
    for (const { group, kind, namespace } of asObjects(grant.spec.from)) if (group === GROUP) collect(found, `${grant.namespace}/${asText(kind)}/${asText(namespace)}`, grant);
  }
  return found;
});
