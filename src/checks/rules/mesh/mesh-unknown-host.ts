import { collect } from '../../../model/collect';
import { mayHaveOtherPods } from '../../../model/kubernetes/other-pods';
import { serviceNames, serviceNamespaces } from '../../../model/kubernetes/service-names';
import { Manifest, Path, asObject, asText, asTexts } from '../../../model/manifest';
import { entriesOf } from '../../../model/mesh/host-ports';
import { wildcardDomainRefusal } from '../../../model/mesh/refused-values';
import { destinationsOf } from '../../../model/mesh/routes';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Report } from '../../report';
import { Rule } from '../../rule';
import { isSlip } from '../../schemas/slip';

export const meshUnknownHost: Rule = {
  id: 'MESH-UNKNOWN-HOST',
  level: Level.WARNING,
  title: 'a route goes to a host that nothing defines, or settings are for one',
  why: 'requests end in 503, as the mesh knows no endpoint; a DestinationRule or VirtualService for such a host does nothing',
  fix: 'add a ServiceEntry, or correct the host',
  source: 'istio VirtualService, DestinationRule; istioctl analyze is silent',
  check: (system, report) => {
    for (const { route: { service }, path, host } of destinationsOf(system)) tell(system, report, service, [...path, 'host'], host, true);
    for (const rule of system.all('DestinationRule').filter(({ group }) => group === 'networking.istio.io')) {
      const host = asText(rule.spec.host);
      tell(system, report, rule, ['spec', 'host'], host, isNearEntry(system, host), rule.namespace !== '');
    }
    for (const service of system.all('VirtualService').filter(({ group }) => group === 'networking.istio.io')) {
      // other names may be for this route only
      asTexts(service.spec.hosts).forEach((host, i) => host.includes('.svc') && tell(system, report, service, ['spec', 'hosts', i], host, false, service.namespace !== ''));
    }
  },
};

function tell(system: System, report: Report, object: Manifest, path: Path, host: string, isForeignTold: boolean, isNearTold = true): void {
  // what is no name at all is told elsewhere
  if (host.includes('*') || wildcardDomainRefusal(host) !== undefined || entriesOf(system, host).length > 0) return;
  const missing = isNearTold ? missingService(system, object.namespace, host) : undefined;
  if (missing) report.at(object, path, missing, 'correct the host');
  const isForeign = host.split('.').length >= 3 && !host.includes('.svc') && !host.endsWith('.local');
  if (isForeign && isForeignTold) report.at(object, path, `no ServiceEntry has the host ${host}`);
}

/** Whether a host is that of a ServiceEntry but for one of its names: other entries may be in another folder. */
function isNearEntry(system: System, host: string): boolean {
  const names = host.split('.');
  return names.some((name, i) => (patterns(system).get(pattern(names, i)) ?? []).some(other => i === names.length - 1 || isSlip(name, other)));
}

/** The names of hosts of ServiceEntries by the others of the host. */
const patterns = once((system: System): ReadonlyMap<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const host of new Set(system.all('ServiceEntry').flatMap(({ spec }) => asTexts(spec.hosts)))) {
    const names = host.split('.');
    names.forEach((name, i) => collect(found, pattern(names, i), name));
  }
  return found;
});

function pattern(names: readonly string[], place: number): string {
  return names.map((name, i) => (i === place ? '' : name)).join('.');
}

/** What is wrong with a host of this cluster, where Services of its namespace are in the input. */
function missingService(system: System, own: string, host: string): string | undefined {
  const [, name, given, domain] = /^([a-z0-9-]+)(?:\.([a-z0-9-]+)\.svc(?:\.(.+))?)?$/.exec(host) ?? [];
  const namespace = given ?? own;
  const there = name === undefined ? [] : serviceNames(system).get(namespace) ?? [];
  const elsewhere = name === undefined || given !== undefined || there.length > 0 ? [] : serviceNamespaces(system).get(name) ?? [];
  if (elsewhere.length > 0 && !elsewhere.includes('')) return `"${host}" is ${name}.${own} here; the Service is in namespace ${elsewhere[0]}`;
  // a control plane, or a chart, brings Services that are not in the input
  if (there.length === 0 || !there.includes(name) && (name.startsWith('istiod') || mayHaveOtherPods(system, namespace))) return undefined;
  if (!there.includes(name)) return `there is no Service ${name} in namespace ${namespace}; there is ${there.slice(0, 5).join(', ')}`;
  if (domain === undefined || domain === 'clusterset.local' || !isOther(system, domain)) return undefined;
  return `"${domain}" is no domain of the cluster, which is ${[...domainsOf(system) ?? [DEFAULT_DOMAIN]].join(' or ')}`;
}

/** The domains that Services have, as far as meshes tell; undefined where none says it, and another file of values may. */
const domainsOf = once((system: System): ReadonlySet<string> | undefined => {
  const stated = system.meshes.map(({ values }) => asText(asObject(asObject(asObject(values.value).global).proxy).clusterDomain));
  return stated.every(domain => domain === '') ? undefined : new Set(stated.map(domain => domain || DEFAULT_DOMAIN));
});

const DEFAULT_DOMAIN = 'cluster.local';

/** Whether a domain is none of the cluster: where nobody says which it has, only what looks like the default is told. */
function isOther(system: System, domain: string): boolean {
  const known = domainsOf(system);
  return known ? !known.has(domain) : system.meshes.length > 0 && domain.startsWith('cluster.') && domain !== DEFAULT_DOMAIN;
}
