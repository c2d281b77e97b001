import { isIP } from 'node:net';
import { destinationProblems, weightProblems } from './destinations';
import { Judge, Judges, Problem, isUnset, problemsOf, text } from '../places';
import { isOpen, labels, portOrNone } from './values';
import { isFilledIn } from '../../../model/filled-in';
import { Json, asList } from '../../../model/manifest';
import { Refusal, rangeRefusal, wildcardDomainRefusal } from '../../../model/mesh/refused-values';

const MATCH: Judges = {
  'match.*.destinationSubnets.*': text(rangeRefusal),
  'match.*.port': portOrNone,
  'match.*.sourceLabels': labels,
  'route.*.destination': destinationProblems,
  'route': weightProblems,
};

/** What Istio refuses in a tcp route. */
export const tcpRoute: Judge = route => [...leadsNowhere(route), ...problemsOf(MATCH, route, [])];

/** What Istio refuses in a tls route of a VirtualService; that a name is no host of it is told elsewhere. */
export function tlsRoute(isForGateways: boolean): Judge {
  const judges: Judges = {
    ...MATCH,
    'match': value => asList(value).length === 0 ? 'a tls route has no match: sniHosts are wanted' : undefined,
    'match.*.sniHosts': value => asList(value).length === 0 ? 'a match of a tls route has no sniHosts' : undefined,
    'match.*.sniHosts.*': text(name => isIP(name) !== 0 ? undefined : sniRefusal(name, isForGateways)),
  };
  return route => [...leadsNowhere(route), ...problemsOf(judges, route, [])];
}

/** A name of a server: gateways between networks have names of their own for the clusters of Envoy. */
export function sniRefusal(name: string, isForGateways: boolean): Refusal {
  if (!isForGateways || !name.startsWith('outbound_') || isFilledIn(name)) return wildcardDomainRefusal(name);
  const [, port = '', , host = ''] = name.split('_');
  return /[0-9]/.test(port) && /[a-zA-Z]/.test(host) ? undefined : `"${name}" is not of the form outbound_.PORT_.SUBSET_.HOST`;
}

function leadsNowhere(route: Json): Problem[] {
  return isUnset(route.route) && !isOpen(route) ? [[[], 'the route leads nowhere: route is wanted']] : [];
}
