import { isIP } from 'node:net';

/**
 * The annotation by which external-dns lets a name lead to the load balancer of a Service; none for an address, which needs no name.
 */
export function externalDns(host: string): { [key: string]: string } {
  return isIP(host) === 0 ? { 'external-dns.alpha.kubernetes.io/hostname': host } : {};
}
