import { CustomResource } from './custom-resource';
import { flag, object, text, textList } from './open-api';

/**
 * One registration entry, for what is no pod.
 *
 * Source: spire-controller-manager api/v1alpha1/clusterstaticentry_types.go.
 */
export const CLUSTER_STATIC_ENTRY: CustomResource = {
  kind: 'ClusterStaticEntry',
  singular: 'clusterstaticentry',
  plural: 'clusterstaticentries',
  description: 'One registration entry of the SPIRE server.',
  spec: object('The registration entry.', {
    admin: flag('Whether the identity may use the administrative APIs of the SPIRE server.'),
    className: text('The class of the controller manager that acts on this object.'),
    dnsNames: textList('DNS names that go into the certificate.'),
    downstream: flag('Whether the identity belongs to a SPIRE server below this one.'),
    federatesWith: textList('The names of other trust domains whose bundles the workload gets.'),
    hint: text('A hint by which a workload with several identities tells them apart.'),
    jwtSVIDTTL: text('The longest lifetime of a JWT-SVID, as a Go duration.'),
    parentID: text('The SPIFFE ID of the agent or node that may hand out the identity.'),
    selectors: textList('The selectors, written type:value, that a workload has to have.'),
    spiffeID: text('The SPIFFE ID.'),
    storeSVID: flag('Whether the agent puts the certificate into a store by its SVIDStore plugin.'),
    x509SVIDTTL: text('The longest lifetime of an X.509-SVID, as a Go duration.'),
  }, { required: ['parentID', 'selectors', 'spiffeID'] }),
  status: object('What the controller manager made of it.', {
    masked: flag('Whether another entry is the same.'),
    rendered: flag('Whether the entry is well formed.'),
    set: flag('Whether the SPIRE server took the entry.'),
  }, { required: ['masked', 'rendered', 'set'] }),
};
