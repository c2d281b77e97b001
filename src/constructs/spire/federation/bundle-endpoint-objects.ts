import { ApiObject, Chart } from 'cdk8s';
import { BUNDLE_ENDPOINT_PORT, BundleEndpoint } from './bundle-endpoint';
import { Platform, Stage } from '../../../delivery';
import { externalDns } from '../../external-dns';
import { labels, selectorLabels } from '../../labels';

const NAME = 'spire-server-bundle-endpoint';

/**
 * Where the server that serves the bundle is.
 */
export interface BundleEndpointPlace {
  readonly namespace: string;
  readonly serverName: string;
}

/**
 * Defines the load balancer before a bundle endpoint. The server's NetworkPolicy lets others reach it.
 */
export function defineBundleEndpoint(platform: Platform, chart: Chart, endpoint: BundleEndpoint, place: BundleEndpointPlace): void {
  const restricted = endpoint.allowedCidrs.length > 0;
  new ApiObject(chart, 'bundle-endpoint-service', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: NAME,
      namespace: place.namespace,
      labels: labels(NAME, 'spire'),
      annotations: externalDns(endpoint.host),
    },
    spec: {
      type: 'LoadBalancer',
      selector: selectorLabels(place.serverName),
      ports: [{ name: 'https', port: endpoint.port, targetPort: BUNDLE_ENDPOINT_PORT, protocol: 'TCP' }],
      // the NetworkPolicy sees the caller's own address only so
      ...(restricted ? { externalTrafficPolicy: 'Local', loadBalancerSourceRanges: endpoint.allowedCidrs } : {}),
    },
  });
  const secret = endpoint._certificateSecret;
  if (secret) {
    platform.addStepBefore(Stage.SPIRE_SERVER, {
      purpose: `Put a certificate for ${endpoint.host}, of a CA that every system trusts, where the server looks for it (or let cert-manager do so)`,
      command: `kubectl -n ${place.namespace} create secret tls ${secret.name} --cert=tls.crt --key=tls.key`,
      expected: `secret/${secret.name} created`,
    });
  }
  platform.addStepAfter(Stage.SPIRE_SERVER, {
    purpose: `See the address of the bundle endpoint: ${endpoint.host} has to lead there from the clusters that trust this one`,
    command: `kubectl -n ${place.namespace} get service ${NAME} -o jsonpath='{.status.loadBalancer.ingress[0].ip}{.status.loadBalancer.ingress[0].hostname}{"\\n"}'`,
    expected: `an address, which \`nslookup ${endpoint.host}\` answers, too`,
  });
}
