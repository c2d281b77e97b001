import { isFilledIn } from '../../../model/filled-in';
import { GATEWAY_API, gatewayNamed, gatewayRoutes } from '../../../model/kubernetes/gateway-api';
import { Json, Manifest, Path, asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { System } from '../../../model/system';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshRouteListener: Rule = {
  id: 'MESH-ROUTE-LISTENER',
  level: Level.ERROR,
  title: 'no listener of its Gateway takes a route',
  why: 'the route is not attached: the Gateway answers 404, or nothing',
  fix: 'name a listener that is there, a hostname of it, and let the namespace in with allowedRoutes',
  source: 'Gateway API: ParentReference, AllowedRoutes, hostnames',
  check: (system, report) => {
    // listeners may come from elsewhere
    if (['ListenerSet', 'XListenerSet'].some(kind => system.all(kind).length > 0)) return;
    for (const route of gatewayRoutes(system)) {
      asObjects(route.spec.parentRefs).forEach((parent, i) => {
        const gateway = gatewayOf(system, route, parent);
        const problem = gateway && problemOf(system, route, gateway, parent);
        if (problem) report.at(route, problem.path ?? ['spec', 'parentRefs', i], `Gateway ${gateway.namespace}/${gateway.name} ${problem.message}`);
      });
    }
  },
};

function gatewayOf(system: System, route: Manifest, { group = GATEWAY_API, kind = 'Gateway', namespace = route.namespace, name }: Json): Manifest | undefined {
  return group === GATEWAY_API && kind === 'Gateway' ? gatewayNamed(system, asText(namespace), asText(name)) : undefined;
}

function problemOf(system: System, route: Manifest, gateway: Manifest, { sectionName, port }: Json): { message: string; path?: Path } | undefined {
  const all = asObjects(gateway.spec.listeners);
  if (all.length === 0 || isFilledIn(asText(sectionName))) return undefined;
  const named = all.filter(one => (sectionName === undefined || one.name === sectionName) && (port === undefined || one.port === port));
  if (named.length === 0) return { message: `has no listener ${asText(sectionName) || `on port ${asText(port)}`}, it has ${all.map(one => asText(one.name)).join(', ')}` };
  const speaking = named.filter(one => takesKind(one, route.kind));
  if (speaking.length === 0) return { message: `takes no ${route.kind} at a listener of protocol ${[...new Set(named.map(protocolOf))].join(', ')}` };
  const open = speaking.filter(one => takesNamespace(system, one, gateway.namespace, route.namespace));
  if (open.length === 0) return { message: `takes no routes of namespace ${route.namespace}: allowedRoutes.namespaces.from is ${asText(fromOf(speaking[0])) || 'not set, which is Same'}` };
  const hosts = asTexts(route.spec.hostnames);
  const isServed = hosts.length === 0 || open.some(({ hostname }) => asText(hostname) === '' || isFilledIn(asText(hostname)) || hosts.some(host => isFilledIn(host) || overlap(host, asText(hostname))));
  return isServed ? undefined : { message: `has no listener for ${hosts.join(', ')}: it has ${open.map(one => asText(one.hostname)).join(', ')}`, path: ['spec', 'hostnames'] };
}

/** The kinds of routes that listeners take, by their protocol; of other protocols nothing is said. */
const KINDS: Record<string, string[]> = {
  'HTTP': ['HTTPRoute', 'GRPCRoute'], 'HTTPS': ['HTTPRoute', 'GRPCRoute'], 'TLS, passed': ['TLSRoute', 'TCPRoute'], 'TLS': ['TLSRoute', 'TCPRoute'], 'TCP': ['TCPRoute'], 'UDP': ['UDPRoute'],
};

function protocolOf({ protocol, tls }: Json): string {
  return asText(protocol) === 'TLS' && asObject(tls).mode === 'Passthrough' ? 'TLS, passed' : asText(protocol);
}

function takesKind(listener: Json, kind: string): boolean {
  const kinds = KINDS[protocolOf(listener)];
  return kinds === undefined || kinds.includes(kind);
}

function fromOf({ allowedRoutes }: Json): unknown {
  return asObject(asObject(allowedRoutes).namespaces).from;
}

function takesNamespace(system: System, listener: Json, own: string, namespace: string): boolean {
  const { from = 'Same', selector } = asObject(asObject(listener.allowedRoutes).namespaces);
  if (own === '' || namespace === '' || from === 'All') return true;
  if (from === 'Selector') return system.labelsOf(namespace) === undefined || system.selectsNamespace(selector, namespace);
  return from === 'Same' ? own === namespace : from !== 'None';
}

/** Whether there is a name that both are for; a star stands for one label or more. */
function overlap(one: string, other: string): boolean {
  const ends = (name: string, pattern: string): boolean => pattern.startsWith('*.') && name.replace(/^\*/, '').endsWith(pattern.slice(1));
  return one === other || ends(one, other) || ends(other, one);
}
