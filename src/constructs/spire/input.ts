import { Duration } from 'cdk8s';
import { requireSocketLength } from '../../cluster/socket-path';
import { goDuration, requirePositive } from '../../formats/go-duration';
import { isDnsLabel } from '../../identity/dns-name';

/**
 * Refuses an empty text: SPIRE takes it as "not set".
 */
export function requireText(name: string, value: string): string {
  if (typeof value !== 'string') {
    throw new Error(`${name} is ${value}: give a text`);
  }
  if (value.trim() === '') {
    throw new Error(`${name} is empty: give a value, or leave it out if it is optional`);
  }
  return value;
}

/**
 * Refuses empty values of several keys at once; undefined ones are left alone.
 */
export function requireTexts(values: { readonly [name: string]: string | undefined }): void {
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) {
      requireText(name, value);
    }
  }
}

/**
 * Refuses what is no region of a cloud: it stands in the host names of its services.
 */
export function requireRegion(value: string): void {
  requireText('region', value);
  if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(value)) {
    throw new Error(`region '${value}' is no region of a cloud: use a-z, 0-9 and '-', such as 'eu-west-1'`);
  }
}

/**
 * Refuses what is no bucket of a cloud's storage: it stands in URLs.
 */
export function requireBucket(name: string, value: string): void {
  requireText(name, value);
  if (!/^[A-Za-z0-9._-]+$/.test(value)) {
    throw new Error(`${name} '${value}' is no name of a bucket: use letters, digits, '.', '-' and '_', without scheme and path`);
  }
}

/**
 * Refuses what is no namespace of Kubernetes.
 */
export function requireNamespace(name: string, value: string): void {
  requireText(name, value);
  if (!isDnsLabel(value)) {
    throw new Error(`${name} '${value}' is no name of a namespace: use up to 63 of a-z, 0-9 and '-', not at the ends`);
  }
}

/**
 * Refuses what is no host, because it is a URL or has a port.
 */
export function requireHost(name: string, value: string): void {
  requireText(name, value);
  if (!/^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[?[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\]?)$/.test(value)) {
    throw new Error(`${name} '${value}' is no host: give a DNS name or an address alone, without scheme, port and path`);
  }
}

/**
 * Refuses a list without elements.
 */
export function requireSome<T>(name: string, values: T[]): T[] {
  if (!Array.isArray(values)) {
    throw new Error(`${name} is '${values}': give a list`);
  }
  if (values.length === 0) {
    throw new Error(`${name} is empty: give at least one`);
  }
  return values;
}

/**
 * Refuses what is no whole number in a range.
 */
export function requireInteger(name: string, value: number | undefined, least: number, most = Number.MAX_SAFE_INTEGER): void {
  if (value !== undefined && !(Number.isInteger(value) && value >= least && value <= most)) {
    const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
    throw new Error(`${name} ${typeof value === 'number' ? value : JSON.stringify(value)} is not possible: give a whole number ${range}`);
  }
}

/**
 * Refuses what is no TCP port.
 */
export function requirePort(name: string, value: number | undefined): void {
  requireInteger(name, value, 1, 65535);
}

/**
 * Refuses what is no https URL.
 */
export function requireHttps(name: string, value: string | undefined): void {
  if (value !== undefined && !/^https:\/\/[^\s/?#@]+(\/[^\s]*)?$/.test(value)) {
    throw new Error(`${name} '${value}' is no https URL: write it as 'https://host.example.org'`);
  }
}

/**
 * Refuses a path that is not absolute, or that a socket cannot have.
 */
export function requireSocketPath(name: string, value: string | undefined): void {
  if (value === undefined) {
    return;
  }
  if (!/^(\/(?!\.\.?(\/|$))[A-Za-z0-9._-]+)+$/.test(value)) {
    throw new Error(`${name} '${value}' is no absolute path: use one such as '/run/spire/admin/api.sock'`);
  }
  requireSocketLength(name, value);
}

/**
 * Refuses a path that is not absolute.
 */
export function requireDirectory(name: string, value: string): string {
  if (!/^(\/(?!\.\.?(\/|$))[A-Za-z0-9._-]+)+$/.test(value)) {
    throw new Error(`${name} '${value}' is no absolute path: use one such as '/var/lib/kubelet', without a trailing slash`);
  }
  return value;
}

/**
 * The text of an optional duration; refuses one that is not positive.
 */
export function optionalDuration(name: string, value: Duration | undefined): string | undefined {
  requirePositive(name, value);
  return value && goDuration(value);
}

/**
 * Refuses a word that is not in a list, for values of libraries in other languages and of JSON.
 */
export function requireOneOf(name: string, value: string | undefined, allowed: string[]): void {
  if (value !== undefined && !allowed.includes(value)) {
    throw new Error(`${name} '${value}' is unknown: use one of ${allowed.join(', ')}`);
  }
}
