import { Json, Manifest, Path, asObject, asObjects } from '../manifest';

/** Where routes send requests. */
export interface Destination {
  readonly path: Path;
  readonly value: Json;
}

/** The destinations of a VirtualService, over all protocols. */
export function destinationsOf(virtual: Manifest): Destination[] {
  return ['http', 'tcp', 'tls'].flatMap(protocol => asObjects(virtual.spec[protocol]).flatMap((route, i) => asObjects(route.route)
    .map((target, j) => ({ path: ['spec', protocol, i, 'route', j, 'destination'], value: asObject(target.destination) }))));
}
