import { BundleBootstrap } from './bundle-bootstrap';
import { IMesh } from '../istio';
import { ISpire } from '../spire';

/**
 * A cluster in a federation.
 */
export interface FederationMember {
  /**
   * SPIRE in the cluster. Those that others trust have a bundle endpoint; of nested servers their root has it.
   */
  readonly spire: ISpire;

  /**
   * The mesh of the cluster.
   *
   * @default - none: workloads take foreign bundles from SPIRE by themselves
   */
  readonly mesh?: IMesh;

  /**
   * How others get the first bundle of this cluster.
   *
   * @default - BundleBootstrap.exchange(); with a `https_web` endpoint it is not needed
   */
  readonly bootstrap?: BundleBootstrap;
}
