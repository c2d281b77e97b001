import { Entrance } from './entrance';
import { BOOKINFO_PORT } from './service';
import { BookinfoWorkloads } from './workloads';
import { IngressGateway } from '../../constructs/istio';
import { Platform, Stage } from '../../delivery';

/**
 * What the checks have to know.
 */
export interface BookinfoCheckOptions extends Entrance {
  readonly namespace: string;
  readonly ingress: IngressGateway;
  readonly workloads: BookinfoWorkloads;
}

/**
 * Adds the commands that show whether Bookinfo came up, and that nobody else gets in.
 */
export function addBookinfoChecks(platform: Platform, { namespace, ingress, host, credentialName, workloads }: BookinfoCheckOptions): void {
  const { productpage } = workloads;
  platform.addStepBefore(Stage.GATEWAYS, {
    purpose: `Make a certificate for ${host} to try with; for others take one that they trust`,
    command: `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -keyout tls.key -out tls.crt -subj /CN=${host} -addext subjectAltName=DNS:${host}`,
  });
  platform.addStepBefore(Stage.GATEWAYS, {
    purpose: 'Put the certificate where the gateway looks for it (or let cert-manager do so)',
    command: `kubectl -n ${ingress.namespace} create secret tls ${credentialName} --cert=tls.crt --key=tls.key`,
  });
  platform.addStepAfter(Stage.GATEWAYS, {
    purpose: 'Wait for the gateway: it is ready only with an identity from SPIRE',
    command: `kubectl -n ${ingress.namespace} rollout status deployment/${ingress.name} --timeout=5m`,
    expected: `deployment "${ingress.name}" successfully rolled out`,
  });
  platform.addStepAfter(Stage.POLICIES, {
    purpose: 'See the policies: one for each workload that is called',
    command: `kubectl -n ${namespace} get authorizationpolicies,virtualservices,destinationrules -o name`,
    expected: 'the objects of 60-policies, and authorizationpolicy.security.istio.io/default-deny',
  });
  platform.addStepAfter(Stage.APPS, {
    purpose: 'Wait for Bookinfo',
    command: `kubectl -n ${namespace} wait --for=condition=Available deployment --all --timeout=5m`,
    expected: 'one line for each of the six deployments: ... condition met',
  });
  platform.addStepAfter(Stage.APPS, {
    purpose: 'See whose certificate the product page has: the issuer is SPIRE\'s CA, the SAN its SPIFFE ID',
    command: `istioctl -n ${namespace} proxy-config secret deployment/${productpage.name} -o json | jq -r '.dynamicActiveSecrets[] | select(.name=="default") | .secret.tlsCertificate.certificateChain.inlineBytes' | base64 -d | openssl x509 -noout -issuer -ext subjectAltName`,
    expected: `issuer=C = US, O = SPIFFE, ...\n    URI:${productpage.identity.spiffeId.uri}`,
  });
  platform.addStepAfter(Stage.APPS, {
    purpose: 'Open the product page through the gateway',
    command: `curl -sk -o /dev/null -w '%{http_code}\\n' --connect-to ${host}:443:$(kubectl -n ${ingress.namespace} get service ${ingress.name} -o jsonpath='{.status.loadBalancer.ingress[0].ip}{.status.loadBalancer.ingress[0].hostname}'):443 https://${host}/productpage`,
    expected: '200',
  });
  platform.addStepAfter(Stage.APPS, {
    purpose: 'See that a caller gets what it may ask and no more: the product page may not ask details for another path',
    command: `kubectl -n ${namespace} exec deployment/${productpage.name} -c productpage -- python3 -c 'import requests; print([requests.get("http://details:${BOOKINFO_PORT}" + path).status_code for path in ["/details/0", "/admin"]])'`,
    expected: '[200, 403]',
  });
}

/**
 * Adds the command that shows whether the network stops what no workload has to ask.
 */
export function addNetworkCheck(platform: Platform, namespace: string, { details }: BookinfoWorkloads): void {
  platform.addStepAfter(Stage.APPS, {
    purpose: 'See that the network stops a caller that may ask nothing at all: details may not ask ratings (403 where the network plugin enforces no NetworkPolicy)',
    command: `kubectl -n ${namespace} exec deployment/${details.name} -c details -- ruby -rnet/http -e 'puts Net::HTTP.get_response(URI("http://ratings:${BOOKINFO_PORT}/ratings/0")).code'`,
    expected: '503',
  });
}
