import { asObjects, asText, asTexts } from '../../../model/manifest';
import { entriesOf } from '../../../model/mesh/host-ports';
import { destinationsOf } from '../../../model/mesh/routes';
import { once } from '../../../model/once';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshServiceEntryEmpty: Rule = {
  id: 'MESH-SERVICE-ENTRY-EMPTY',
  level: Level.ERROR,
  title: 'a ServiceEntry with resolution STATIC has no endpoints',
  why: 'STATIC takes the addresses of endpoints, or of what workloadSelector selects, and looks up no name: every request ends in 503',
  fix: 'write endpoints or a workloadSelector, or resolution: DNS',
  source: 'istio pilot/pkg/serviceregistry/serviceentry/conversion.go',
  check: (system, report) => {
    for (const entry of system.all('ServiceEntry').filter(({ group }) => group === 'networking.istio.io')) {
      const { resolution, endpoints, workloadSelector } = entry.spec;
      const isEmpty = asText(resolution) === 'STATIC' && asObjects(endpoints).length === 0 && !workloadSelector;
      if (isEmpty && !asTexts(entry.spec.hosts).some(host => isElsewhere(system, host))) report.at(entry, ['spec', 'resolution'], 'resolution STATIC without endpoints');
    }
  },
};

/** Whether a host has endpoints in another way: as a Service, by a second entry, or by a route to other hosts. */
function isElsewhere(system: System, host: string): boolean {
  return /\.svc(\.|$)/.test(host) || !host.includes('.') || entriesOf(system, host).length > 1 || routed(system).has(host);
}

/** The hosts whose routes never lead to themselves. */
const routed = once((system: System): ReadonlySet<string> => {
  const found = new Set(system.all('VirtualService').flatMap(({ spec }) => asTexts(spec.hosts)));
  for (const { host } of destinationsOf(system)) found.delete(host);
  return found;
});
