import { isIP } from 'node:net';
import { exportToProblems } from './export-to';
import { isClaim } from './headers';
import { httpRouteProblems } from './http-routes';
import { sniRefusal, tcpRoute, tlsRoute } from './layer4-routes';
import { isFilledIn } from '../../../model/filled-in';
import { Json, Manifest, asObject, asObjects, asTexts } from '../../../model/manifest';
import { Judges, Problem, isUnset, problemsOf } from '../places';
import { below, isOpen, told } from './values';
import { Refusal, domainRefusal, isDnsLabel, wildcardDomainRefusal } from '../../../model/mesh/refused-values';
import { isVariable } from '../../schemas/notation';

const ROUTES: Judges = {
  'gateways': gatewayProblems,
  'http|tls|tcp.*.match.*.gateways': gatewayProblems,
  'tcp.*': tcpRoute,
};
const OF_SERVICE: Judges = { ...ROUTES, 'http.*': route => httpRouteProblems(route, false) };
const OF_DELEGATE: Judges = { ...ROUTES, 'http.*': route => httpRouteProblems(route, true) };
const FOR_MESH: Judges = { 'tls.*': tlsRoute(false) };
const FOR_GATEWAYS: Judges = { 'tls.*': tlsRoute(true) };

/** What Istio refuses in the spec of a VirtualService. */
export function virtualServiceProblems({ spec, namespace }: Manifest): Problem[] {
  const gateways = asTexts(spec.gateways);
  const isDelegate = isUnset(spec.hosts) && !isOpen(spec);
  const isForGateways = gateways.length > 0 && !gateways.includes('mesh');
  return [
    ...below(['spec'], [...wholeProblems(spec, isDelegate), ...isForGateways ? [] : claimProblems(spec)]),
    ...below(['spec', 'hosts'], hostProblems(spec, isForGateways)),
    ...below(['spec', 'exportTo'], exportToProblems(spec.exportTo, { namespace })),
    ...problemsOf(isDelegate ? OF_DELEGATE : OF_SERVICE, spec, ['spec']),
    // without gateways names are taken as at gateways, though hosts are not
    ...problemsOf(gateways.includes('mesh') ? FOR_MESH : FOR_GATEWAYS, spec, ['spec']),
  ];
}

function wholeProblems(spec: Json, isDelegate: boolean): Problem[] {
  if (isOpen(spec)) return [];
  const kinds = ['http', 'tls', 'tcp'];
  const isEmpty = kinds.every(kind => isUnset(spec[kind]));
  const unfit = isDelegate ? ['gateways', 'tls', 'tcp'].filter(name => !isUnset(spec[name])) : [];
  return [
    ...isEmpty ? [[[], 'there is no route: http, tls or tcp is wanted'] as Problem] : [],
    ...unfit.map((name): Problem => [[name], `${name} without hosts: a VirtualService that is delegated to has http routes only`]),
  ];
}

function claimProblems(spec: Json): Problem[] {
  if (isOpenList(spec.gateways)) return [];
  const message = `routes by claims of a token are for gateways only, and gateways has ${isUnset(spec.gateways) ? 'none' : 'mesh'}`;
  return asObjects(spec.http).flatMap((route, i) => asObjects(route.match).flatMap((match, j) => ['headers', 'withoutHeaders'].flatMap(field =>
    Object.keys(asObject(match[field])).filter(isClaim).map((name): Problem => [['http', i, 'match', j, field, name], message]))));
}

function hostProblems(spec: Json, isForGateways: boolean): Problem[] {
  const hosts = asTexts(spec.hosts);
  const isKnown = !isOpenList(spec.gateways);
  const hasNames = asObjects(spec.tls).some(({ match }) => asObjects(match).some(({ sniHosts }) => !isUnset(sniHosts)));
  const found = hosts.flatMap((host, i): Problem[] => {
    if (host === '*') return isForGateways || !isKnown ? [] : [[[i], 'host "*" is for gateways only: callers in the mesh need a name']];
    return isIP(host) !== 0 ? [] : told(hasNames ? sniRefusal(host, isForGateways || !isKnown) : wildcardDomainRefusal(host), i);
  });
  return found.length > 0 || hosts.some(isFilledIn) ? found : doubles(hosts);
}

function isOpenList(list: Json): boolean {
  return isVariable(list) || asTexts(list).some(isFilledIn);
}

/** Hosts that are one, or of which one covers the other; by their ends, as there may be many. */
function doubles(hosts: readonly string[]): Problem[] {
  const ends = new Map(hosts.filter(host => host.startsWith('*')).map(host => [host.slice(1), host]));
  const known = new Set<string>();
  return hosts.flatMap((host, i): Problem[] => {
    const isKnown = known.has(host);
    known.add(host);
    if (isKnown) return [[[i], `host "${host}" is there twice`]];
    const other = coverOf(host, ends);
    return other === undefined ? [] : [[[i], `host "${host}" is one of "${other}", which is there, too`]];
  });
}

function coverOf(host: string, ends: ReadonlyMap<string, string>): string | undefined {
  const first = host.startsWith('*') ? 2 : 0;
  for (let at = first; ends.size > 0 && at <= host.length; at++) {
    const cover = ends.get(host.slice(at));
    if (cover !== undefined) return cover;
  }
  return undefined;
}

/** Names of Gateways; one without a namespace is the last that is looked at. */
function gatewayProblems(value: Json): Problem[] {
  const names = asTexts(value);
  const last = names.findIndex(name => !name.includes('/'));
  return names.slice(0, last < 0 ? names.length : last + 1).flatMap((name, i) => told(gatewayRefusal(name), i));
}

function gatewayRefusal(name: string): Refusal {
  if (isFilledIn(name)) return undefined;
  if (!name.includes('/')) return domainRefusal(name);
  const [namespace, ...rest] = name.split('/');
  return isDnsLabel(namespace) && isDnsLabel(rest.join('/')) ? undefined : `gateway "${name}" is not of the form namespace/name`;
}
