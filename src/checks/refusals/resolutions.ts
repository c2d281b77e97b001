import { isIP } from 'node:net';
import { socketRefusal } from './gateway';
import { Judges, Problem, isUnset, text } from './places';
import { HTTP_PROTOCOLS, TLS_PROTOCOLS, isOf } from './protocols';
import { isOpen } from './values';
import { isFilledIn } from '../../model/filled-in';
import { Json, asList, asObject, asObjects, asText, asTexts } from '../../model/manifest';
import { domainRefusal } from '../../model/mesh/refused-values';

const UNIX = 'unix://';
const WAYPOINT = 'istio.io/use-waypoint';
const FORWARDED = ['HTTP', 'TLS', 'GRPC', 'HTTP2'];

/** What Istio refuses in endpoints, by how they are found. */
export function endpointJudges(resolution: string, ports: number): Judges {
  if (resolution === 'STATIC') {
    return {
      'endpoints.*': endpoint => isUnset(endpoint.address) && isUnset(endpoint.network) && !isOpen(endpoint) ? 'the endpoint has neither address nor network' : undefined,
      'endpoints.*.address': text(value => value.startsWith(UNIX) ? socketRefusal(value.slice(UNIX.length)) ?? alone(ports) : undefined),
    };
  }
  if (!/^DNS/.test(resolution)) return {};
  return {
    'endpoints.*': endpoint => isUnset(endpoint.address) && !isOpen(endpoint) ? `the endpoint has no address, and resolution ${resolution} looks one up` : undefined,
    'endpoints.*.address': text(value => value === '' || isIP(value) !== 0 ? undefined : domainRefusal(value)),
  };
}

function alone(ports: number): string | undefined {
  return ports === 1 ? undefined : `a socket in a file is for one port, and there are ${ports}`;
}

/** What Istio has against a resolution beside the rest of a ServiceEntry. */
export function resolutionProblems(spec: Json, labels: Readonly<Record<string, string>>): Problem[] {
  const resolution = asText(spec.resolution) || 'NONE';
  const at = (field: string, message: string): Problem => [['spec', field], message];
  const found: Problem[] = [];
  if (isFilledIn(resolution)) return [];
  if (!['NONE', 'STATIC'].includes(resolution) && asTexts(spec.addresses).some(address => address.includes('/') && !isFilledIn(address))) {
    found.push(at('addresses', `resolution ${resolution} takes no ranges of addresses: NONE and STATIC do`));
  }
  if (resolution === 'NONE' && asList(spec.endpoints).length > 0) found.push(at('endpoints', 'resolution NONE, which is the default, beside endpoints: requests go where callers send them'));
  if (resolution === 'DNS_ROUND_ROBIN' && asList(spec.endpoints).length > 1) found.push(at('endpoints', 'resolution DNS_ROUND_ROBIN takes one endpoint'));
  if (resolution === 'STATIC') found.push(...socketProblems(spec));
  if (resolution === 'DYNAMIC_DNS') found.push(...dynamicProblems(spec, labels));
  const isPlain = asObjects(spec.ports).some(({ protocol }) => !isOf([...HTTP_PROTOCOLS, ...TLS_PROTOCOLS], protocol));
  if (resolution !== 'NONE' && asList(spec.hosts).length > 1 && isPlain) {
    found.push(at('hosts', 'several hosts with a port of neither HTTP nor TLS: nothing tells them apart, write a ServiceEntry for each'));
  }
  return found;
}

function socketProblems(spec: Json): Problem[] {
  return asObjects(spec.endpoints).flatMap(({ address, ports }, i): Problem[] => asText(address).startsWith(UNIX) && Object.keys(asObject(ports)).length > 0
    ? [[['spec', 'endpoints', i, 'ports'], 'a socket in a file has no ports']] : []);
}

/** Names are looked up as callers ask for them: nothing but their form is known. */
function dynamicProblems(spec: Json, labels: Readonly<Record<string, string>>): Problem[] {
  const hosts = asTexts(spec.hosts).flatMap((host, i): Problem[] => host.startsWith('*') || isFilledIn(host) ? [] : [[['spec', 'hosts', i], `host "${host}" has no star, and resolution DYNAMIC_DNS is for such`]]);
  const rest = ['addresses', 'endpoints'].filter(field => !isUnset(spec[field]))
    .map((field): Problem => [['spec', field], `resolution DYNAMIC_DNS takes no ${field}: names are looked up as callers ask for them`]);
  const ports = asObjects(spec.ports).flatMap(({ protocol }, i): Problem[] => isOf(FORWARDED, protocol) ? []
    : [[['spec', 'ports', i], `resolution DYNAMIC_DNS is for ${FORWARDED.join(', ')}, and the protocol is ${asText(protocol) || 'not given'}`]]);
  const waypoint = labels[WAYPOINT] ?? '';
  const isThrough = spec.location === 'MESH_INTERNAL' && waypoint !== '' && waypoint.toLowerCase() !== 'none';
  return [...hosts, ...rest, ...ports, ...isThrough ? [[['spec', 'location'], 'resolution DYNAMIC_DNS with location MESH_INTERNAL takes no waypoint'] as Problem] : []];
}
