import { Json, asObject, asObjects } from '../../../model/manifest';

const ANY_PATH = '{}';
// as text, or as the key that it is read as without quotes
const FILLED_IN = /\{\{|\$[\w{(]|"[{[]/;

/** A route that is never reached, and the one that takes its requests. */
export interface Shadowed {
  readonly at: number;
  readonly by: number;
}

/** What matches ask of a path beside the same other conditions, and the first routes with it. */
interface Taken {
  readonly exact: Map<string, number>;
  readonly prefix: Map<string, number>;
  readonly other: Map<string, number>;
}

/** The routes each of whose matches asks for no more than a match before it; what takes everything is told elsewhere. */
export function shadowedRoutes(routes: Json): Shadowed[] {
  const taken = new Map<string, Taken>();
  return asObjects(routes).flatMap((route, at): Shadowed[] => {
    const matches = asObjects(route.match);
    if (FILLED_IN.test(JSON.stringify([route.match]))) return [];
    const before = matches.map(match => takerOf(match, taken));
    // who is delegated to has conditions of his own
    for (const match of route.delegate ? [] : matches) remember(match, at, taken);
    const isShadowed = before.length > 0 && before.every(by => by !== undefined);
    return isShadowed && !before.every(by => isSame(routes[by!], route)) ? [{ at, by: before[0]! }] : [];
  });
}

/** Whether two routes do the same, so that it does not matter which is reached. */
function isSame(route: Json, other: Json): boolean {
  return ofWhole(route) === ofWhole(other);
}

function ofWhole(route: Json): string {
  return JSON.stringify(sorted({ ...route, name: undefined, match: undefined }));
}

/** The first route before that takes what a match asks for, with its other conditions or with none. */
function takerOf(match: Json, taken: ReadonlyMap<string, Taken>): number | undefined {
  const keys = [conditions(match), conditions({ ignoreUriCase: match.ignoreUriCase })];
  return keys.map(key => pathTaker(asObject(match.uri), taken.get(key))).find(by => by !== undefined);
}

function pathTaker(uri: Json, taken: Taken | undefined): number | undefined {
  const text = uri.exact ?? uri.prefix;
  const whole = taken?.other.get(ANY_PATH);
  if (!taken || typeof text !== 'string' || whole !== undefined) return whole ?? taken?.other.get(JSON.stringify(uri));
  const same = uri.exact === undefined ? undefined : taken.exact.get(text);
  for (let length = text.length; same === undefined && length > 0; length--) {
    const by = taken.prefix.get(text.slice(0, length));
    if (by !== undefined) return by;
  }
  return same;
}

function remember(match: Json, at: number, taken: Map<string, Taken>): void {
  const key = conditions(match);
  const paths: Taken = taken.get(key) ?? { exact: new Map(), prefix: new Map(), other: new Map() };
  taken.set(key, paths);
  const { exact, prefix } = asObject(match.uri);
  if (typeof exact === 'string') add(paths.exact, exact, at);
  else if (typeof prefix === 'string') add(paths.prefix, prefix, at);
  else add(paths.other, JSON.stringify(asObject(match.uri)), at);
}

function add(routes: Map<string, number>, path: string, at: number): void {
  if (!routes.has(path)) routes.set(path, at);
}

/** All that a match asks for but the path, in any order. */
function conditions(match: Json): string {
  return JSON.stringify(sorted({ ...match, name: undefined, statPrefix: undefined, uri: undefined }));
}

function sorted(value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.keys(value).sort().filter(key => value[key] !== undefined).map(key => [key, sorted(value[key])]);
}
