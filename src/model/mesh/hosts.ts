import { Manifest } from '../manifest';
import { System } from '../system';

/** The Service that a host of a route means, seen from a namespace. */
export function serviceOf(system: System, host: string, namespace: string): Manifest | undefined {
  const [name, other] = host.split('.');
  return system.find('Service', host.includes('.') ? other : namespace, name);
}

/** A host as Istio takes it: short names are of the namespace, and the domain of the cluster may be left out. */
export function fullName(host: string, namespace: string): string {
  if (!host.includes('.')) return host === '*' ? `*/${namespace}` : `${host}.${namespace}.svc`;
  return host.replace(/\.svc\.cluster\.local$/, '.svc');
}
