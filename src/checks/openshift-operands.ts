import { Json, Manifest, Path, asObject, asObjects, asText } from '../model/manifest';
import { parseDuration, trustDomainName } from '../model/spire/values';

/** Something that the operator does not take. */
interface OperandProblem {
  readonly path: Path;
  readonly message: string;
}

/** What OpenShift's operator of SPIRE refuses, or leaves out, in one of its resources; `own` is the trust domain that it is for. */
export function operandProblems({ kind, spec }: Manifest, own: string): OperandProblem[] {
  if (kind === 'ZeroTrustWorkloadIdentityManager') return clusterName(spec);
  if (kind === 'SpireOIDCDiscoveryProvider') return [...issuer(spec), ...replicas(spec)];
  return kind === 'SpireServer' ? [...issuer(spec), ...lifetimes(spec), ...storage(spec), ...keys(spec), ...federation(asObject(spec.federation), own)] : [];
}

function issuer({ jwtIssuer }: Json): OperandProblem[] {
  const url = asText(jwtIssuer);
  return url === '' || /^https?:\/\/[^/]/.test(url) || /[${]/.test(url) ? [] : [{ path: ['spec', 'jwtIssuer'], message: `jwtIssuer "${url}" is no URL of http or https` }];
}

function clusterName(spec: Json): OperandProblem[] {
  const name = asText(spec.clusterName);
  const isLabel = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name);
  return name === '' || isLabel || /[${]/.test(name) ? [] : [{ path: ['spec', 'clusterName'], message: `clusterName "${name}" is no DNS label` }];
}

function replicas({ replicaCount }: Json): OperandProblem[] {
  return typeof replicaCount === 'number' && (replicaCount < 1 || replicaCount > 5) ? [{ path: ['spec', 'replicaCount'], message: `replicaCount ${replicaCount} is not 1 to 5` }] : [];
}

function lifetimes(spec: Json): OperandProblem[] {
  const standard: Readonly<Record<string, string>> = { caValidity: '24h', defaultX509Validity: '1h', defaultJWTValidity: '5m' };
  const of = (name: string): number | undefined => parseDuration(asText(spec[name]) || standard[name]);
  const ca = of('caValidity');
  return ['defaultX509Validity', 'defaultJWTValidity'].flatMap(name => {
    const ttl = of(name);
    const path = ['spec', spec[name] === undefined ? 'caValidity' : name];
    return ca === undefined || ttl === undefined || ttl < ca ? [] : [{ path, message: `caValidity ${asText(spec.caValidity) || '24h'} is not longer than ${name} ${asText(spec[name]) || standard[name]}` }];
  });
}

function storage({ persistence }: Json): OperandProblem[] {
  const size = asText(asObject(persistence).size);
  return size === '' || /^[1-9][0-9]*Gi$/.test(size) ? [] : [{ path: ['spec', 'persistence', 'size'], message: `size "${size}" is no number of Gi, such as 1Gi` }];
}

function keys({ keyManager }: Json): OperandProblem[] {
  return String(asObject(keyManager).memoryEnabled) === 'true' ? [{ path: ['spec', 'keyManager', 'memoryEnabled'], message: 'memoryEnabled has no effect: the server always keeps its keys on disk' }] : [];
}

function federation({ bundleEndpoint, federatesWith }: Json, own: string): OperandProblem[] {
  const at = ['spec', 'federation'];
  const web = asObject(asObject(bundleEndpoint).httpsWeb);
  const found: OperandProblem[] = [];
  if (web.acme !== undefined && web.servingCert !== undefined) found.push({ path: [...at, 'bundleEndpoint', 'httpsWeb'], message: 'httpsWeb has acme and servingCert: it takes one' });
  if (web.acme !== undefined && String(asObject(web.acme).tosAccepted) !== 'true') {
    found.push({ path: [...at, 'bundleEndpoint', 'httpsWeb', 'acme', 'tosAccepted'], message: 'acme needs tosAccepted: "true"' });
  }
  asObjects(federatesWith).forEach(({ trustDomain, bundleEndpointUrl }, i) => {
    const path = [...at, 'federatesWith', i];
    const url = asText(bundleEndpointUrl);
    if (own !== '' && trustDomainName(asText(trustDomain)) === own) found.push({ path: [...path, 'trustDomain'], message: `federatesWith has "${own}", the own trust domain` });
    if (url !== '' && !url.startsWith('https://')) found.push({ path: [...path, 'bundleEndpointUrl'], message: `bundleEndpointUrl "${url}" does not start with https://` });
  });
  return found;
}
