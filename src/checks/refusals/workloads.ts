import { Judges, Problem, isUnset, number, text } from './places';
import { isFilledIn } from '../../model/filled-in';
import { Json, asList, asObject, asRecord, asText } from '../../model/manifest';
import { isUnixAddress, portNameRefusal, unixAddressRefusal } from '../../model/mesh/refused-forms';
import { Refusal, addressRefusal, domainRefusal, podLabelsRefusal, portRefusal } from '../../model/mesh/refused-values';

const notNegative = number(value => value >= 0, 'at least 0');

/** What Istio refuses in a WorkloadEntry. */
export const WORKLOAD_ENTRY: Judges = {
  '': wholeProblems,
  'address': text(addressOrNameRefusal),
  'ports': portsProblems,
  'labels': labels => podLabelsRefusal(asRecord(labels)),
  'weight': notNegative,
};

/** What Istio refuses in a WorkloadGroup, whose template is a WorkloadEntry of which an address comes later. */
export const WORKLOAD_GROUP: Judges = {
  'metadata.labels': labels => podLabelsRefusal(asRecord(labels)),
  'template': socketProblems,
  'template.address': address => typeof address === 'string' && isUnixAddress(address) ? unixAddressRefusal(address) : undefined,
  'template.ports': portsProblems,
  'template.weight': notNegative,
  'probe': probeProblems,
  'probe.initialDelaySeconds|timeoutSeconds|periodSeconds|successThreshold|failureThreshold': notNegative,
  'probe.httpGet|tcpSocket|grpc.port': portRefusal,
  'probe.httpGet.scheme': text(schemeRefusal),
  'probe.httpGet.httpHeaders.*': headerProblems,
  'probe.exec.command': command => asList(command).length === 0 ? 'exec needs a command' : undefined,
};

function wholeProblems(spec: Json): Problem[] {
  return isUnset(spec.address) && isUnset(spec.network) ? [[[], 'there is no address: without one a network is wanted']] : socketProblems(spec);
}

function socketProblems({ address, ports }: Json): Problem[] {
  return isUnixAddress(asText(address)) && Object.keys(asRecord(ports)).length > 0 ? [[['ports'], `"${address}" is a socket, which has no ports`]] : [];
}

function addressOrNameRefusal(address: string): Refusal {
  if (address === '' || isFilledIn(address)) return undefined;
  if (isUnixAddress(address)) return unixAddressRefusal(address);
  return addressRefusal(address) === undefined || domainRefusal(address) === undefined ? undefined : `"${address}" is neither an IP address nor a DNS name`;
}

function portsProblems(ports: Json): Problem[] {
  return Object.keys(asObject(ports)).flatMap((name): Problem[] => {
    const refusal = portNameRefusal(name) ?? portRefusal(ports[name]);
    return refusal === undefined ? [] : [[[name], refusal]];
  });
}

const METHODS = ['httpGet', 'tcpSocket', 'exec'];

function probeProblems(probe: Json): Problem[] {
  if (METHODS.some(name => probe[name] !== undefined)) return [];
  const isGrpc = probe.grpc !== undefined;
  return [[[], `the probe has ${isGrpc ? 'grpc, which Istio refuses' : 'no way to ask'}: one of ${METHODS.join(', ')} is wanted`]];
}

function schemeRefusal(scheme: string): Refusal {
  return ['', 'HTTP', 'HTTPS'].includes(scheme) || isFilledIn(scheme) ? undefined : `scheme "${scheme}" is neither HTTP nor HTTPS`;
}

/** Kubernetes takes no underscore here. */
function headerProblems(header: Json): Problem[] {
  const name = asText(header.name);
  return isFilledIn(name) || /^[-A-Za-z0-9]+$/.test(name) ? [] : [[['name'], `"${name}" is no name of a header`]];
}
