import { ClusterNetwork, NetworkPeer } from '../../network';

/**
 * What the NetworkPolicies of SPIRE's namespaces have to know. The addresses that plugins call follow from the plugins.
 *
 * Kubelets reach the probes of their own pods whatever a policy says. Policies know addresses and no names: a port for a host name is open to
 * `externalAddresses`, and an annotation of the policy says which host it is for.
 */
export interface SpireNetworkPolicies extends ClusterNetwork {
  /**
   * Whether they are written. Without them every pod reaches the server, and a bundle endpoint's `allowedCidrs` are for the load balancer alone.
   *
   * @default - true: both namespaces are closed but for what SPIRE needs
   */
  readonly enabled?: boolean;

  /**
   * The address ranges (CIDR) of the nodes, whose kubelets the agents ask.
   *
   * @default - every address
   */
  readonly nodeAddresses?: string[];

  /**
   * Who may scrape the metrics of server, controller manager and agents. Nobody, when the list is empty.
   *
   * @default - the pods of namespace `monitoring`
   */
  readonly metricsReaders?: NetworkPeer[];

  /**
   * Who calls the server's API beside the agents of this cluster: agents and servers elsewhere, administrators.
   *
   * @default - everybody when agents elsewhere may attest, else all pods of the cluster when there are `adminIds`, else nobody
   */
  readonly serverCallers?: NetworkPeer[];
}
