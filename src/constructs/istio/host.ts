import { Construct } from 'constructs';
import { isHostPattern } from './input';
import { Platform } from '../../delivery';

/**
 * Writes out the name of a host: a Service of the namespace gets its full DNS name, which means the same everywhere.
 *
 * @param wildcards whether `*` and `*.example.com` are allowed
 */
export function fullHost(scope: Construct, where: string, host: string, namespace: string, wildcards: boolean): string {
  if (!isHostPattern(host) || (!wildcards && host.includes('*'))) {
    const examples = wildcards ? "'reviews', 'shop.example.com' or '*.example.com'" : "'reviews' or 'shop.example.com'";
    throw new Error(`${where} has host '${host}', which is no DNS name: use one such as ${examples}, without scheme and port`);
  }
  const cluster = Platform.of(scope).cluster;
  if (!host.includes('.') && host !== '*') {
    return cluster.serviceHost(host, namespace);
  }
  const [service, place] = host.split('.');
  if (host.endsWith('.svc') || host === `${service}.${namespace}`) {
    throw new Error(`${where} has host '${host}', which Istio takes for a full DNS name, not for a Service: use '${cluster.serviceHost(service, place)}'`);
  }
  return host;
}
