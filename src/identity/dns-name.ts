/**
 * Whether a name is a DNS label, as names of namespaces and services are.
 */
export function isDnsLabel(name: string): boolean {
  return isDnsSubdomain(name, 63) && !name.includes('.');
}

/**
 * Whether a name is a full DNS name, of two labels or more.
 */
export function isFullDnsName(name: string): boolean {
  return isDnsSubdomain(name) && name.includes('.');
}

/**
 * Whether a name is a DNS subdomain, as names of most other Kubernetes objects are: labels with single dots between them.
 */
export function isDnsSubdomain(name: string, longest: number = 253): boolean {
  return typeof name === 'string' && name.length <= longest && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(name);
}
