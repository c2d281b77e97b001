import { asText, asTexts } from '../../../model/manifest';
import { destinationsOf } from '../../../model/mesh/destinations';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshUnknownHost: Rule = {
  id: 'MESH-UNKNOWN-HOST',
  level: Level.WARNING,
  title: 'a route goes to a host that nothing defines',
  why: 'requests end in 503, as the mesh knows no endpoint',
  fix: 'add a ServiceEntry, or correct the host',
  source: 'istio VirtualService; istioctl analyze is silent',
  check: (system, report) => {
    const entries = system.all('ServiceEntry').flatMap(entry => asTexts(entry.spec.hosts));
    const isDefined = (host: string): boolean => entries.some(entry => entry === host || (entry.startsWith('*.') && host.endsWith(entry.slice(1))));
    for (const virtual of system.all('VirtualService')) {
      for (const { path, value } of destinationsOf(virtual)) {
        const host = asText(value.host);
        const missing = missingService(system, virtual.namespace, host);
        if (missing && !entries.includes(host)) report.at(virtual, [...path, 'host'], missing, 'correct the host');
        if (isOutside(host) && !isDefined(host)) report.at(virtual, [...path, 'host'], `no ServiceEntry has the host ${host}`);
      }
    }
  },
};

function isOutside(host: string): boolean {
  return host.split('.').length >= 3 && !host.includes('.svc') && !host.endsWith('.local') && !host.includes('*');
}

/** What is wrong with a host of this cluster, where Services of its namespace are in the input. */
function missingService(system: System, own: string, host: string): string | undefined {
  const [, name, given] = /^([a-z0-9-]+)(?:\.([a-z0-9-]+)\.svc(?:\..+)?)?$/.exec(host) ?? [];
  const namespace = given ?? own;
  const there = name === undefined ? [] : system.all('Service').filter(service => service.group === '' && service.namespace === namespace).map(service => service.name);
  const elsewhere = name === undefined || given !== undefined || there.length > 0 ? [] : system.all('Service').filter(service => service.group === '' && service.name === name);
  if (elsewhere.length > 0) return `"${host}" is ${name}.${own} here; the Service is in namespace ${elsewhere[0].namespace}`;
  return there.length > 0 && !there.includes(name) ? `there is no Service ${name} in namespace ${namespace}; there is ${there.slice(0, 5).join(', ')}` : undefined;
}
