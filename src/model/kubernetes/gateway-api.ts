import { collect } from '../collect';
import { Manifest, Path, asObjects, asText } from '../manifest';
import { once } from '../once';
import { System } from '../system';

export const GATEWAY_API = 'gateway.networking.k8s.io';
const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];

/** The routes of the Gateway API. */
export const gatewayRoutes = once((system: System): readonly Manifest[] =>
  ROUTES.flatMap(kind => system.all(kind)).filter(({ group }) => group === GATEWAY_API));

/** The one Gateway of the Gateway API that has a name; undefined where there are variants of it. */
export function gatewayNamed(system: System, namespace: string, name: string): Manifest | undefined {
  const found = gatewaysByName(system).get(`${namespace}/${name}`) ?? [];
  return found.length === 1 ? found[0] : undefined;
}

const gatewaysByName = once((system: System): ReadonlyMap<string, Manifest[]> => {
  const found = new Map<string, Manifest[]>();
  for (const gateway of system.all('Gateway').filter(({ group }) => group === GATEWAY_API)) collect(found, `${gateway.namespace}/${gateway.name}`, gateway);
  return found;
});

/** A Service that a route leads to, and where it is named. */
export interface RouteBackend {
  readonly path: Path;
  readonly namespace: string;
  readonly name: string;
  /** The port; undefined where none is named. */
  readonly port?: number;
}

/** The Services that a route leads to. */
export function backendsOf({ spec, namespace: own }: Manifest): RouteBackend[] {
  const references = asObjects(spec.rules).flatMap((rule, i) => asObjects(rule.backendRefs)
    .map((value, j) => ({ value, path: ['spec', 'rules', i, 'backendRefs', j] })));
  return references.filter(({ value: { group, kind } }) => asText(group) === '' && [undefined, 'Service'].includes(kind))
    .map(({ value: { namespace, name, port }, path }) => ({ path, namespace: asText(namespace) || own, name: asText(name), port: typeof port === 'number' ? port : undefined }));
}
