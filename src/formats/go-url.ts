/** Why Go's url.Parse refuses a text, or undefined. */
export function goUrlFault(text: string): string | undefined {
  const [url, ...fragment] = text.split('#');
  if (hasBrokenEscape(fragment.join('#'))) return BROKEN_ESCAPE;
  return parse(url, behind => !behind.startsWith('///'));
}

/** Why Go's url.ParseRequestURI refuses a text: it wants an absolute URL or an absolute path. */
export function goRequestUriFault(text: string): string | undefined {
  if (text === '') return 'is empty';
  if (text === '*') return undefined;
  if (!/^([a-zA-Z][a-zA-Z0-9+.-]*:|\/)/.test(text)) return 'has no scheme';
  return parse(text, () => false);
}

const BROKEN_ESCAPE = 'has a % that no two hexadecimal digits follow';

function parse(text: string, mayBeHost: (behind: string) => boolean): string | undefined {
  if (/[\u0000-\u001f\u007f]/.test(text)) return 'has a control character';
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(text);
  if (text.startsWith(':')) return 'has no scheme before the colon';
  const behind = (scheme ? text.slice(scheme[0].length) : text).split('?')[0];
  if (!behind.startsWith('/')) {
    if (scheme) return undefined;
    if (behind.split('/')[0].includes(':')) return 'has a colon before the first slash';
  }
  const authority = scheme || mayBeHost(behind) ? /^\/\/([^/]*)/.exec(behind) : null;
  if (hasBrokenEscape(authority ? behind.slice(authority[0].length) : behind)) return BROKEN_ESCAPE;
  return authority ? authorityFault(authority[1]) : undefined;
}

function hasBrokenEscape(text: string): boolean {
  return /%(?![0-9a-fA-F]{2})/.test(text);
}

function authorityFault(authority: string): string | undefined {
  const at = authority.lastIndexOf('@');
  const host = authority.slice(at + 1);
  if (at >= 0 && !/^(?:[A-Za-z0-9._:~!$&'()*+,;=@-]|%[0-9a-fA-F]{2})*$/.test(authority.slice(0, at))) return 'has a user that is not valid';
  const bracketed = host.startsWith('[');
  if (host.lastIndexOf('[') > 0 || (bracketed && !host.includes(']'))) return 'has a [ that is not closed, or not at the start of the host';
  const port = bracketed ? host.slice(host.lastIndexOf(']') + 1) : host.includes(':') ? host.slice(host.lastIndexOf(':')) : '';
  if (!/^(?::\d*)?$/.test(port)) return `has "${port.replace(/^:/, '')}" for a port`;
  const name = bracketed ? host.replace(/%25.*\]/, ']') : host;
  return /^(?:[A-Za-z0-9._~!$&'()*+,;=:[\]<>"-]|[^\u0000-\u007f]|%25|%[89a-fA-F][0-9a-fA-F])*$/.test(name) ? undefined : 'has a character in its host that may not be there';
}
