/**
 * How the agent makes sure that it talks to the kubelet of its node when it asks which pod a caller is.
 */
export enum KubeletVerification {
  /**
   * The kubelet's certificate has to come from the cluster's certificate authority.
   */
  CLUSTER_CA = 'cluster-ca',

  /**
   * The kubelet's certificate is not verified. Clusters made by kubeadm or kind have self-signed kubelet certificates unless told otherwise.
   */
  NONE = 'none',
}
