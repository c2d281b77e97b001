import { Problem, isUnset } from './places';
import { isFilledIn } from '../../model/filled-in';
import { Json, asObject, asText } from '../../model/manifest';

const UNSUPPORTED = ['subjectAltNames', 'credentialName', 'credentialNames', 'tlsCertificates'];
const MUTUAL = ['MUTUAL', 'OPTIONAL_MUTUAL'];

/** What Istio has against the TLS of a listener of a Sidecar, which ends TLS with files only. */
export function sidecarTlsProblems(listener: Json): Problem[] {
  const tls = asObject(listener.tls);
  const mode = asText(tls.mode);
  const found: Problem[] = UNSUPPORTED.filter(name => !isUnset(tls[name])).map((name): Problem => [['tls', name], `a Sidecar takes no ${name}: its certificates are files`]);
  if (tls.httpsRedirect === true) found.push([['tls', 'httpsRedirect'], 'a Sidecar takes no httpsRedirect']);
  if (mode === 'ISTIO_MUTUAL' || mode === 'AUTO_PASSTHROUGH') found.push([['tls', 'mode'], `a Sidecar takes no mode ${mode}: SIMPLE or MUTUAL are wanted`]);
  const protocol = asText(asObject(listener.port).protocol);
  if (!['https', 'tls'].includes(protocol.toLowerCase()) && !isFilledIn(protocol)) found.push([['tls'], `TLS at a port of protocol "${protocol}": HTTPS or TLS is wanted`]);
  return [...found, ...fileProblems(tls, mode)];
}

function fileProblems(tls: Json, mode: string): Problem[] {
  if (mode !== 'SIMPLE' && !MUTUAL.includes(mode)) return [];
  if (!isUnset(tls.credentialName) || !isUnset(tls.credentialNames) || !isUnset(tls.tlsCertificates)) return [];
  const needed = ['serverCertificate', 'privateKey', ...MUTUAL.includes(mode) ? ['caCertificates'] : []];
  const missing = needed.filter(name => isUnset(tls[name])).map((name): Problem => [['tls'], `mode ${mode} needs ${name}`]);
  return mode === 'SIMPLE' && !isUnset(tls.caCrl) ? [...missing, [['tls', 'caCrl'], 'caCrl is for MUTUAL only']] : missing;
}
