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
  return (grants(system).get(namespace) ?? []).some(({ spec }) =>
    asObjects(spec.from).some(from => asText(from.kind) === route.kind && asText(from.namespace) === route.namespace && asText(from.group) === GROUP)
    && asObjects(spec.to).some(to => asText(to.kind) === 'Service' && ['', name].includes(asText(to.name))));
}

/** The ReferenceGrants of each namespace; one without a namespace may be of any. */
const grants = once((system: System): Map<string, Manifest[]> => {
  const found = new Map<string, Manifest[]>();
  const all = system.all('ReferenceGrant').filter(({ group }) => group === GROUP);
  for (const grant of all) collect(found, grant.namespace, grant);
  const loose = found.get('') ?? [];
  return loose.length === 0 ? found : new Map(system.all('Service').map(({ namespace }) => [namespace, [...loose, ...found.get(namespace) ?? []]]));
});
