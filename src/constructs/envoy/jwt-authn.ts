import { isIP } from 'node:net';

const TYPE = 'type.googleapis.com/envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication';
const FETCH_TIMEOUT = '5s';

/**
 * The filter that verifies tokens, which is also the name of the metadata in which others find what it verified.
 */
export const JWT_AUTHN = 'envoy.filters.http.jwt_authn';

/**
 * The key of a token's claims in that metadata.
 */
export const JWT_PAYLOAD = 'payload';

/**
 * Whose tokens are verified, and how.
 */
export interface JwtIssuer {
  readonly issuer: string;
  /** With `https://` and a DNS name. */
  readonly jwksUri: string;
  readonly audiences: string[];
}

/**
 * The host that has the keys of an issuer.
 */
export interface JwksHost {
  readonly cluster: string;
  readonly host: string;
  readonly port: number;
}

/**
 * @throws for an address: its certificate could not be told by a name
 */
export function jwksHost({ issuer, jwksUri }: JwtIssuer): JwksHost {
  const { hostname, port } = new URL(jwksUri);
  if (isIP(hostname.replace(/[[\]]/g, '')) > 0) {
    throw new Error(`token issuer '${issuer}' has its keys at '${jwksUri}', an address: Envoy tells the host by the name in its certificate, use a DNS name`);
  }
  const number = Number(port || 443);
  return { cluster: `jwks_${hostname}_${number}`, host: hostname, port: number };
}

/**
 * The filter that verifies tokens and keeps their claims for the filters after it, which decide about requests without a token, too. A token that
 * does not verify is refused, as Istio does: without its claims no denial by token would hold. None without issuers.
 */
export function jwtAuthnFilters(issuers: JwtIssuer[]): any[] {
  return issuers.length === 0 ? [] : [{
    name: JWT_AUTHN,
    typed_config: {
      '@type': TYPE,
      'providers': Object.fromEntries(issuers.map((one) => [one.issuer, provider(one)])),
      'rules': [{ match: { prefix: '/' }, requires: { allow_missing: {} } }],
    },
  }];
}

function provider(issuer: JwtIssuer): any {
  return {
    issuer: issuer.issuer,
    audiences: issuer.audiences,
    // a token in a URL would be in the logs of everybody
    from_headers: [{ name: 'Authorization', value_prefix: 'Bearer ' }],
    // the workload may hand it on
    forward: true,
    payload_in_metadata: JWT_PAYLOAD,
    remote_jwks: {
      http_uri: { uri: issuer.jwksUri, cluster: jwksHost(issuer).cluster, timeout: FETCH_TIMEOUT },
      // before the first request, and again before they are old
      async_fetch: {},
    },
  };
}
