import { belowIssuer, OidcIssuer } from './oidc-config';
import { OIDC_PORTS } from './oidc-ports';
import { Platform, Stage } from '../../../delivery';

/**
 * What the commands name.
 */
export interface OidcPlace {
  readonly name: string;
  readonly namespace: string;
  readonly certificate: string;
  readonly issuer: OidcIssuer;
  readonly loadBalancer: boolean;
}

/**
 * Adds the commands that show whether verifiers get the keys of JWT-SVIDs.
 */
export function addOidcSteps(platform: Platform, place: OidcPlace): void {
  const { name, namespace, certificate, issuer, loadBalancer } = place;
  platform.addStepBefore(Stage.IDENTITIES, {
    purpose: `Give the OIDC discovery provider the certificate for ${issuer.host}, unless something like cert-manager keeps it in Secret ${certificate}`,
    command: `kubectl -n ${namespace} create secret tls ${certificate} --cert=tls.crt --key=tls.key`,
  });
  platform.addStepAfter(Stage.IDENTITIES, {
    purpose: 'Wait for the OIDC discovery provider: its pods are ready only when they have an identity and keys',
    command: `kubectl -n ${namespace} rollout status deployment/${name} --timeout=5m`,
    expected: `deployment "${name}" successfully rolled out`,
  });
  if (loadBalancer) {
    platform.addStepAfter(Stage.IDENTITIES, {
      purpose: `See the address of the OIDC discovery provider: ${issuer.host} has to lead there from where tokens are verified`,
      command: `kubectl -n ${namespace} get service ${name} -o jsonpath='{.status.loadBalancer.ingress[0].ip}{.status.loadBalancer.ingress[0].hostname}{"\\n"}'`,
      expected: `an address, which \`nslookup ${issuer.host}\` answers, too`,
    });
  }
  platform.addStepAfter(Stage.IDENTITIES, {
    purpose: 'Ask as a verifier of JWT-SVIDs does (with a certificate of a CA of your own: curl --cacert ca.crt). '
      + 'The issuer is that of the tokens, byte by byte, and there is a key at least',
    command: loadBalancer ? questions(issuer) : throughPortForward(place),
    expected: `["${issuer.url}","${belowIssuer(issuer, 'keys')}"]\n1`,
  });
}

function questions(issuer: OidcIssuer, options: string = ''): string {
  const curl = `curl --fail --silent --show-error${options}`;
  return `${curl} ${belowIssuer(issuer, '.well-known/openid-configuration')} | jq -c '[.issuer, .jwks_uri]'\n${curl} ${belowIssuer(issuer, 'keys')} | jq '.keys | length'`;
}

/**
 * Its name leads nowhere from outside of the cluster.
 */
function throughPortForward({ name, namespace, issuer }: OidcPlace): string {
  return [
    `kubectl -n ${namespace} port-forward service/${name} ${OIDC_PORTS.https}:${issuer.port} >/dev/null & sleep 3`,
    questions(issuer, ` --connect-to ${issuer.host}:${issuer.port}:127.0.0.1:${OIDC_PORTS.https}`),
    'kill $!',
  ].join('\n');
}
