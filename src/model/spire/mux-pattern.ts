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

/** A pattern without the names of its wildcards: two that are the same cannot stand side by side. */
export function withoutNames(pattern: string): string {
  return pattern.replace(/\{[^}$.]+/g, '{').replace(/^[ \t]+/, '');
}
