import { CustomResource } from './custom-resource';
import { object, text } from './open-api';

/**
 * A trust domain whose bundle is fetched.
 *
 * Source: spire-controller-manager api/v1alpha1/clusterfederatedtrustdomain_types.go.
 */
export const CLUSTER_FEDERATED_TRUST_DOMAIN: CustomResource = {
  kind: 'ClusterFederatedTrustDomain',
  singular: 'clusterfederatedtrustdomain',
  plural: 'clusterfederatedtrustdomains',
  description: 'Another trust domain that this one federates with.',
  printerColumns: [
    { name: 'Trust Domain', type: 'string', jsonPath: '.spec.trustDomain' },
    { name: 'Endpoint URL', type: 'string', jsonPath: '.spec.bundleEndpointURL' },
  ],
  spec: object('Where the bundle of the other trust domain comes from.', {
    bundleEndpointProfile: object('How the bundle endpoint proves who it is.', {
      endpointSPIFFEID: text('The SPIFFE ID of the bundle endpoint, for https_spiffe.'),
      type: text('By a SPIFFE identity or by a certificate of the web.', { enum: ['https_spiffe', 'https_web'] }),
    }, { required: ['type'] }),
    bundleEndpointURL: text('The HTTPS URL of the bundle endpoint, without user and password.'),
    className: text('The class of the controller manager that acts on this object.'),
    trustDomain: text('The name of the other trust domain.', { pattern: '[a-z0-9._-]{1,255}' }),
    trustDomainBundle: text('The first bundle of the other trust domain, in SPIFFE form; https_spiffe cannot start without one.'),
  }, { required: ['bundleEndpointProfile', 'bundleEndpointURL', 'trustDomain'] }),
  status: object('Nothing so far.'),
};
