import { isIP } from 'node:net';
import { isFilledIn } from '../../../model/filled-in';
import { Json, Path, asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshServiceEntry: Rule = {
  id: 'MESH-SERVICE-ENTRY',
  level: Level.ERROR,
  title: 'a ServiceEntry cannot be resolved',
  why: 'istiod refuses it: how the endpoints are found does not fit how they are written',
  fix: 'STATIC takes addresses, DNS takes names or a host to look up, and endpoints name ports of the entry',
  source: 'istio pkg/config/validation/validation.go',
  check: (system, report) => {
    for (const entry of system.all('ServiceEntry')) {
      for (const [path, message] of faultsOf(entry.spec)) report.at(entry, ['spec', ...path], message);
    }
    for (const machine of system.all('WorkloadEntry').filter(({ group, spec }) => group === 'networking.istio.io' && isUrl(spec))) {
      report.at(machine, ['spec', 'address'], `"${asText(machine.spec.address)}" is a URL`, 'write the address or the name alone');
    }
  },
};

function isUrl({ address }: Json): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(asText(address)) && !asText(address).startsWith('unix://');
}

function faultsOf(spec: Json): [Path, string][] {
  const endpoints = asObjects(spec.endpoints);
  const resolution = asText(spec.resolution);
  const ports = asObjects(spec.ports).map(port => asText(port.name));
  const found: [Path, string][] = [];
  asTexts(spec.hosts).forEach((host, i) => {
    if (host === '*') found.push([['hosts', i], 'host "*" is not taken: write a domain behind it']);
    if (/^DNS/.test(resolution) && host.startsWith('*') && endpoints.length === 0) found.push([['hosts', i], `resolution ${resolution} cannot look up "${host}", and there are no endpoints`]);
  });
  endpoints.forEach((endpoint, i) => {
    if (isUrl(endpoint)) found.push([['endpoints', i, 'address'], `"${asText(endpoint.address)}" is a URL`]);
    const address = asText(endpoint.address);
    const isAddress = isIP(address) !== 0 || address.startsWith('unix://') || address === '' || isFilledIn(address);
    if (resolution === 'STATIC' && !isAddress) found.push([['endpoints', i, 'address'], `resolution STATIC, and "${address}" is no IP address`]);
    for (const port of Object.keys(asObject(endpoint.ports)).filter(name => !ports.includes(name))) found.push([['endpoints', i, 'ports', port], `the entry has no port "${port}"`]);
  });
  return found;
}
