/** A pattern of Go's http.ServeMux: `[METHOD ][HOST]/[PATH]`, with names in braces for whole segments. */
export function muxPatternFault(pattern: string): string | undefined {
  const [, method, rest] = /^(?:([^ \t]*)[ \t]+)?([^]*)$/.exec(pattern)!;
  if (/[ \t]/.test(pattern) && !/^[!#$%&'*+.^_`|~A-Za-z0-9-]*$/.test(method ?? '')) return `"${method}" before the space is no method`;
  const slash = rest.indexOf('/');
  if (slash < 0) return 'there is no slash';
  if (rest.slice(0, slash).includes('{')) return 'there is no slash before the brace';
  const path = rest.slice(slash);
  if (method && method !== 'CONNECT' && path !== cleaned(path)) return 'a path with a method has to be clean';
  const names = new Set<string>();
  const segments = path.slice(1).split('/');
  for (const [i, segment] of segments.entries()) {
    if (!segment.includes('{')) continue;
    const last = i === segments.length - 1;
    const [, name, dots] = /^\{(.*?)(\.\.\.)?\}$/.exec(segment) ?? [];
    if (name === '$' && !dots && last) continue;
    if (name === undefined || !/^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(name) || (dots && !last) || names.has(name)) return `"${segment}" is no wildcard`;
    names.add(name);
  }
  return undefined;
}

function cleaned(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/').filter(found => found !== '' && found !== '.')) {
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  const clean = `/${parts.join('/')}`;
  return path.endsWith('/') && clean !== '/' ? `${clean}/` : clean;
}

/** How the requests of one pattern are related to those of another. */
type Relation = 'same' | 'more' | 'fewer' | 'none' | 'some';

/** Whether Go's router panics at two patterns: it has to know which of them is the closer one. */
export function patternsConflict(one: string, other: string): boolean {
  const [a, b] = [takeApart(one), takeApart(other)];
  return a.host === b.host && ['same', 'some'].includes(both(methods(a.method, b.method), paths(a.segments, b.segments)));
}

/** A segment is a text, a wildcard (`{}`), or all that is left (`{...}`). */
function takeApart(pattern: string): { method: string; host: string; segments: string[] } {
  const [, method = '', host, path] = /^(?:([^ \t]*)[ \t]+)?([^/]*)\/([^]*)$/.exec(pattern)!;
  const segments = path.split('/').map((segment, i, { length }) => {
    if (segment === '' && i === length - 1) return '{...}';
    if (segment === '{$}') return '/';
    return segment.startsWith('{') ? (segment.endsWith('...}') ? '{...}' : '{}') : unescaped(segment);
  });
  return { method, host, segments };
}

function unescaped(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function methods(a: string, b: string): Relation {
  if (a === b) return 'same';
  if (a === '' || (a === 'GET' && b === 'HEAD')) return 'more';
  return b === '' || (a === 'HEAD' && b === 'GET') ? 'fewer' : 'none';
}

function paths(a: readonly string[], b: readonly string[]): Relation {
  const common = Math.min(a.length, b.length);
  let relation: Relation = 'same';
  for (let i = 0; i < common; i++) relation = both(relation, segmentRelation(a[i], b[i]));
  if (a.length === b.length) return relation;
  const shorter = a.length < b.length ? a : b;
  if (shorter[common - 1] !== '{...}') return 'none';
  return both(relation, shorter === a ? 'more' : 'fewer');
}

function segmentRelation(a: string, b: string): Relation {
  if (a === b) return 'same';
  if (a === '{...}' || (a === '{}' && b !== '{...}' && b !== '/')) return 'more';
  return b === '{...}' || (b === '{}' && a !== '/') ? 'fewer' : 'none';
}

function both(one: Relation, other: Relation): Relation {
  if (one === 'none' || other === 'none') return 'none';
  if (one === 'same' || one === other) return other;
  return other === 'same' ? one : 'some';
}
