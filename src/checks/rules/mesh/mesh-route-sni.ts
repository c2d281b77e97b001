import { isIP } from 'node:net';
import { isFilledIn } from '../../../model/filled-in';
import { asObjects, asTexts } from '../../../model/manifest';
import { wildcardDomainRefusal } from '../../../model/mesh/refused-values';
import { routesOf } from '../../../model/mesh/routes';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshRouteSni: Rule = {
  id: 'MESH-ROUTE-SNI',
  level: Level.ERROR,
  title: 'a TLS route is for a server name that is no host of its VirtualService',
  why: 'istiod refuses the VirtualService',
  fix: 'write the server name among spec.hosts, or correct it',
  source: 'istio pkg/config/validation/validation.go, validateSniHost',
  check: (system, report) => {
    for (const { service, path, value } of routesOf(system).filter(({ kind }) => kind === 'tls')) {
      const hosts = asTexts(service.spec.hosts);
      // without hosts it is refused altogether
      if (hosts.length === 0) continue;
      asObjects(value.match).forEach((match, i) => asTexts(match.sniHosts).forEach((name, j) => {
        // a name that is none at all is told elsewhere
        const isName = isIP(name) === 0 && (wildcardDomainRefusal(name) === undefined || name.startsWith('outbound_'));
        if (!isName || hosts.some(host => covers(host, name)) || [name, ...hosts].some(isFilledIn)) return;
        report.at(service, [...path, 'match', i, 'sniHosts', j], `"${name}" is none of ${hosts.join(', ')}`);
      }));
    }
  },
};

function covers(host: string, name: string): boolean {
  return host === '*' || host === name || host.startsWith('*') && name.endsWith(host.slice(1));
}
