import { belowIssuer, OidcIssuer } from './oidc-config';
import { Platform, Stage } from '../../../delivery';

/**
 * What the commands name.
 */
export interface OidcPlace {
  readonly name: string;
  readonly namespace: string;
  readonly certificate: string;
  readonly issuer: OidcIssuer;
}

/**
 * Adds the commands that show whether verifiers get the keys of JWT-SVIDs.
 */
export function addOidcSteps(platform: Platform, { name, namespace, certificate, issuer }: OidcPlace): void {
  const keys = belowIssuer(issuer, 'keys');
  platform.addStepBefore(Stage.IDENTITIES, {
    purpose: `Give the OIDC discovery provider the certificate for ${issuer.host}, unless something like cert-manager keeps it in Secret ${certificate}`,
    command: `kubectl -n ${namespace} create secret tls ${certificate} --cert=tls.crt --key=tls.key`,
  });
  platform.addStepAfter(Stage.IDENTITIES, {
    purpose: 'Wait for the OIDC discovery provider: its pods are ready only when they have an identity and keys',
    command: `kubectl -n ${namespace} rollout status deployment/${name} --timeout=5m`,
    expected: `deployment "${name}" successfully rolled out`,
  });
  platform.addStepAfter(Stage.IDENTITIES, {
    purpose: 'Ask as a verifier of JWT-SVIDs does, once the DNS name leads to the Service. The issuer is that of the tokens, byte by byte',
    command: `curl --fail --silent --show-error ${belowIssuer(issuer, '.well-known/openid-configuration')}`,
    expected: `{"issuer":"${issuer.url}","jwks_uri":"${keys}",...}`,
  });
  platform.addStepAfter(Stage.IDENTITIES, {
    purpose: 'See the keys',
    command: `curl --fail --silent --show-error ${keys}`,
    expected: '{"keys":[{"kty":...,"kid":...}]}',
  });
}
