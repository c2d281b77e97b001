import { isIP } from 'node:net';
import { isFilledIn } from '../../../model/filled-in';
import { asObjects, asTexts } from '../../../model/manifest';
import { fullName } from '../../../model/mesh/hosts';
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
      asObjects(value.match).forEach((match, i) => asTexts(match.sniHosts).forEach((name, j) => {
        const [wanted, ...listed] = [name, ...hosts].map(host => fullName(host, service.namespace));
        const isListed = hosts.some(host => covers(host, name)) || listed.some(host => covers(host, wanted));
        if (isListed || isIP(name) !== 0 || [name, ...hosts].some(isFilledIn)) return;
        report.at(service, [...path, 'match', i, 'sniHosts', j], `"${name}" is none of ${hosts.join(', ')}`);
      }));
    }
  },
};

function covers(host: string, name: string): boolean {
  return host === '*' || host === name || host.startsWith('*') && name.endsWith(host.slice(1));
}
