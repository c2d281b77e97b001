import { Duration } from 'cdk8s';
import { Cluster, WorkloadApiSocket } from '../../cluster';
import { BundleEndpoint } from './federation/bundle-endpoint';

/**
 * A SPIRE installation in a cluster, whether it is defined here or exists already.
 */
export interface ISpire {
  /**
   * The cluster that SPIRE runs in, with its trust domain.
   */
  readonly cluster: Cluster;

  /**
   * The Workload API socket that workloads get.
   */
  readonly socket: WorkloadApiSocket;

  /**
   * The class of the controller manager: resources of another class are ignored by it.
   */
  readonly className: string;

  /**
   * How long a certificate of the server's CA is valid. No SVID may live longer than one sixth of it.
   */
  readonly caTtl: Duration;

  /**
   * The namespace of the server and its controller manager.
   */
  readonly serverNamespace: string;

  /**
   * The namespace of the agents and the CSI driver.
   */
  readonly agentNamespace: string;

  /**
   * Where other trust domains fetch the bundle of this one.
   *
   * @default - nowhere
   */
  readonly bundleEndpoint?: BundleEndpoint;
}
