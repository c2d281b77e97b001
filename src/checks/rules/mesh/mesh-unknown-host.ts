import { asObject, asObjects, asText, asTexts } from '../../../model/manifest';
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
    for (const service of system.all('VirtualService')) {
      ['http', 'tcp', 'tls'].forEach(protocol => asObjects(service.spec[protocol]).forEach((route, i) => asObjects(route.route).forEach((target, j) => {
        const host = asText(asObject(target.destination).host);
        const parts = host.split('.');
        const foreign = parts.length >= 3 && !host.includes('.svc') && !host.endsWith('.local') && !host.includes('*');
        const missing = missingService(system, service.namespace, host);
        if (missing && !entries.includes(host)) report.at(service, ['spec', protocol, i, 'route', j, 'destination', 'host'], missing, 'correct the host');
        if (foreign && !entries.some(entry => entry === host || (entry.startsWith('*.') && host.endsWith(entry.slice(1))))) report.at(service, ['spec', protocol, i, 'route', j, 'destination', 'host'], `no ServiceEntry has the host ${host}`);
      })));
    }
  },
};

/** What is wrong with a host of this cluster, where Services of its namespace are in the input. */
function missingService(system: System, own: string, host: string): string | undefined {
  const [, name, given] = /^([a-z0-9-]+)(?:\.([a-z0-9-]+)\.svc(?:\..+)?)?$/.exec(host) ?? [];
  const namespace = given ?? own;
  const there = name === undefined ? [] : system.all('Service').filter(service => service.group === '' && service.namespace === namespace).map(service => service.name);
  const elsewhere = name === undefined || given !== undefined || there.length > 0 ? [] : system.all('Service').filter(service => service.group === '' && service.name === name);
  if (elsewhere.length > 0) return `"${host}" is ${name}.${own} here; the Service is in namespace ${elsewhere[0].namespace}`;
  return there.length > 0 && !there.includes(name) ? `there is no Service ${name} in namespace ${namespace}; there is ${there.slice(0, 5).join(', ')}` : undefined;
}
