import { Judge, Judges, Problem, problemsOf, text } from '../places';
import { told } from './values';
import { isFilledIn } from '../../../model/filled-in';
import { Json, asObject } from '../../../model/manifest';
import { Refusal } from '../../../model/mesh/refused-values';

const NAME = /^[!#$%&'*+\-.^_`|~A-Za-z0-9]+$/;
const PSEUDO = [':method', ':scheme', ':authority', ':path', ':status'];
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000A-\u001F\u007F]/;
const VARIABLE = /^%[^%(]*(?:\((?:\s*\[\s*(?:"(?:[^"\\]|\\.)*"\s*,?\s*)*\]\s*|[^)]*)\) *)?%/;

/** What routes and their destinations do to headers. */
export const HEADERS: Judges = {
  'request.set|add': manipulated(true),
  'response.set|add': manipulated(false),
  'request|response.remove.*': text(name => operationRefusal(name, false)),
};

/** A claim of the caller's token that a header stands for, such as `@request.auth.claims.groups`. */
export function isClaim(name: string): boolean {
  return /^@request\.auth\.claims(?:\..+|\[.+\])$/i.test(name);
}

/** The name of a header that is compared. */
export function nameRefusal(name: string): Refusal {
  return isClaim(name) || PSEUDO.includes(name) ? undefined : plainRefusal(name);
}

/** The name of a header in an answer to a browser. */
export const corsName: Judge = text(name => name === '*' ? undefined : plainRefusal(name));

export function isAuthority(name: string): boolean {
  return /^(:authority|host)$/i.test(name);
}

/** The authority is changed in one place only. */
export function authorityProblems(route: Json): Problem[] {
  const set = (['set', 'add'] as const).flatMap(way => Object.keys(asObject(asObject(asObject(route.headers).request)[way])).filter(isAuthority)
    .map((name): Problem => [['headers', 'request', way, name], `the authority is changed more than once: header ${name} beside another`]));
  const isRewritten = ![undefined, null, ''].includes(asObject(route.rewrite).authority);
  return set.slice(isRewritten ? 0 : 1);
}

/** Problems of all that is done to headers below a place. */
export function headerProblems(value: Json): Problem[] {
  return problemsOf(HEADERS, value, []);
}

function manipulated(isRequest: boolean): Judge {
  return headers => Object.keys(asObject(headers)).flatMap(name => [
    ...told(operationRefusal(name, isRequest), name),
    ...told(typeof headers[name] === 'string' ? valueRefusal(headers[name]) : undefined, name),
  ]);
}

function plainRefusal(name: string): Refusal {
  if (name === '') return 'a header has no name';
  return isFilledIn(name) || NAME.test(name) ? undefined : `"${name}" is no name of a header`;
}

function operationRefusal(name: string, isRequest: boolean): Refusal {
  if (isFilledIn(name) || isRequest && isAuthority(name)) return undefined;
  if (name === '') return 'a header has no name';
  if (/^host$/i.test(name)) return `header ${name} may be set in requests only`;
  return name.startsWith(':') ? `header "${name}" cannot be changed: it begins with ":"` : undefined;
}

/** A value in which what stands between percent signs is put in by Envoy. */
function valueRefusal(value: string): Refusal {
  if (isFilledIn(value)) return undefined;
  if (CONTROL.test(value)) return `${JSON.stringify(value)} has a control character: a header takes none`;
  for (let at = value.indexOf('%'); at >= 0; at = value.indexOf('%', at)) {
    const rest = value.slice(at);
    const variable = rest.startsWith('%%') ? '%%' : VARIABLE.exec(rest)?.[0];
    if (variable === undefined) return `"${value}" has a percent sign that begins no variable such as %HOSTNAME%: write %%`;
    at += variable.length;
  }
  return undefined;
}
