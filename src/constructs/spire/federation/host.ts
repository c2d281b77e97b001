const LOOPBACK = /^(localhost|127\..*|0\.0\.0\.0|::1)$/;

/**
 * Refuses a host that another cluster cannot call: with a scheme, of this cluster only, or of this machine only.
 */
export function requireReachableHost(where: string, host: string): void {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(host);
  if (scheme) {
    throw new Error(`${where} has host '${host}' with scheme '${scheme[1]}': give the host alone, the endpoint is always https`);
  }
  if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(host)) {
    throw new Error(`${where} has host '${host}', which is no DNS name or IPv4 address: use one such as 'spire-bundle.example.org', without port and path`);
  }
  if (LOOPBACK.test(host) || /\.svc(\.|$)/.test(host) || !host.includes('.')) {
    throw new Error(`${where} has host '${host}', which other clusters cannot reach: give a name that leads to a load balancer`);
  }
}

/**
 * Refuses a URL of a bundle endpoint that the controller manager's webhook or SPIRE refuses, or that no other cluster can reach.
 */
export function requireBundleEndpointUrl(where: string, url: string): void {
  const match = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\/([^/@?#]*@)?([^/:?#]*)(:\d+)?(\/[^?#]*)?$/.exec(url);
  if (match?.[1].toLowerCase() !== 'https') {
    throw new Error(`${where} has URL '${url}': SPIRE fetches bundles over https only, use one such as 'https://spire-bundle.example.org'`);
  }
  if (match[2]) {
    throw new Error(`${where} has URL '${url}' with a user: remove it, the bundle is public`);
  }
  requireReachableHost(where, match[3]);
}
