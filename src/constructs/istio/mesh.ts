import type { ApiObject } from 'cdk8s';
import type { Workload } from 'cdk8s-plus-27';
import { IMeshPeer, MeshWorkload } from './mesh-workload';
import { Cluster, IstioVersion } from '../../cluster';
import { TrustDomain } from '../../identity';
import { ISpire } from '../spire/spire-ref';

/**
 * What the proxy of a workload does.
 */
export enum ProxyRole {
  /**
   * It stands beside the containers of the workload.
   */
  SIDECAR = 'sidecar',

  /**
   * It is the workload: a container named `istio-proxy`, whose image Istio fills in.
   */
  GATEWAY = 'gateway',
}

/**
 * How a workload is enrolled in a mesh.
 */
export interface EnrollOptions {
  /**
   * What the proxy of the workload does.
   *
   * @default - `ProxyRole.SIDECAR`
   */
  readonly proxyRole?: ProxyRole;

  /**
   * Settings of the workload's proxy, in the words of Istio's ProxyConfig.
   *
   * @default - those of the mesh, and the name of the Workload API socket
   */
  readonly proxyConfig?: { [key: string]: any };
}

/**
 * Workloads that prove identities of SPIRE to each other, whichever proxies they have.
 */
export interface IWorkloads {
  /**
   * The cluster of the workloads.
   */
  readonly cluster: Cluster;

  /**
   * The enrolled workloads, gateways included.
   */
  readonly workloads: MeshWorkload[];

  /**
   * Whether somebody is enrolled.
   *
   * @param peer a workload or a gateway
   */
  isMember(peer: IMeshPeer): boolean;

  /**
   * Gives a workload the bundle of another trust domain, so that it can call workloads there or be called by them.
   *
   * Its identity is issued only when SPIRE has that bundle; those of other workloads do not wait.
   *
   * Throws when the workload is not enrolled.
   *
   * @param peer an enrolled workload or gateway
   * @param trustDomain the other trust domain
   */
  federate(peer: IMeshPeer, trustDomain: TrustDomain): void;
}

/**
 * A service mesh of Istio whose workloads get their identities from SPIRE.
 */
export interface IMesh extends IWorkloads {

  /**
   * The SPIRE installation that gives the workloads their identities.
   */
  readonly spire: ISpire;

  /**
   * The release of Istio.
   */
  readonly version: IstioVersion;

  /**
   * The namespace whose policies hold in the whole mesh.
   */
  readonly rootNamespace: string;

  /**
   * The network of the cluster's pods, for a mesh over several clusters. Pods of another network are called through its east-west gateway.
   *
   * @default - one network for all
   */
  readonly network?: string;

  /**
   * The other trust domains whose workloads may connect; what they may ask for is for policies to say.
   */
  readonly acceptedTrustDomains: TrustDomain[];

  /**
   * Takes a workload into the mesh: it gets a proxy and a SPIFFE identity, by labels and annotations on its pod template.
   *
   * Throws when the workload has no namespace, no service account of its own, the network of the host, or a proxy already.
   *
   * @param workload a workload of cdk8s-plus, or the ApiObject of a Deployment, StatefulSet, DaemonSet, Job, CronJob or Pod
   * @param options what its proxy does
   */
  enroll(workload: Workload | ApiObject, options?: EnrollOptions): MeshWorkload;

  /**
   * Lets workloads of another trust domain connect, under their own identities. A `Federation` does so for each cluster that trusts another.
   *
   * Throws for the own trust domain, for one that Istio cannot tell from its own, and for a release of Istio that does not know the trust
   * domains of other clusters (before 1.29.2).
   *
   * @param trustDomain the other trust domain
   */
  acceptTrustDomain(trustDomain: TrustDomain): void;
}
