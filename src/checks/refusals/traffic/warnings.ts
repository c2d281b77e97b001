import { isNamed } from './destinations';
import { Judges, Problem, isUnset, problemsOf, text } from '../places';
import { HTTP_PROTOCOLS, isOf } from './protocols';
import { isGiven, isOpen, told } from './values';
import { isFilledIn } from '../../../model/filled-in';
import { Json, asObject, asObjects, asText, asTexts } from '../../../model/manifest';
import { isVariable } from '../../schemas/notation';

const OLD = ['TLSV1_0', 'TLSV1_1'];
const PASSED_THROUGH = ['PASSTHROUGH', 'AUTO_PASSTHROUGH'];
const CERTIFICATES = ['credentialName', 'credentialNames', 'serverCertificate', 'privateKey', 'caCertificates', 'caCrl', 'tlsCertificates'];
const CIPHERS = /^((ECDHE-(ECDSA|RSA)-)?(AES128(-GCM-SHA256|-SHA)|AES256(-GCM-SHA384|-SHA))|ECDHE-(ECDSA|RSA)-CHACHA20-POLY1305|DES-CBC3-SHA|ALL)$/;

const GATEWAY: Judges = {
  'servers.*': redirectProblems,
  'servers.*.tls': tlsProblems,
  // expressions begin with a sign
  'servers.*.tls.cipherSuites.*': text(name => /^[a-z0-9]/i.test(name) && !CIPHERS.test(name) && !isFilledIn(name)
    ? `cipherSuites "${name}" is unknown, and left out` : undefined),
};

const VIRTUAL_SERVICE: Judges = {
  'http.*.fault.abort': abort => ['httpStatus', 'grpcStatus', 'http2Error'].some(name => isGiven(abort[name])) || isOpen(abort)
    ? undefined : 'abort without httpStatus or grpcStatus aborts nothing',
};

const SERVICE_ENTRY: Judges = {
  'workloadSelector': value => Object.keys(asObject(value.labels)).length === 0 && !isOpen(value) && !isVariable(value.labels)
    ? 'workloadSelector without labels selects every workload of the namespace' : undefined,
  '': entryProblems,
};

const KINDS: Readonly<Record<string, Judges>> = { Gateway: GATEWAY, VirtualService: VIRTUAL_SERVICE, ServiceEntry: SERVICE_ENTRY };

/** The kinds that Istio may take with a warning. */
export const WARNED_OF = Object.keys(KINDS);

/** What Istio takes, and warns of. */
export function warningsOf(kind: string, spec: Json): Problem[] {
  return problemsOf(KINDS[kind], spec, ['spec']);
}

function redirectProblems({ port, tls }: Json): Problem[] {
  const isDead = asObject(tls).httpsRedirect === true && !isVariable(port) && !isOf(HTTP_PROTOCOLS, asObject(port).protocol);
  const message = `httpsRedirect at a server of protocol ${asText(asObject(port).protocol)}: only plain HTTP is sent on`;
  return isDead ? [[['tls', 'httpsRedirect'], message]] : [];
}

function tlsProblems(tls: Json): Problem[] {
  const named = CERTIFICATES.filter(name => !isUnset(tls[name]));
  const isDead = PASSED_THROUGH.includes(asText(tls.mode)) && named.length > 0;
  const isOld = OLD.includes(asText(tls.minProtocolVersion)) && isUnset(tls.cipherSuites);
  const dead = `mode ${asText(tls.mode)} beside ${named.join(', ')}: TLS is passed through, and no certificate is used`;
  const old = `minProtocolVersion ${asText(tls.minProtocolVersion)} without cipherSuites: those that are the default are for 1.2 and newer`;
  return [...told(isDead ? dead : undefined, named[0]), ...told(isOld ? old : undefined, 'minProtocolVersion')];
}

function entryProblems(spec: Json): Problem[] {
  return [...starProblems(spec), ...directProblems(spec)];
}

function starProblems(spec: Json): Problem[] {
  const hosts = spec.resolution === 'DYNAMIC_DNS' ? [] : asTexts(spec.hosts);
  return hosts.flatMap((host, i) => {
    const isPart = /^\*[^.]/.test(host) && !isFilledIn(host);
    return told(isPart ? `host "${host}" has a star that is no whole label` : undefined, 'hosts', i);
  });
}

/** Requests go where callers send them. */
function directProblems(spec: Json): Problem[] {
  const isDirect = !isNamed(spec.resolution) || spec.resolution === 'NONE';
  if (!isDirect || isOpen(spec)) return [];
  const plain = asObjects(spec.ports).findIndex(({ protocol }) => asText(protocol).toUpperCase() === 'TCP');
  const isUnused = isGiven(spec.workloadSelector);
  const unused = isUnused ? 'workloadSelector with resolution NONE, which is the default: what it selects is not used' : undefined;
  const isWide = plain >= 0 && asTexts(spec.addresses).length === 0;
  const wide = isWide ? 'a TCP port without addresses and with resolution NONE: every connection to this port is taken for the host' : undefined;
  return [...told(unused, 'workloadSelector'), ...told(wide, 'ports', plain)];
}
