import type { SentToken } from './istio-authorization';
import { matchesText } from './istio-text';

export interface TokenRule {
  readonly issuer: string;
  readonly audiences?: string[];
  readonly fromHeaders?: { readonly name: string; readonly prefix?: string }[];
  readonly fromParams?: string[];
}

type Claims = { readonly [name: string]: any };

/**
 * The claims that a proxy has verified; none without a token where it looks for one, or the answer to a token that is wrong.
 */
export function verifiedClaims(rules: TokenRule[], token: SentToken | undefined): { readonly claims?: Claims; readonly refused?: 'deny' | 'unauthenticated' } {
  const looking = rules.filter((rule) => token !== undefined && looksAt(rule, token));
  if (token === undefined || looking.length === 0) {
    return {};
  }
  const rule = looking.find(({ issuer }) => issuer === token.claims?.iss);
  if (token.problem !== undefined || rule === undefined) {
    return { refused: 'unauthenticated' };
  }
  return hasAudience(rule, token.claims!) ? { claims: token.claims } : { refused: 'deny' };
}

/**
 * Where a rule says itself where tokens are, it looks nowhere else.
 */
function looksAt({ fromHeaders, fromParams }: TokenRule, { in: place }: SentToken): boolean {
  const isDefault = fromHeaders === undefined && fromParams === undefined;
  const headers = fromHeaders ?? (isDefault ? [{ name: 'authorization', prefix: 'Bearer ' }] : []);
  const params = fromParams ?? (isDefault ? ['access_token'] : []);
  if (place?.param !== undefined) {
    return params.includes(place.param);
  }
  const sent = { header: place?.header ?? 'authorization', prefix: place?.prefix ?? (place?.header ? '' : 'Bearer ') };
  return headers.some(({ name, prefix }) => name.toLowerCase() === sent.header.toLowerCase() && (prefix ?? '') === sent.prefix);
}

function hasAudience({ audiences }: TokenRule, { aud }: Claims): boolean {
  const plain = (text: string) => text.replace(/^https?:\/\//, '').replace(/\/$/, '');
  return !audiences || audiences.length === 0 || [aud].flat().some((one) => typeof one === 'string' && audiences.some((other) => plain(other) === plain(one)));
}

/**
 * `ISSUER/SUBJECT`, cut at the last slash: a star at the beginning is about the issuer, one at the end about the subject.
 */
export function requestPrincipalMatches(value: string, claims: Claims | undefined): boolean {
  const [issuer, subject] = [claims?.iss, claims?.sub];
  if (typeof issuer !== 'string' || typeof subject !== 'string' || issuer === '' || subject === '') {
    return false;
  }
  if (value === '*') {
    return true;
  }
  const cut = value.lastIndexOf('/');
  if (cut < 0) {
    return value.startsWith('*') ? matchesText(value, subject) : value.endsWith('*') && matchesText(value, issuer);
  }
  const [wantedIssuer, wantedSubject] = [value.slice(0, cut), value.slice(cut + 1)];
  if (value.startsWith('*')) {
    return matchesText(wantedIssuer, issuer) && subject === wantedSubject;
  }
  return issuer === wantedIssuer && matchesText(wantedSubject, subject);
}

/**
 * Only texts and lists of texts are compared. Two claims hold several values in one text, with spaces between them.
 */
export function claimMatches(value: string, path: string[], claims: Claims | undefined): boolean {
  const found = path.reduce<any>((at, name) => at?.[name], claims);
  const spaced = ['scope', 'permission'].includes(path.join('.')) && typeof found === 'string';
  return (spaced ? found.split(' ') : [found].flat()).some((one: any) => typeof one === 'string' && matchesText(value, one));
}
