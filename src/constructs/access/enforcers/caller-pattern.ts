import { TrustDomain } from '../../../identity';
import { AccessSource } from '../access-source';

/**
 * The SPIFFE ID that a caller proves, whole or by its beginning: who shows a token, by that of who hands it on.
 */
export function callerPattern({ _caller: caller }: AccessSource, trustDomain: TrustDomain): { readonly exact: string } | { readonly prefix: string } {
  switch (caller.kind) {
    case 'workload': return { exact: caller.identity.spiffeId.uri };
    case 'namespace': return { prefix: `${trustDomain.uri}/ns/${caller.namespace}/sa/` };
    // the slash keeps out trust domains whose name begins so
    case 'trustDomain': return { prefix: `${caller.trustDomain.uri}/` };
    case 'identity': return { exact: caller.spiffeId.uri };
    case 'token': return { exact: caller.through.identity.spiffeId.uri };
  }
}

/**
 * The claims that a caller has to show, each with the values of which the token has to have one; none without a token.
 */
export function callerClaims({ _caller: caller }: AccessSource): { readonly [name: string]: string[] } | undefined {
  return caller.kind === 'token' ? { iss: [caller.issuer.issuer], ...caller.claims } : undefined;
}
