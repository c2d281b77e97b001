import { createPublicKey, KeyObject, X509Certificate } from 'node:crypto';
import { Json, asList, asObject, asText } from '../manifest';

const X509 = 'x509-svid';
const JWT = 'jwt-svid';
const WIT = 'wit-svid';
const TYPES = ['EC', 'RSA', 'OKP', 'oct'];
const CURVES: Record<string, readonly string[]> = { EC: ['P-256', 'P-384', 'P-521'], OKP: ['Ed25519'] };
const BASE64 = /^[\w+/]+={0,2}$/;

/** What is found in a SPIFFE bundle. */
export interface BundleReading {
  /** Why SPIRE refuses it. */
  readonly problems: readonly string[];
  /** How many keys there are. */
  readonly keys: number;
  /** How many of them are for certificates. */
  readonly authorities: number;
  /** The trust domains that its certificates tell. */
  readonly trustDomains: readonly string[];
}

/** Whether a text is meant as a SPIFFE bundle in JSON. */
export function isBundleDocument(text: string): boolean {
  return /^\s*\{/.test(text) && /"keys"\s*:/.test(text) && /"spiffe_(sequence|refresh_hint)"|"(x509|jwt|wit)-svid"/.test(text);
}

/**
 * Reads a SPIFFE bundle, which is a set of JSON Web Keys.
 *
 * @param isStrict whether each key needs a use that SPIFFE has: go-spiffe leaves others out, SPIRE's own files must have one
 */
export function readBundle(text: string, isStrict: boolean): BundleReading {
  let document: Json;
  try {
    document = JSON.parse(text);
  } catch {
    return refused(text.includes('-----BEGIN') ? 'it is PEM, not a SPIFFE bundle' : 'it is no JSON');
  }
  if (!Array.isArray(asObject(document).keys)) return refused('it has no keys');
  const keys = asList(document.keys).map(asObject);
  const numbers = ['spiffe_sequence', 'spiffe_refresh_hint'].filter(name => document[name] !== undefined && document[name] !== null && !(Number.isInteger(document[name]) && document[name] >= 0));
  const certificates = keys.map(certificateOf);
  return {
    problems: [...numbers.map(name => `${name} is ${JSON.stringify(document[name])}, not a whole number`), ...keys.flatMap((key, i) => keyProblems(key, i, isStrict))],
    keys: keys.length,
    authorities: keys.filter(key => key.use === X509).length,
    trustDomains: certificates.flatMap(certificate => /URI:spiffe:\/\/([^/,\s"]+)/.exec(certificate?.subjectAltName ?? '')?.[1] ?? []),
  };
}

function refused(problem: string): BundleReading {
  return { problems: [problem], keys: 0, authorities: 0, trustDomains: [] };
}

function keyProblems(key: Json, i: number, isStrict: boolean): string[] {
  const problem = useProblem(key, isStrict) ?? valueProblem(key) ?? certificateProblem(key);
  return problem === undefined ? [] : [`keys[${i}] ${problem}`];
}

function useProblem({ use, x5c, kid }: Json, isStrict: boolean): string | undefined {
  if (use === X509 && asList(x5c).length !== 1) return `is for ${X509} and has ${asList(x5c).length} certificates in x5c, not one`;
  if (use === JWT && asText(kid) === '') return `is for ${JWT} and has no kid`;
  if (isStrict && ![X509, JWT, WIT].includes(asText(use))) return use === undefined ? `has no use: ${X509} or ${JWT}` : `has use ${JSON.stringify(use)}, not ${X509} or ${JWT}`;
  return undefined;
}

function valueProblem(key: Json): string | undefined {
  const wrong = ['kty', 'kid', 'alg', 'crv', 'use'].find(name => key[name] !== undefined && key[name] !== null && typeof key[name] !== 'string');
  if (wrong !== undefined) return `has ${wrong} ${JSON.stringify(key[wrong])}: text is wanted`;
  if (asText(key.kty) === '') return 'has no kty';
  if (!TYPES.includes(key.kty)) return `is of type ${key.kty}: ${TYPES.join(', ')} are known`;
  if (key.kty === 'oct') return asList(key.x5c).length > 0 ? 'is of type oct and has a certificate' : undefined;
  const isWritten = ['x', 'y', 'n', 'e'].every(name => /^[\w-]*$/.test(asText(key[name])));
  const isCurve = key.kty === 'RSA' || CURVES[key.kty].includes(asText(key.crv));
  return isWritten && isCurve && publicKeyOf(key) ? undefined : `is no key of type ${key.kty}${key.kty === 'RSA' ? '' : ` on one of ${CURVES[key.kty].join(', ')}`}`;
}

function certificateProblem(key: Json): string | undefined {
  const [first] = asList(key.x5c);
  if (first === undefined) return undefined;
  const certificate = certificateOf(key);
  if (!certificate) return 'has an x5c that is no certificate: base64 of its DER, without the lines of PEM, is wanted';
  const own = publicKeyOf(key);
  if (own && !own.equals(certificate.publicKey)) return 'has another key than the certificate in x5c';
  return key.use !== X509 || certificate.ca ? undefined : 'has a certificate of no CA in x5c, which can sign no SVID';
}

function certificateOf({ x5c }: Json): X509Certificate | undefined {
  const text = asText(asList(x5c)[0]).replace(/[\r\n]/g, '');
  if (!BASE64.test(text)) return undefined;
  try {
    return new X509Certificate(Buffer.from(text, 'base64'));
  } catch {
    return undefined;
  }
}

function publicKeyOf(key: Json): KeyObject | undefined {
  try {
    return createPublicKey({ key, format: 'jwk' });
  } catch {
    return undefined;
  }
}
