import { isOpenName } from './refused-values';
import { OBJECT_NAME } from '../kubernetes/forms';
import { Path, asText } from '../manifest';

/** Where something stands that is refused, what it is, and what to do. */
export type Problem = readonly [path: Path, message: string, fix?: string];

/** A name of a header or a parameter. */
export const TOKEN = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/;

/** What the definitions of the Gateway API have against a name of a section. */
export function nameProblem(path: Path, name: unknown): Problem[] {
  return isRefused(name, OBJECT_NAME) ? [[path, `"${asText(name)}" is no name: small letters, digits, - and . are taken`]] : [];
}

/** What they have against a hostname; its first label may be a `*`, unless it is one to go to. */
export function hostnameProblem(path: Path, hostname: unknown, mayBeWildcard = true): Problem[] {
  const name = mayBeWildcard ? asText(hostname).replace(/^\*\./, '') : asText(hostname);
  return isRefused(name, OBJECT_NAME) ? [[path, `"${asText(hostname)}" is no hostname${mayBeWildcard ? ': * may be its first label only' : ' without wildcards'}`]] : [];
}

/** The places of what was in a list before. */
export function repeated(keys: readonly string[]): number[] {
  const seen = new Set<string>();
  return keys.flatMap((key, i) => {
    if (seen.has(key)) return [i];
    seen.add(key);
    return [];
  });
}

function isRefused(value: unknown, pattern: RegExp): boolean {
  const text = asText(value);
  return text !== '' && !isOpenName(text) && !pattern.test(text);
}
