const UNITS: Record<string, number> = { ns: 1e-9, us: 1e-6, µs: 1e-6, μs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };
const MAX_SECONDS = 9223372036.854775807;

/** Go's time.ParseDuration, in seconds; undefined where it fails. */
export function parseDuration(text: string): number | undefined {
  const match = /^([+-]?)(.*)$/s.exec(text);
  const rest = match ? match[2] : '';
  if (rest === '0') return 0;
  let seconds = 0;
  let at = 0;
  const piece = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/y;
  while (at < rest.length) {
    piece.lastIndex = at;
    const found = piece.exec(rest);
    if (!found) return undefined;
    seconds += Number(found[1]) * UNITS[found[2]];
    at = piece.lastIndex;
  }
  if (rest === '' || seconds > MAX_SECONDS) return undefined;
  return match![1] === '-' ? -seconds : seconds;
}

/** A duration the way people write it: `36h`, `1h30m`. */
export function formatDuration(seconds: number): string {
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), Math.floor(seconds % 60)];
  return [h && `${h}h`, m && `${m}m`, s && `${s}s`].filter(Boolean).join('') || '0s';
}

const SEVEN_DAYS = 7 * 24 * 3600;

/** The longest SVID lifetime SPIRE can keep its promise for: one sixth of the CA's, at most 7 days. In seconds. */
export function maxSvidTtl(caTtl: number): number {
  return Math.min(caTtl / 6, SEVEN_DAYS);
}

const BAD_CHARACTERS = 'characters are limited to lower case letters, digits, dots, dashes and underscores';

/** Why a text is no trust domain for SPIRE, or undefined. A SPIFFE ID is taken and reduced. */
export function trustDomainError(text: string): string | undefined {
  if (text === '') return 'trust domain is missing';
  if (text.includes(':/')) return spiffeIdError(text);
  return /^[a-z0-9._-]+$/.test(text) ? undefined : BAD_CHARACTERS;
}

/** The bare name of a trust domain given as name or SPIFFE ID. */
export function trustDomainName(text: string): string {
  return text.replace(/^spiffe:\/\//, '').replace(/\/.*$/, '');
}

/** Why a text is no SPIFFE ID, or undefined. */
export function spiffeIdError(text: string): string | undefined {
  if (text === '') return 'cannot be empty';
  if (!text.startsWith('spiffe://')) return 'scheme is missing or invalid';
  const [trustDomain, ...segments] = text.slice('spiffe://'.length).split('/');
  if (trustDomain === '') return 'trust domain is missing';
  if (!/^[a-z0-9._-]+$/.test(trustDomain)) return `trust domain ${BAD_CHARACTERS}`;
  if (segments.length > 0 && segments[segments.length - 1] === '') return 'path cannot have a trailing slash';
  if (segments.includes('')) return 'path cannot contain empty segments';
  if (segments.some(segment => segment === '.' || segment === '..')) return 'path cannot contain dot segments';
  if (segments.some(segment => !/^[a-zA-Z0-9._-]+$/.test(segment))) {
    return 'path segment characters are limited to letters, digits, dots, dashes and underscores';
  }
  return undefined;
}

/** Whether net.ParseIP takes the text. */
export function isIp(text: string): boolean {
  return isIpv4(text) || isIpv6(text);
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every(part => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

function isIpv6(text: string): boolean {
  if (!text.includes(':')) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap(half => (half === '' ? [] : half.split(':')));
  const last = groups[groups.length - 1];
  const tail = last !== undefined && last.includes('.') && text.endsWith(last) ? groups.pop() : undefined;
  if (tail !== undefined && !isIpv4(tail)) return false;
  const count = groups.length + (tail === undefined ? 0 : 2);
  return groups.every(group => /^[0-9a-fA-F]{1,4}$/.test(group)) && (halves.length === 2 ? count < 8 : count === 8);
}

/** Whether a text is a host and a port, as Go's net package takes them apart. */
export function isHostPort(text: string): boolean {
  const found = /^(?:\[([^\][]*)\]|([^:\][]*)):(\d*)$/.exec(text);
  return found !== null && Number(found[3]) <= 65535 && (found[1] ? isIpv6(found[1].replace(/%.*$/, '')) || isIpv4(found[1]) : isHost(found[2] ?? ''));
}

/** The same for a service that is listened at: Go knows the ports of a few names. */
export function isTcpAddress(text: string): boolean {
  return isHostPort(text.replace(/:(http|https|ftp|ssh|domain)$/, ':1'));
}

/** Whether a text is an IP address, or a name that may have one: no name ends in a label of digits. */
export function isHost(text: string): boolean {
  if (text === '' || isIp(text) || isIpv6(text.replace(/%[^%]+$/, ''))) return true;
  return /^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?$/.test(text) && !/(^|\.)\d+\.?$/.test(text) && !text.includes('..');
}

/** Whether net.ParseCIDR takes the text. */
export function isCidr(text: string): boolean {
  const [ip, bits, ...rest] = text.split('/');
  if (bits === undefined || rest.length > 0 || !/^\d+$/.test(bits)) return false;
  return isIpv4(ip) ? Number(bits) <= 32 : isIpv6(ip) && Number(bits) <= 128;
}

/** The clean form of a path, as Go's filepath.Clean gives it. */
export function cleanPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `${path.startsWith('/') ? '/' : ''}${parts.join('/')}`;
}

/** The folder of a path. */
export function folderOf(path: string): string {
  const clean = cleanPath(path);
  const at = clean.lastIndexOf('/');
  return at <= 0 ? '/' : clean.slice(0, at);
}
