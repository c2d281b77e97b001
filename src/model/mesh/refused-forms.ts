import { isIP } from 'node:net';
import { Refusal, domainRefusal, isDnsLabel, portRefusal, wildcardDomainRefusal } from './refused-values';
import { isFilledIn } from '../filled-in';
import { parseDuration } from '../spire/values';

const UNIX = 'unix://';
const PROTOCOLS = ['tcp', 'udp', 'grpc', 'grpc-web', 'http', 'http_proxy', 'http2', 'https', 'tls', 'mongo', 'redis', 'mysql'];

/** A text that may be left out, and not be empty. */
export function emptyRefusal(value: string): Refusal {
  return value === '' ? 'an empty value is not taken: remove it' : undefined;
}

/** An address as `unix:///path`, or `unix://@name` for a socket without a file. */
export function isUnixAddress(address: string): boolean {
  return address.startsWith(UNIX);
}

export function unixAddressRefusal(address: string): Refusal {
  const path = address.slice(UNIX.length);
  const isTaken = isFilledIn(address) || path.startsWith('@') || path.startsWith('/') && !path.endsWith('/');
  return isTaken ? undefined : `"${address}" is no socket: the absolute path of a file is wanted, or @ and a name`;
}

/** The name of a port, of letters, digits and dashes. */
export function portNameRefusal(name: string): Refusal {
  return isDnsLabel(name) ? undefined : `"${name}" is no name of a port: letters, digits and dashes are taken`;
}

/** The protocol of a port; empty where the bytes decide. */
export function protocolRefusal(protocol: string): Refusal {
  const isTaken = protocol === '' || isFilledIn(protocol) || PROTOCOLS.includes(protocol.toLowerCase());
  return isTaken ? undefined : `protocol "${protocol}" is unknown: ${PROTOCOLS.map(name => name.toUpperCase()).join(', ')} are taken`;
}

/** A duration of at least a millisecond, in whole milliseconds. */
export function durationRefusal(text: string): Refusal {
  return durationFormRefusal(text) ?? durationLengthRefusal(text);
}

export function durationFormRefusal(text: string): Refusal {
  return isFilledIn(text) || parseDuration(text) !== undefined ? undefined : `"${text}" is no duration: one such as 5s or 250ms is wanted`;
}

/** The same, of what may be no duration at all, which the definition of its kind tells. */
export function durationLengthRefusal(text: string): Refusal {
  const seconds = isFilledIn(text) ? undefined : parseDuration(text);
  if (seconds === undefined) return undefined;
  if (seconds < 0.001) return `"${text}" is less than 1ms`;
  return isWhole(seconds * 1000) ? undefined : `"${text}" is not in whole milliseconds`;
}

/** A number that is whole but for how a computer divides. */
function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < 1e-6;
}

/** An address as `host:port`, whose host is a name or an IP address. */
export function hostPortRefusal(address: string): Refusal {
  if (isFilledIn(address)) return undefined;
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:[\]]*)):([^:]*)$/.exec(address) ?? [];
  if (port === undefined) return `"${address}" is not of the form host:port`;
  if (portRefusal(port) !== undefined || !/^[+-]?\d+$/.test(port)) return `"${address}" has no port from 1 to 65535 at its end`;
  const host = bracketed ?? plain;
  return isIP(host) === 0 && domainRefusal(host) !== undefined ? `"${host}" is neither a DNS name nor an IP address` : undefined;
}

/** A host in a namespace, as `namespace/name`; the namespace may be `.`, `*`, and, where it is left out, begin with `~`. */
export function namespacedHostRefusal(text: string): Refusal {
  const at = text.indexOf('/');
  const [namespace, host] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 0 || isFilledIn(text)) return undefined;
  if (namespace === '' || host === '') return `"${text}" has no ${host === '' ? 'name behind' : 'namespace before'} the slash`;
  const plain = namespace.replace(/^~/, '');
  if (!['', '*', '.'].includes(plain) && !isDnsLabel(plain)) return `"${namespace}" is no namespace: a name, "." for the own one, or "*" is wanted`;
  if (host === '*') return undefined;
  if (!host.includes('.')) return `"${text}" has a short name: write it in full, such as ${host.replace(/[^\w-]/g, '')}.${/^\w/.test(plain) ? plain : 'shop'}.svc.cluster.local`;
  if (host.includes('*') && !host.startsWith('*.')) return `"${text}" has a star that is not a whole part of the name`;
  return wildcardDomainRefusal(host);
}

/** The name of an HTTP header. */
export function headerNameRefusal(name: string): Refusal {
  return isFilledIn(name) || /^[-\w]+$/.test(name) ? undefined : `"${name}" is no name of a header`;
}
