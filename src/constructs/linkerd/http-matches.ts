/**
 * The methods that a route of Linkerd can name.
 */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];

/** What the schema of HTTPRoute allows in one rule. */
const MOST_MATCHES = 8;
const MOST_RULES = 16;

/**
 * Methods and paths of which a request has to have one each.
 */
export interface HttpLimit {
  readonly methods?: readonly string[];
  /** Regular expressions for the whole path. */
  readonly paths?: readonly string[];
}

/**
 * The rules of an HTTPRoute that takes these requests; none when a route cannot say it.
 */
export function httpRouteRules(limits: readonly HttpLimit[]): any[] | undefined {
  const matches = limits.flatMap(({ methods, paths }) => (methods ?? [undefined]).flatMap((method) => (paths ?? [undefined]).map((path) => ({
    path: path === undefined ? EVERY_PATH : { type: 'RegularExpression', value: path },
    ...(method ? { method } : {}),
  }))));
  const isKnown = limits.every(({ methods }) => (methods ?? []).every((method) => METHODS.includes(method)));
  if (!isKnown || matches.length > MOST_MATCHES * MOST_RULES) {
    return undefined;
  }
  return Array.from({ length: Math.ceil(matches.length / MOST_MATCHES) }, (_, index) => ({
    matches: matches.slice(index * MOST_MATCHES, (index + 1) * MOST_MATCHES),
  }));
}

const EVERY_PATH = { type: 'PathPrefix', value: '/' };
