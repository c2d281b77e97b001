import { HclBody, HclObject, HclValue } from '../../../formats/hcl';

/**
 * Writes keys that the library does not know, as they are given, below a comment that marks them.
 *
 * Throws when a key is one that the library writes itself: then there is a prop for it.
 *
 * @param owned keys that have a prop, whether it is given or not
 */
export function writeRawData(body: HclBody, raw: { readonly [key: string]: any } | undefined, owned: readonly string[] = []): void {
  const written = body.entries.flatMap((entry) => (entry.kind === 'comment' ? [] : [entry.key]));
  body.attributes(rawMembers(body, raw, [...written, ...owned]));
}

/**
 * The members of an object that the library does not know, with the comment that marks them in the body around it.
 */
export function rawMembers(body: HclBody, raw: { readonly [key: string]: any } | undefined, owned: readonly string[]): HclObject {
  const given = Object.entries(raw ?? {}).filter(([, value]) => value !== undefined);
  const known = new Set(owned.map((key) => key.toLowerCase()));
  for (const [key] of given) {
    if (known.has(key.toLowerCase())) {
      throw new Error(`additional key '${key}' is one that this library writes: use the property that sets it`);
    }
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) {
      throw new Error(`additional key '${key}' is no key of SPIRE's: use letters, digits and '_'`);
    }
  }
  if (given.length > 0) {
    body.comment(`cdk8s-spiffe-skip: SPIRE-UNKNOWN-KEY=${given.map(([key]) => key).join(', ')}: not known to cdk8s-spiffe, written as given`);
  }
  return Object.fromEntries(given.map(([key, value]) => [key, rawValue(key, value)]));
}

function rawValue(key: string, value: unknown): HclValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((element) => rawValue(key, element));
  }
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, rawValue(key, inner)]));
  }
  throw new Error(`additional key '${key}' has a value that HCL cannot hold: use texts, whole numbers, booleans, lists and maps of them`);
}
