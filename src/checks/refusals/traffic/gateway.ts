import { isIP } from 'node:net';
import { Judges, Problem, isUnset, problemsOf, text } from '../places';
import { isGiven, isOpen, port, told } from './values';
import { isFilledIn } from '../../../model/filled-in';
import { Json, Manifest, asObject, asText } from '../../../model/manifest';
import { isUnixAddress, protocolRefusal, unixAddressRefusal } from '../../../model/mesh/refused-forms';
import { Refusal, addressRefusal, isDnsLabel, wildcardDomainRefusal } from '../../../model/mesh/refused-values';
import { isVariable } from '../../schemas/notation';

const MOST_CERTIFICATES = 2;

const GATEWAY: Judges = {
  '': spec => isUnset(spec.servers) && !isOpen(spec) ? 'the Gateway has no server' : undefined,
  'servers.*': serverProblems,
  'servers.*.hosts.*': text(hostRefusal),
  'servers.*.port.protocol': text(protocol => protocol === '' ? 'the port has no protocol' : protocolRefusal(protocol)),
  'servers.*.port.targetPort': value => value > 0 ? 'targetPort has no meaning here: pods of the gateway listen at number' : undefined,
  'servers.*.port.name': text(name => name === '' ? 'the port has no name' : undefined),
  'servers.*.bind': text(bindRefusal),
  'servers.*.tls.credentialNames|tlsCertificates': value => Array.isArray(value) && value.length > MOST_CERTIFICATES
    ? `${value.length} certificates: ${MOST_CERTIFICATES} are taken at most, one RSA and one ECDSA` : undefined,
};

/** What Istio refuses in a Gateway; what is wrong about TLS and about names of ports is told elsewhere. */
export function gatewayProblems({ name, spec }: Manifest): Problem[] {
  const isNamed = name === '' || isDnsLabel(name);
  const named = isNamed ? [] : told(`"${name}" is no name of a Gateway: it is a label of DNS, without dots, of 63 characters at most`, 'metadata', 'name');
  return [...named, ...problemsOf(GATEWAY, spec, ['spec'])];
}

function serverProblems(server: Json): Problem[] {
  if (isOpen(server)) return [];
  const noHost = Array.isArray(server.hosts) && server.hosts.length === 0 ? [[['hosts'], 'the server has no hosts'] as Problem] : [];
  return [...noHost, ...isGiven(server.port) && !isVariable(server.port) ? portProblems(server) : []];
}

function portProblems({ port: value, bind }: Json): Problem[] {
  const { number } = asObject(value);
  const isUnix = isUnixAddress(asText(bind));
  if (isFilledIn(asText(bind)) && number === 0) return [];
  if (!isUnix || !Number.isInteger(number)) return told(port(number) as Refusal, 'port', 'number');
  return number === 0 ? [] : [[['port', 'number'], `port ${number} of a socket in a file: 0 is wanted`]];
}

function bindRefusal(bind: string): Refusal {
  if (bind === '' || isFilledIn(bind)) return undefined;
  return isUnixAddress(bind) ? unixAddressRefusal(bind) : addressRefusal(bind);
}

/** A host, with the namespace of the VirtualServices that may have it in front. */
function hostRefusal(entry: string): Refusal {
  if (isFilledIn(entry)) return undefined;
  const slash = entry.indexOf('/');
  if (slash < 0) return nameRefusal(entry);
  const namespace = entry.slice(0, slash);
  const isNamespace = namespace === '*' || namespace === '.' || isDnsLabel(namespace);
  if (isNamespace) return nameRefusal(entry.slice(slash + 1));
  return `host "${entry}" is not of the form namespace/host: "${namespace}" is neither "." nor "*" nor a namespace`;
}

function nameRefusal(host: string): Refusal {
  if (host === '*') return undefined;
  const isAddress = isIP(host) !== 0;
  if (!host.includes('.')) return `host "${host}" is a short name: write the whole name, with its dots`;
  if (host.includes('*') && !host.startsWith('*.')) return `host "${host}" has a star that is no whole label`;
  return isAddress ? undefined : wildcardDomainRefusal(host);
}
