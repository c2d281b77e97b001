import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { labels } from '../../labels';
import { SPIRE_PORTS } from '../ports';

/**
 * Where the webhook of the controller manager is served.
 */
export interface WebhookOptions {
  readonly name: string;
  readonly namespace: string;
  readonly podLabels: { [key: string]: string };
}

/**
 * Defines the webhook of the controller manager and its Service.
 *
 * No caBundle is written: the manager makes the authority and keeps it there.
 */
export function defineWebhook(chart: Construct, options: WebhookOptions): ApiObject {
  new ApiObject(chart, 'webhook-service', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: options.name, namespace: options.namespace, labels: labels(options.name, 'spire') },
    spec: {
      type: 'ClusterIP',
      selector: options.podLabels,
      ports: [{ name: 'https', port: 443, targetPort: SPIRE_PORTS.webhook, protocol: 'TCP' }],
    },
  });
  return new ApiObject(chart, 'webhook', {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: options.name, labels: labels(options.name, 'spire') },
    webhooks: ['clusterfederatedtrustdomain', 'clusterspiffeid'].map((kind) => ({
      name: `v${kind}.kb.io`,
      admissionReviewVersions: ['v1'],
      clientConfig: {
        service: { name: options.name, namespace: options.namespace, path: `/validate-spire-spiffe-io-v1alpha1-${kind}` },
      },
      failurePolicy: 'Fail',
      sideEffects: 'None',
      rules: [{ apiGroups: ['spire.spiffe.io'], apiVersions: ['v1alpha1'], operations: ['CREATE', 'UPDATE'], resources: [`${kind}s`] }],
    })),
  });
}
