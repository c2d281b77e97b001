import { GATEWAY_API } from '../../../model/kubernetes/gateway-api';
import { Json, Manifest, Path, asObjects, asText } from '../../../model/manifest';
import { Problem, hostnameProblem, nameProblem, repeated } from '../../../model/mesh/gateway-api-values';
import { Level } from '../../finding';
import { Rule } from '../../rule';

export const meshListenerShape: Rule = {
  id: 'MESH-LISTENER-SHAPE',
  level: Level.ERROR,
  title: 'a Gateway of the Gateway API has listeners that are refused',
  why: 'the API server refuses it by the rules in its CustomResourceDefinition',
  fix: 'correct the listener',
  source: 'CustomResourceDefinition of Gateway API 1.6.0; gateway-api hack/invalid-examples',
  check: (system, report) => {
    for (const gateway of system.all('Gateway').filter(({ group }) => group === GATEWAY_API)) {
      for (const [path, message, fix] of problems(gateway)) report.at(gateway, path, message, fix);
    }
  },
};

const LONGEST_ADDRESS = 253;

function problems({ spec }: Manifest): Problem[] {
  const listeners = asObjects(spec.listeners);
  if (Array.isArray(spec.listeners) && listeners.length === 0) return [[['spec', 'listeners'], 'there is no listener']];
  return [
    ...listeners.flatMap((listener, i) => ofListener(listener, ['spec', 'listeners', i])),
    ...repeated(listeners.map(({ name }) => asText(name))).map((i): Problem => [['spec', 'listeners', i, 'name'], `there is a listener ${asText(listeners[i].name)} already`]),
    ...repeated(listeners.map(placeOf)).map((i): Problem =>
      [['spec', 'listeners', i], `listener ${asText(listeners[i].name)} has the port, protocol and hostname of another one`]),
    ...asObjects(spec.addresses).flatMap((address, i) => ofAddress(address, ['spec', 'addresses', i])),
  ];
}

function placeOf({ port, protocol, hostname }: Json): string {
  return `${asText(port)} ${asText(protocol)} ${asText(hostname)}`;
}

function ofListener(listener: Json, path: Path): Problem[] {
  const protocol = asText(listener.protocol);
  const found: Problem[] = [...nameProblem([...path, 'name'], listener.name), ...hostnameProblem([...path, 'hostname'], listener.hostname)];
  if (/^(HTTP|TCP|UDP)$/.test(protocol) && listener.tls !== undefined) found.push([[...path, 'tls'], `a listener of protocol ${protocol} has tls`, 'remove tls, or let protocol be HTTPS or TLS']);
  if (/^(TCP|UDP)$/.test(protocol) && asText(listener.hostname) !== '') found.push([[...path, 'hostname'], `a listener of protocol ${protocol} has a hostname`, 'remove hostname']);
  return found;
}

function ofAddress(address: Json, path: Path): Problem[] {
  const value = asText(address.value);
  if (value.length > LONGEST_ADDRESS) return [[[...path, 'value'], `the address has more than ${LONGEST_ADDRESS} characters`]];
  return address.type === 'Hostname' ? hostnameProblem([...path, 'value'], value) : [];
}
