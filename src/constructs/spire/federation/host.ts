import { isIP } from 'node:net';
import { isDnsSubdomain } from '../../../identity/dns-name';

const LOOPBACK = /^(localhost|127\..*|0\.0\.0\.0|::1)$/;

/**
 * Refuses a host that another cluster cannot call: with a scheme, of this cluster only, or of this machine only.
 *
 * @param otherwise what else helps where the host is of this cluster only
 */
export function requireReachableHost(where: string, host: string, otherwise: string = ''): void {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(host);
  if (scheme) {
    throw new Error(`${where} has host '${host}' with scheme '${scheme[1]}': give the host alone`);
  }
  if (!isDnsSubdomain(host)) {
    throw new Error(`${where} has host '${host}', which is no DNS name or IPv4 address: use one such as 'host.example.org', without port and path`);
  }
  if (/^[\d.]+$/.test(host) && isIP(host) === 0) {
    throw new Error(`${where} has host '${host}', which is no IPv4 address: use four numbers up to 255, or a DNS name`);
  }
  if (LOOPBACK.test(host) || /\.svc(\.|$)/.test(host) || !host.includes('.')) {
    throw new Error(`${where} has host '${host}', which other clusters cannot reach: give a name that leads to a load balancer${otherwise}`);
  }
}

/**
 * Refuses a URL of a bundle endpoint that the controller manager's webhook or SPIRE refuses, or that no other cluster can reach.
 */
export function requireBundleEndpointUrl(where: string, url: string): void {
  if (!/^https:\/\//i.test(url)) {
    throw new Error(`${where} has URL '${url}': SPIRE fetches bundles over https only, use one such as 'https://spire-bundle.example.org'`);
  }
  const match = /^[^:]+:\/\/([^/@?#]*@)?([^/:?#]*)(?::(\d+))?(\/[^?#\s]*)?$/.exec(url);
  if (!match) {
    throw new Error(`${where} has URL '${url}': use host, port and path only, such as 'https://spire-bundle.example.org', without query, fragment and IPv6 address`);
  }
  const [, user, host, port] = match;
  if (user) {
    throw new Error(`${where} has URL '${url}' with a user: remove it, the bundle is public`);
  }
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65535)) {
    throw new Error(`${where} has URL '${url}' with port ${port}: use a number from 1 to 65535, or leave it out for 443`);
  }
  requireReachableHost(where, host);
}
