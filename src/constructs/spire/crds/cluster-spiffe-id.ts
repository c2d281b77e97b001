import { CustomResource } from './custom-resource';
import { labelSelector } from './label-selector';
import { count, flag, object, text, textList } from './open-api';

/**
 * Which pods get which identity.
 *
 * Source: spire-controller-manager api/v1alpha1/clusterspiffeid_types.go.
 */
export const CLUSTER_SPIFFE_ID: CustomResource = {
  kind: 'ClusterSPIFFEID',
  singular: 'clusterspiffeid',
  plural: 'clusterspiffeids',
  description: 'Gives the selected pods of all nodes a SPIFFE ID.',
  spec: object('Which pods get which SPIFFE ID.', {
    admin: flag('Whether the identity may use the administrative APIs of the SPIRE server.'),
    autoPopulateDNSNames: flag('Whether the DNS names of the services in front of a pod go into its certificate.'),
    className: text('The class of the controller manager that acts on this object.'),
    dnsNameTemplates: textList('Templates of further DNS names; they see .NodeMeta, .NodeSpec, .PodMeta, .PodSpec and .TrustDomain.'),
    downstream: flag('Whether the identity belongs to a SPIRE server below this one.'),
    fallback: flag('Whether this applies only to pods that no other ClusterSPIFFEID selects.'),
    federatesWith: textList('The names of other trust domains whose bundles the workload gets.'),
    hint: text('A hint by which a workload with several identities tells them apart.'),
    jwtTtl: text('The longest lifetime of a JWT-SVID, as a Go duration.'),
    namespaceSelector: labelSelector('Selects namespaces by their labels; all when empty.'),
    podSelector: labelSelector('Selects pods by their labels; all when empty.'),
    spiffeIDTemplate: text('The template of the SPIFFE ID; it sees .NodeMeta, .NodeSpec, .PodMeta, .PodSpec and .TrustDomain.'),
    ttl: text('The longest lifetime of an X.509-SVID, as a Go duration.'),
    workloadSelectorTemplates: textList('Templates of further selectors, written type:value, that a workload has to have.'),
  }, { required: ['spiffeIDTemplate'] }),
  status: object('What the controller manager made of it.', {
    stats: object('Counts of the latest reconciliation.', {
      entriesMasked: count('Entries that another ClusterSPIFFEID made already.'),
      entriesToSet: count('Entries to be set; one for each selected pod when nothing fails.'),
      entryFailures: count('Entries that the SPIRE server refused.'),
      namespacesIgnored: count('Selected namespaces that the controller manager is told to ignore.'),
      namespacesSelected: count('Selected namespaces.'),
      podEntryRenderFailures: count('Pods for which a template failed.'),
      podsSelected: count('Selected pods.'),
    }),
  }),
};
