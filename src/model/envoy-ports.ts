import { EnvoyPart, listenersOf } from './envoy';
import { Json, Manifest, asObject, asObjects, asText } from './manifest';

const LOOPBACK = /^(127\.|::1$|localhost$)/;

/** A port that an Envoy listens on. */
export interface EnvoyPort {
  readonly port: number;
  /** Whether only the pod itself reaches it. */
  readonly isLocal: boolean;
  /** The listener; none for the port of the administration. */
  readonly listener?: EnvoyPart;
}

/** The ports that an Envoy listens on; undefined where the file does not show all of them. */
export function portsOf(envoy: Manifest): EnvoyPort[] | undefined {
  const { admin, dynamic_resources: dynamic } = asObject(envoy.value);
  const own = admin ? [port(asObject(asObject(admin).address).socket_address)] : [];
  const found = [...listenersOf(envoy).flatMap(listener => socketsOf(listener.value).map(socket => port(socket, listener))), ...own];
  const isWhole = dynamic === undefined && listenersOf(envoy).length > 0 && found.every(one => one.port > 0);
  return isWhole ? found : undefined;
}

/** The port of the administration; undefined where it has none. */
export function adminPort(envoy: Manifest): number | undefined {
  const socket = asObject(asObject(asObject(envoy.value).admin).address).socket_address;
  return socket ? Number(asObject(socket).port_value) : undefined;
}

function socketsOf(listener: Json): Json[] {
  const addresses = [listener.address, ...asObjects(listener.additional_addresses).map(one => one.address)].map(asObject);
  return addresses.filter(one => one.socket_address !== undefined).map(one => one.socket_address);
}

function port(socket: Json, listener?: EnvoyPart): EnvoyPort {
  return { port: Number(asObject(socket).port_value), isLocal: LOOPBACK.test(asText(asObject(socket).address)), listener };
}

/** Where the endpoints of a cluster are. */
export function addressesOf(cluster: Json): { readonly address: string; readonly port: number }[] {
  const endpoints = asObjects(asObject(cluster.load_assignment).endpoints).flatMap(one => asObjects(one.lb_endpoints));
  return endpoints.map(({ endpoint }) => asObject(asObject(asObject(endpoint).address).socket_address))
    .map(socket => ({ address: asText(socket.address), port: Number(socket.port_value) })).filter(one => one.port > 0);
}

export function isLoopback(address: string): boolean {
  return LOOPBACK.test(address);
}
