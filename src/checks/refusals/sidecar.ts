import { Judges, Problem, isUnset, text } from './places';
import { sidecarTlsProblems } from './sidecar-tls';
import { connectionPool } from './traffic/connection-pool';
import { isFilledIn } from '../../model/filled-in';
import { Json, asList, asObject, asObjects, asText } from '../../model/manifest';
import { isUnixAddress, namespacedHostRefusal, portNameRefusal, protocolRefusal, unixAddressRefusal } from '../../model/mesh/refused-forms';
import { Refusal, addressRefusal, domainRefusal, portRefusal } from '../../model/mesh/refused-values';

/** What Istio refuses in a Sidecar. */
export const SIDECAR: Judges = {
  '': wholeProblems,
  'ingress': ingressProblems,
  'ingress|egress.*.port.name': text(nameRefusal),
  'ingress|egress.*.port.protocol': text(protocolRefusal),
  'ingress|egress.*.port.targetPort': port => port > 0 ? 'targetPort has no effect in a Sidecar, and is refused' : undefined,
  'ingress.*': inboundProblems,
  'ingress.*.defaultEndpoint': text(endpointRefusal),
  'ingress.*.connectionPool': connectionPool,
  'inboundConnectionPool': connectionPool,
  'egress': egressProblems,
  'egress.*': outboundProblems,
  'egress.*.hosts.*': text(namespacedHostRefusal),
  'outboundTrafficPolicy': policyProblems,
};

const PARTS = ['ingress', 'egress', 'outboundTrafficPolicy', 'inboundConnectionPool'];

function wholeProblems(spec: Json): Problem[] {
  return PARTS.every(name => isUnset(spec[name])) ? [[[], `the Sidecar has none of ${PARTS.join(', ')}: an empty one is refused`]] : [];
}

function nameRefusal(name: string): Refusal {
  return name === '' ? undefined : portNameRefusal(name);
}

function ingressProblems(list: Json): Problem[] {
  return repeatedPorts(asObjects(list).map(({ port }) => asObject(port).number));
}

/** A listener that is there for each port once; port 0 is a socket. */
function repeatedPorts(numbers: readonly Json[]): Problem[] {
  return numbers.flatMap((number, i): Problem[] => typeof number === 'number' && numbers.indexOf(number) < i ? [[[i, 'port', 'number'], `port ${number} has a listener already`]] : []);
}

function inboundProblems(listener: Json): Problem[] {
  if (isUnset(listener.port)) return [];
  const found = [...portProblems(listener), ...bindProblems(listener)];
  return isUnset(listener.tls) ? found : [...found, ...sidecarTlsProblems(listener)];
}

function portProblems({ port }: Json): Problem[] {
  const refusal = typeof port === 'object' ? portRefusal(port.number ?? 0) : undefined;
  return refusal === undefined ? [] : [[['port', 'number'], refusal]];
}

function bindProblems({ bind }: Json): Problem[] {
  const refusal = isUnset(bind) || typeof bind !== 'string' ? undefined : addressRefusal(bind);
  return refusal === undefined ? [] : [[['bind'], refusal]];
}

const ENDPOINTS = ['', '127.0.0.1', '0.0.0.0', '::1', '::'];

/** Where the application listens. */
function endpointRefusal(endpoint: string): Refusal {
  if (endpoint === '' || isFilledIn(endpoint)) return undefined;
  if (isUnixAddress(endpoint)) return unixAddressRefusal(endpoint);
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:[\]]*)):([^:]*)$/.exec(endpoint) ?? [];
  if (!ENDPOINTS.includes(bracketed ?? plain)) return `defaultEndpoint "${endpoint}" is not of the form 127.0.0.1:PORT, 0.0.0.0:PORT, [::1]:PORT, [::]:PORT, :PORT or unix://PATH`;
  return /^\d+$/.test(port) ? portRefusal(port) : `defaultEndpoint "${endpoint}" has no port at its end`;
}

function egressProblems(list: Json): Problem[] {
  const listeners = asObjects(list);
  const catchAll = listeners.findIndex(({ port, hosts }) => isUnset(port) && hosts !== undefined);
  const early: Problem[] = catchAll >= 0 && catchAll < listeners.length - 1 ? [[[catchAll], 'a listener without port takes all that is left: it must be the last, and the only one']] : [];
  const sockets = listeners.map(({ port, bind }) => !isUnset(port) && isSocket(port) ? asText(bind) : undefined);
  return [
    ...early,
    ...repeatedPorts(listeners.map(({ port }) => asObject(port).number || undefined)),
    ...sockets.flatMap((bind, i): Problem[] => bind !== undefined && sockets.indexOf(bind) < i ? [[[i, 'bind'], `"${bind}" has a listener already`]] : []),
  ];
}

function isSocket(port: Json): boolean {
  return typeof port === 'object' && (port.number ?? 0) === 0;
}

function outboundProblems(listener: Json): Problem[] {
  const { port, bind, captureMode } = asObject(listener);
  const found: Problem[] = listener.hosts !== undefined && asList(listener.hosts).length === 0 ? [[['hosts'], 'a listener of egress needs hosts']] : [];
  if (isUnset(port)) return found;
  if (!isSocket(port)) return [...found, ...portProblems(listener), ...bindProblems(listener)];
  const refusal = isUnixAddress(asText(bind)) ? unixAddressRefusal(bind) : 'a listener without port number needs bind with a socket, such as unix:///var/run/app.sock';
  if (refusal !== undefined) found.push([['port'], refusal]);
  if (captureMode === 'IPTABLES') found.push([['captureMode'], 'IPTABLES captures no socket: DEFAULT or NONE is wanted']);
  return found;
}

function policyProblems({ mode, egressProxy }: Json): Problem[] {
  if (mode === 'ALLOW_ANY_DYNAMIC_DNS') return [[['mode'], 'ALLOW_ANY_DYNAMIC_DNS is for meshConfig only']];
  if (isUnset(egressProxy)) return [];
  if (mode !== 'ALLOW_ANY') return [[['egressProxy'], 'egressProxy is for mode ALLOW_ANY only']];
  const { host, port, subset } = asObject(egressProxy);
  const refusals: [string, Refusal][] = [
    ['host', host === undefined ? undefined : domainRefusal(asText(host))],
    ['port', isUnset(port) ? 'egressProxy needs a port' : portRefusal(port.number ?? 0)],
    ['subset', isUnset(subset) ? undefined : portNameRefusal(asText(subset))],
  ];
  return refusals.flatMap(([name, refusal]): Problem[] => refusal === undefined ? [] : [[['egressProxy', name], refusal]]);
}
