import { isIP } from 'node:net';
import { dynamicProblems } from './dynamic-dns';
import { socketRefusal } from './gateway';
import { Judges, Problem, isUnset, text } from './places';
import { HTTP_PROTOCOLS, TLS_PROTOCOLS, isOf } from './protocols';
import { isOpen } from './values';
import { isFilledIn } from '../../model/filled-in';
import { Json, asList, asObject, asObjects, asText, asTexts } from '../../model/manifest';
import { domainRefusal } from '../../model/mesh/refused-values';

const UNIX = 'unix://';
const LOOKED_UP = ['DNS', 'DNS_ROUND_ROBIN'];
const RESOLVED = ['STATIC', ...LOOKED_UP, 'DYNAMIC_DNS'];

/** What Istio refuses in endpoints, by how they are found. */
export function endpointJudges(resolution: string, ports: number): Judges {
  if (resolution === 'STATIC') {
    return {
      'endpoints.*': endpoint => isUnset(endpoint.network) && hasNoAddress(endpoint) ? 'the endpoint has neither address nor network' : undefined,
      'endpoints.*.address': text(value => value.startsWith(UNIX) ? socketRefusal(value.slice(UNIX.length)) ?? alone(ports) : undefined),
    };
  }
  if (!LOOKED_UP.includes(resolution)) return {};
  return {
    'endpoints.*': endpoint => hasNoAddress(endpoint) ? `the endpoint has no address, and resolution ${resolution} looks one up` : undefined,
    'endpoints.*.address': text(value => value === '' || isIP(value) !== 0 ? undefined : domainRefusal(value)),
  };
}

/** What Istio has against a resolution beside the rest of a ServiceEntry. */
export function resolutionProblems(spec: Json, labels: Readonly<Record<string, string>>): Problem[] {
  const resolution = asText(spec.resolution) || 'NONE';
  const endpoints = asList(spec.endpoints).length;
  const hasRanges = asTexts(spec.addresses).some(address => address.includes('/') && !isFilledIn(address));
  const isPlain = asObjects(spec.ports).some(({ protocol }) => !isOf([...HTTP_PROTOCOLS, ...TLS_PROTOCOLS], protocol));
  const conditions: [isMet: boolean, field: string, message: string][] = [
    [[...LOOKED_UP, 'DYNAMIC_DNS'].includes(resolution) && hasRanges, 'addresses',
      `resolution ${resolution} takes no ranges of addresses: NONE and STATIC do`],
    [resolution === 'NONE' && endpoints > 0, 'endpoints',
      'resolution NONE, which is the default, beside endpoints: requests go where callers send them'],
    [resolution === 'DNS_ROUND_ROBIN' && endpoints > 1, 'endpoints', 'resolution DNS_ROUND_ROBIN takes one endpoint'],
    [RESOLVED.includes(resolution) && asList(spec.hosts).length > 1 && isPlain, 'hosts',
      'several hosts with a port of neither HTTP nor TLS: nothing tells them apart, write a ServiceEntry for each'],
  ];
  return [
    ...conditions.filter(([isMet]) => isMet).map(([, field, message]): Problem => [['spec', field], message]),
    ...resolution === 'STATIC' ? socketProblems(spec) : [],
    ...resolution === 'DYNAMIC_DNS' ? dynamicProblems(spec, labels) : [],
  ];
}

function hasNoAddress(endpoint: Json): boolean {
  return isUnset(endpoint.address) && !isOpen(endpoint);
}

function socketProblems(spec: Json): Problem[] {
  return asObjects(spec.endpoints).flatMap(({ address, ports }, i): Problem[] => {
    const isWrong = asText(address).startsWith(UNIX) && Object.keys(asObject(ports)).length > 0;
    return isWrong ? [[['spec', 'endpoints', i, 'ports'], 'a socket in a file has no ports']] : [];
  });
}

function alone(ports: number): string | undefined {
  return ports === 1 ? undefined : `a socket in a file is for one port, and there are ${ports}`;
}
