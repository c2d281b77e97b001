import { Json, asObject, asText } from '../../model/manifest';
import { Refusal } from '../../model/mesh/refused-values';

/** The fields of a key that hold it. */
const PARTS = new Map([['RSA', ['n', 'e']], ['EC', ['x', 'y', 'crv']], ['OKP', ['x', 'crv']], ['oct', ['k']]]);
const TEXTS = ['kid', 'alg', 'use'];
const BASE64 = /^(?:[\w+/-]{4})*(?:[\w+/-]{2,3})?={0,2}$/;

/** What Istio has against a set of keys that is written out. */
export function keySetRefusal(text: string): Refusal {
  const keys = read(text);
  if (keys === undefined) return 'jwks is no JSON object with a list of keys';
  const wrong = keys.map(keyRefusal).findIndex(refusal => refusal !== undefined);
  return wrong < 0 ? undefined : `key ${wrong} of jwks ${keyRefusal(keys[wrong])}`;
}

function read(text: string): Json[] | undefined {
  try {
    const { keys } = asObject(JSON.parse(text));
    return Array.isArray(keys) ? keys : undefined;
  } catch {
    return undefined;
  }
}

function keyRefusal(key: Json): Refusal {
  const kty = asText(asObject(key).kty);
  const parts = PARTS.get(kty);
  if (!parts) return `has kty "${kty}": ${[...PARTS.keys()].join(', ')} are taken`;
  const missing = parts.find(name => key[name] === undefined);
  if (missing !== undefined) return `has no ${missing}, which a key of kty ${kty} must have`;
  const broken = parts.find(name => name !== 'crv' && !BASE64.test(asText(key[name])));
  if (broken !== undefined) return `has ${broken} that is no base64url`;
  const noText = TEXTS.find(name => key[name] !== undefined && typeof key[name] !== 'string');
  return noText === undefined ? undefined : `has ${noText} that is no text`;
}
