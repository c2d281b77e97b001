import { isFilledIn } from '../filled-in';
import { Json, Manifest, asTexts } from '../manifest';

/** Whether a server of a Gateway lists one of the hosts of a VirtualService, for its namespace. */
export function servesHosts(gateway: Manifest, server: Json, service: Manifest): boolean {
  return asTexts(server.hosts).some(entry => {
    const [host, namespace = '*'] = entry.split('/').reverse();
    const isSeen = namespace === '*' || namespace === service.namespace || namespace === '.' && gateway.namespace === service.namespace;
    return isSeen && asTexts(service.spec.hosts).some(wanted => overlap(host.toLowerCase(), wanted.toLowerCase()));
  });
}

/** Whether a name can be one of the hosts of a server. */
export function servesName(server: Json, name: string): boolean {
  return asTexts(server.hosts).some(entry => isFilledIn(entry) || overlap(entry.replace(/^.*\//, '').toLowerCase(), name.toLowerCase()));
}

/** Hosts may have a star as their first label on both sides. */
export function overlap(a: string, b: string): boolean {
  if (a === '*' || b === '*' || a === b) return true;
  const covers = (wide: string, narrow: string): boolean => wide.startsWith('*.') && narrow.endsWith(wide.slice(1));
  return covers(a, b) || covers(b, a);
}
