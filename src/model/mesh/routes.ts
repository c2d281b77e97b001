import { fullName } from './hosts';
import { collect } from '../collect';
import { Json, Manifest, Path, asList, asObject, asObjects, asText, asTexts } from '../manifest';
import { once } from '../once';
import { System } from '../system';

export type RouteKind = 'http' | 'tcp' | 'tls';

/** A route of a VirtualService and where it stands. */
export interface Route {
  readonly service: Manifest;
  readonly kind: RouteKind;
  readonly path: Path;
  readonly value: Json;
}

/** Where a route sends requests. */
export interface Destination {
  readonly route: Route;
  readonly path: Path;
  readonly value: Json;
  readonly host: string;
}

const KINDS: readonly RouteKind[] = ['http', 'tcp', 'tls'];

/** The routes of all VirtualServices of Istio. */
export const routesOf = once((system: System): readonly Route[] => system.all('VirtualService').filter(({ group }) => group === 'networking.istio.io')
  .flatMap(service => KINDS.flatMap(kind => asObjects(service.spec[kind]).map((value, i): Route => ({ service, kind, path: ['spec', kind, i], value })))));

/** All that routes send requests to, mirrors among them. */
export const destinationsOf = once((system: System): readonly Destination[] => routesOf(system).flatMap(route => placesOf(route)
  .map(([path, value]): Destination => ({ route, path: [...route.path, ...path], value, host: asText(value.host) })))
  .filter(({ host }) => host !== ''));

function placesOf({ value }: Route): [Path, Json][] {
  const listed = asObjects(value.route).map(({ destination }, i): [Path, Json] => [['route', i, 'destination'], asObject(destination)]);
  const mirrors = asObjects(value.mirrors).map(({ destination }, i): [Path, Json] => [['mirrors', i, 'destination'], asObject(destination)]);
  return [...listed, [['mirror'], asObject(value.mirror)], ...mirrors];
}

/** The gateways that a VirtualService, or a match of it, is for: `mesh`, or `<namespace>/<name>`. */
export function gatewaysOf({ namespace }: Manifest, gateways: unknown): string[] {
  const names = asTexts(gateways).map(name => name === 'mesh' || name.includes('/') ? name : `${namespace}/${name}`);
  return asList(gateways).length > 0 ? names : ['mesh'];
}

/** The hosts, in full, that VirtualServices of the mesh lead to whose Gateways are in the input, too: the way through a gateway is seen as a whole. */
export const hostsThroughGateways = once((system: System): ReadonlySet<string> => new Set(destinationsOf(system).filter(({ route: { service } }) => {
  const bound = gatewaysOf(service, service.spec.gateways);
  return bound.includes('mesh') && bound.some(name => gatewaysNamed(system, name).length > 0);
}).map(({ route: { service }, host }) => fullName(host, service.namespace))));

/** The Gateways of Istio of a name as `<namespace>/<name>`: files may hold variants of one. */
export function gatewaysNamed(system: System, reference: string): readonly Manifest[] {
  return gateways(system).get(reference) ?? [];
}

const gateways = once((system: System): ReadonlyMap<string, Manifest[]> => {
  const found = new Map<string, Manifest[]>();
  for (const gateway of system.all('Gateway')) {
    if (gateway.group === 'networking.istio.io') collect(found, `${gateway.namespace}/${gateway.name}`, gateway);
  }
  return found;
});
