import { ClusterNetwork } from '../network/cluster-network';
import { NetworkPeer } from '../network/network-peer';

/**
 * What the proxies of all workloads call.
 */
export interface SharedService {
  /**
   * The pods or addresses that answer.
   */
  readonly peers: NetworkPeer[];

  /**
   * The port of the pods (not of their Service).
   */
  readonly port: number;
}

/**
 * What NetworkPolicies have to know of a cluster.
 */
export interface NetworkPolicyEnforcerProps extends ClusterNetwork {
  /**
   * What the proxies of all workloads call besides DNS and istiod, such as a collector of traces.
   *
   * @default - nothing
   */
  readonly sharedServices?: SharedService[];
}
