const CAPTURING = new WeakSet<object>();

/**
 * Keeps whether the proxies of a mesh answer DNS, by its configuration.
 */
export function setDnsCapture(mesh: object, { defaultConfig }: any): void {
  if (String(defaultConfig?.proxyMetadata?.ISTIO_META_DNS_CAPTURE) === 'true') {
    CAPTURING.add(mesh);
  }
}

/**
 * Whether the proxies of a mesh answer DNS: then each host outside has an address of its own, and TCP to one is told from TCP to another.
 */
export function capturesDns(mesh: object): boolean {
  return CAPTURING.has(mesh);
}
