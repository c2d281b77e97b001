import { isFilledIn } from '../../../model/filled-in';
import { Manifest, asList, asObjects, asText, asTexts } from '../../../model/manifest';
import { destinationRules } from '../../../model/mesh/destination-rules';
import { entriesOf } from '../../../model/mesh/host-ports';
import { fullName } from '../../../model/mesh/hosts';
import { Destination, destinationsOf } from '../../../model/mesh/routes';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshExport: Rule = {
  id: 'MESH-EXPORT',
  level: Level.ERROR,
  title: 'a VirtualService is exported to a namespace that does not see what its routes need',
  why: 'callers there take the route, and know no host or subset behind it: every call ends in 503, or is reset',
  fix: 'export ServiceEntry and DestinationRule of the host to the same namespaces',
  source: 'istio exportTo of VirtualService, ServiceEntry and DestinationRule',
  check: (system, report) => {
    for (const destination of destinationsOf(system)) {
      const { service } = destination.route;
      asTexts(service.spec.exportTo).forEach((namespace, i) => {
        const hidden = ['.', '*', '~', service.namespace].includes(namespace) || isFilledIn(namespace) ? undefined : hiddenFrom(system, destination, namespace);
        if (hidden) report.at(service, ['spec', 'exportTo', i], `${hidden.kind} ${hidden.name} of ${destination.host} is not exported to ${namespace}`);
      });
    }
  },
};

/** What a route needs and a namespace does not see: all ServiceEntries of the host, or the rule of the subset. */
function hiddenFrom(system: System, { route: { service }, host, value }: Destination, namespace: string): Manifest | undefined {
  const entries = entriesOf(system, host);
  if (entries.length > 0 && !entries.some(entry => isSeen(entry, namespace))) return entries[0];
  const subset = asText(value.subset);
  const rules = subset === '' ? [] : destinationRules(system, fullName(host, service.namespace)).filter(({ spec }) => asObjects(spec.subsets).some(({ name }) => name === subset));
  return rules.some(rule => isSeen(rule, namespace)) ? undefined : rules[0];
}

function isSeen({ spec, namespace: own }: Manifest, namespace: string): boolean {
  const exported = asTexts(spec.exportTo);
  return asList(spec.exportTo).length === 0 || own === namespace || exported.some(name => name === '*' || name === namespace || isFilledIn(name));
}
