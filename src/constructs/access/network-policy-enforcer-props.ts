import { requireProps } from '../../identity/require-props';
import { requirePort } from '../istio/input';
import { ClusterNetwork, requireClusterNetwork } from '../network/cluster-network';
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

/**
 * Refuses what no policy could say, also where no statement needs it yet.
 */
export function requireNetwork(props: NetworkPolicyEnforcerProps): void {
  const where = 'the settings of the network layer';
  requireProps(where, props, { dns: 'NetworkPeer[]?', externalAddresses: 'text[]?', apiServerAddresses: 'text[]?', sharedServices: 'SharedService[]?' });
  requireClusterNetwork(where, props);
  for (const service of props.sharedServices ?? []) {
    requireProps(`a shared service of ${where}`, service, { peers: 'NetworkPeer[]', port: 'number' });
    requirePort(`a shared service of ${where}`, service.port);
    if (service.peers.length === 0) {
      throw new Error(`a shared service of ${where} has an empty list of peers, which Kubernetes would read as no limit: name who answers at port ${service.port}`);
    }
  }
}
