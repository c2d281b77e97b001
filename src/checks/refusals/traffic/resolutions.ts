import { isIP } from 'node:net';
import { dynamicProblems } from './dynamic-dns';
import { Judges, Problem, isUnset, problemsOf, text } from '../places';
import { HTTP_PROTOCOLS, TLS_PROTOCOLS, isOf } from './protocols';
import { isOpen, seenObjects } from './values';
import { isFilledIn } from '../../../model/filled-in';
import { Json, asList, asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { isUnixAddress, unixAddressRefusal } from '../../../model/mesh/refused-forms';
import { domainRefusal } from '../../../model/mesh/refused-values';
import { isVariable } from '../../schemas/notation';

const LOOKED_UP = ['DNS', 'DNS_ROUND_ROBIN'];
const RESOLVED = ['STATIC', ...LOOKED_UP, 'DYNAMIC_DNS'];

/** What Istio refuses in endpoints that are not looked up. */
const STATIC: Judges = {
  'endpoints.*': endpoint => isUnset(endpoint.network) && hasNoAddress(endpoint) ? 'the endpoint has neither address nor network' : undefined,
  'endpoints.*.address': text(value => isUnixAddress(value) ? unixAddressRefusal(value) : undefined),
};

/** What Istio refuses in endpoints that are. */
const BY_NAME: Judges = {
  'endpoints.*': endpoint => hasNoAddress(endpoint) ? 'the endpoint has no address to look up' : undefined,
  'endpoints.*.address': text(value => value === '' || isIP(value) !== 0 ? undefined : domainRefusal(value)),
};

/** What Istio has against a resolution beside the rest of a ServiceEntry. */
export function resolutionProblems(spec: Json, labels: Readonly<Record<string, string>>): Problem[] {
  const resolution = asText(spec.resolution) || 'NONE';
  const endpoints = asList(spec.endpoints).length;
  const hasRanges = asTexts(spec.addresses).some(address => address.includes('/') && !isFilledIn(address));
  const isPlain = seenObjects(spec.ports).some(({ protocol }) => !isOf([...HTTP_PROTOCOLS, ...TLS_PROTOCOLS], protocol));
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
    ...resolution === 'STATIC' ? [...problemsOf(STATIC, spec, ['spec']), ...socketProblems(spec)] : [],
    ...LOOKED_UP.includes(resolution) ? problemsOf(BY_NAME, spec, ['spec']) : [],
    ...resolution === 'DYNAMIC_DNS' ? dynamicProblems(spec, labels) : [],
  ];
}

function hasNoAddress(endpoint: Json): boolean {
  return isUnset(endpoint.address) && !isOpen(endpoint);
}

function socketProblems(spec: Json): Problem[] {
  const ports = isVariable(spec.ports) ? 1 : asList(spec.ports).length;
  return asObjects(spec.endpoints).flatMap(({ address, ports: own }, i): Problem[] => {
    if (!isUnixAddress(asText(address))) return [];
    const path = ['spec', 'endpoints', i];
    const several: Problem[] = ports === 1 ? [] : [[[...path, 'address'], `a socket in a file is for one port, and there are ${ports}`]];
    return isUnset(own) || Object.keys(asObject(own)).length === 0 ? several : [...several, [[...path, 'ports'], 'a socket in a file has no ports']];
  });
}
