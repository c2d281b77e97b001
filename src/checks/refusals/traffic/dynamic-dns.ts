import { Problem, isUnset } from '../places';
import { isOf } from './protocols';
import { isFilledIn } from '../../../model/filled-in';
import { Json, asList, asObject, asText, asTexts } from '../../../model/manifest';
import { isVariable } from '../../schemas/notation';

const WAYPOINT = 'istio.io/use-waypoint';
const FORWARDED = ['HTTP', 'TLS', 'GRPC', 'HTTP2'];

/** What does not fit resolution DYNAMIC_DNS: names are looked up as callers ask for them, and nothing but their form is known. */
export function dynamicProblems(spec: Json, labels: Readonly<Record<string, string>>): Problem[] {
  return [...hostProblems(spec), ...restProblems(spec), ...portProblems(spec), ...waypointProblems(spec, labels[WAYPOINT] ?? '')];
}

function hostProblems(spec: Json): Problem[] {
  return asTexts(spec.hosts).flatMap((host, i): Problem[] => host.startsWith('*') || isFilledIn(host) ? []
    : [[['spec', 'hosts', i], `host "${host}" has no star, and resolution DYNAMIC_DNS is for such`]]);
}

function restProblems(spec: Json): Problem[] {
  return ['addresses', 'endpoints'].filter(field => !isUnset(spec[field]))
    .map((field): Problem => [['spec', field], `resolution DYNAMIC_DNS takes no ${field}: names are looked up as callers ask for them`]);
}

function portProblems(spec: Json): Problem[] {
  return asList(spec.ports).flatMap((port, i): Problem[] => {
    const { protocol } = asObject(port);
    const message = `resolution DYNAMIC_DNS is for ${FORWARDED.join(', ')}, and the protocol is ${asText(protocol) || 'not given'}`;
    return isVariable(port) || isOf(FORWARDED, protocol) ? [] : [[['spec', 'ports', i], message]];
  });
}

function waypointProblems(spec: Json, waypoint: string): Problem[] {
  const isThrough = spec.location === 'MESH_INTERNAL' && !['', 'none'].includes(waypoint.toLowerCase());
  return isThrough ? [[['spec', 'location'], 'resolution DYNAMIC_DNS with location MESH_INTERNAL takes no waypoint']] : [];
}
